import { add, values } from '../../../rdf/graph.ts'
import { dcat, dct, foaf, rdf, vcard } from '../../../rdf/namespaces.ts'
import { literal, type NamedNode, type Subject, type Term } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import { mintedIri } from '../../readers/target.ts'
import { linkOf, type XmlTarget } from '../../readers/xml/fields.ts'
import { children, select, type Element } from '../../readers/xml/xml.ts'
import { publishers, roles } from './codes.ts'
import { code, hrefOf, isIso, plain } from './values.ts'

/** A responsible party: CI_ResponsibleParty of ISO 19139, CI_Responsibility of 19115-3. */
interface Party {
  role: string
  isPerson: boolean
  iri?: NamedNode
  names: Term[]
  email: string
  telephone: string
  page?: NamedNode
}

/** An organisation first: people are named only where no organisation is. */
const namePaths = ['organisationName', 'party/CI_Organisation/name', 'individualName', 'party/CI_Individual/name', 'party/*/individual/*/name', 'positionName']
const personPaths = new Set(['individualName', 'party/CI_Individual/name', 'party/*/individual/*/name'])
const contactPaths = ['contactInfo/*', 'party/*/contactInfo/*', 'party/*/individual/*/contactInfo/*']

function partyOf(node: Element, { format }: XmlTarget): Party | undefined {
  const [stated] = children(node)
  if (!stated) return undefined
  const [path = '', named] =
    namePaths.flatMap(each => select(stated, each, isIso).map(found => [each, found] as const)).find(([, found]) => format.texts(found).length > 0) ?? []
  const contacts = contactPaths.flatMap(path => select(stated, path, isIso))
  const first = (...paths: string[]) => contacts.flatMap(contact => paths.map(path => plain(contact, path))).find(Boolean) ?? ''
  const [iri] = linkOf(hrefOf(named && children(named)[0]))
  const [page] = linkOf(first('onlineResource/*/linkage'))
  const party = {
    role: code(stated, 'role'),
    isPerson: personPaths.has(path),
    names: named ? format.texts(named) : [],
    email: first('address/*/electronicMailAddress'),
    telephone: first('phone/*/voice', 'phone/*/number'),
    ...(iri && { iri }),
    ...(page && { page }),
  }
  return party.names.length > 0 || party.email ? party : undefined
}

/** The parties of a resource by their roles; its publisher and its contact are found among the others where no party has that role. */
export function mapParties(subject: NamedNode, resource: Element, root: Element, target: XmlTarget): void {
  const parties = select(resource, 'pointOfContact', isIso)
    .concat(select(resource, 'citation/*/citedResponsibleParty', isIso))
    .flatMap(each => partyOf(each, target) ?? [])
  const named = parties.filter(party => party.names.length > 0)
  for (const party of parties) {
    const property = entry(roles, party.role)
    if (!property) continue
    if (property.equals(dcat.contactPoint)) add(target.to, subject, property, contact(party, target))
    else if (party.names.length > 0) add(target.to, subject, property, agent(party, target))
  }
  const publisher = publishers.map(role => named.find(party => party.role === role)).find(Boolean) ?? named[0]
  if (publisher && values(target.to, subject, dct.publisher).length === 0) add(target.to, subject, dct.publisher, agent(publisher, target))
  if (values(target.to, subject, dcat.contactPoint).length > 0) return
  const reachable =
    parties.find(({ email, telephone, page }) => email || telephone || page) ??
    select(root, 'contact', isIso)
      .map(each => partyOf(each, target))
      .find(Boolean)
  if (reachable) add(target.to, subject, dcat.contactPoint, contact(reachable, target))
}

/** The contact of the portal's record. */
export function mapRecordContact(record: Subject, root: Element, target: XmlTarget): void {
  for (const party of select(root, 'contact', isIso).flatMap(each => partyOf(each, target) ?? []))
    add(target.to, record, dcat.contactPoint, contact(party, target))
}

function agent({ iri, names, email, page }: Party, target: XmlTarget): NamedNode {
  const node = iri ?? mintedIri(target, 'agent', names[0]!.value)
  add(target.to, node, rdf.type, foaf.Agent)
  for (const name of names) add(target.to, node, foaf.name, name)
  if (email) add(target.to, node, foaf.mbox, literal(email))
  if (page) add(target.to, node, foaf.homepage, page)
  return node
}

function contact({ isPerson, names, email, telephone, page }: Party, target: XmlTarget): NamedNode {
  const node = mintedIri(target, 'contact', `${names[0]?.value ?? ''}${email}`)
  add(target.to, node, rdf.type, vcard.Kind)
  if (isPerson) add(target.to, node, rdf.type, vcard.Individual)
  for (const name of names) add(target.to, node, vcard.fn, name)
  if (email) add(target.to, node, vcard.hasEmail, literal(email))
  if (telephone) add(target.to, node, vcard.hasTelephone, literal(telephone))
  if (page) add(target.to, node, vcard.hasURL, page)
  return node
}
