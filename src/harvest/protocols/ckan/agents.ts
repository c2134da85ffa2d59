import { guess } from '../../../normalise/text.ts'
import { digest } from '../../../rdf/digest.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { add, type Graph } from '../../../rdf/graph.ts'
import { dcat, dct, foaf, org, rdf } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject, type Term } from '../../../rdf/terms.ts'
import type { Mint } from '../../protocol.ts'
import type { Package } from './api.ts'
import { objects, text, texts, type Portal } from '../../readers/json/values.ts'
import { nodes } from '../../readers/json/nodes.ts'

/** The publisher a dataset states, else the organisation it belongs to. */
export function mapPublisher(to: Graph, dataset: Subject, fields: Package, portal: Portal): void {
  const [organisation = {}] = objects(fields['organization'])
  const [stated = flat(fields, 'publisher')] = objects(fields['publisher'])
  const names = namesOf(stated, organisation, portal)
  if (names.length === 0) return
  const agent = namedNode(mendIri(text(stated['uri'])) ?? organisationIri(organisation, names[0]!.value, portal))
  add(to, dataset, dct.publisher, agent)
  add(to, agent, rdf.type, foaf.Agent)
  for (const each of names) add(to, agent, foaf.name, each)
  if (text(organisation['name'])) add(to, agent, dct.identifier, literal(text(organisation['name'])))
  describeAgent(to, agent, stated)
  // A publisher that is not the organisation has nothing to do with the tree of organisations.
  if (texts(stated, 'name', portal).length === 0) mapAbove(to, agent, organisation, portal)
}

/** What a publisher is called: by its own name, else by its organisation's. */
function namesOf(stated: Package, organisation: Package, portal: Portal): Term[] {
  const own = texts(stated, 'name', portal)
  const [plain] = own
  if (!plain) return [texts(organisation, 'title', portal), texts(organisation, 'name', portal)].find(found => found.length > 0) ?? []
  return own.length === 1 ? texts({ ...organisation, title: plain.value }, 'title', portal) : own
}

const organisationIri = (organisation: Package, name: string, { site }: Portal) =>
  `${site}/organization/${encodeURIComponent(text(organisation['name']) || text(organisation['id']) || digest(name))}`

/** The organisations above one (`readTrees`). */
function mapAbove(to: Graph, agent: NamedNode, organisation: Package, portal: Portal): void {
  for (const parent of objects(organisation['above'])) {
    const names = namesOf({}, parent, portal)
    if (names.length === 0) continue
    const above = namedNode(organisationIri(parent, names[0]!.value, portal))
    add(to, agent, org.subOrganizationOf, above)
    add(to, above, rdf.type, foaf.Agent)
    for (const each of names) add(to, above, foaf.name, each)
    if (text(parent['name'])) add(to, above, dct.identifier, literal(text(parent['name'])))
    mapAbove(to, above, parent, portal)
  }
}

export function mapCreators(to: Graph, dataset: Subject, fields: Package, mint: Mint, portal: Portal): void {
  const stated = objects(fields['creator'])
  for (const creator of stated.length > 0 ? stated : [flat(fields, 'creator')]) {
    const name = text(creator['name'])
    if (!name) continue
    const agent = namedNode(mendIri(text(creator['uri'])) ?? `${mint.record}#agent-${digest(name).slice(0, 12)}`)
    add(to, dataset, dct.creator, agent)
    add(to, agent, rdf.type, foaf.Agent)
    add(to, agent, foaf.name, literal(name, guess(name, portal.language)))
    describeAgent(to, agent, creator)
  }
}

function describeAgent(to: Graph, agent: NamedNode, stated: Package): void {
  const page = mendIri(text(stated['url']))
  if (page) add(to, agent, foaf.homepage, namedNode(page))
  if (text(stated['email'])) add(to, agent, foaf.mbox, literal(text(stated['email'])))
  if (text(stated['identifier'])) add(to, agent, dct.identifier, literal(text(stated['identifier'])))
  if (text(stated['type'])) add(to, agent, dct.type, literal(text(stated['type'])))
}

/** The contacts a dataset states, else its maintainer, else its author. */
export function mapContacts(to: Graph, dataset: Subject, fields: Package, mint: Mint, portal: Portal): void {
  const stated = objects(fields['contact'])
  const flatly = flat(fields, 'contact')
  const alone = {
    ...flatly,
    name: [flatly['name'], fields['maintainer'], fields['author']].map(text).find(Boolean) ?? '',
    email: [flatly['email'], fields['maintainer_email'], fields['author_email']].map(text).find(Boolean) ?? '',
  }
  for (const contact of nodes.contact(to, stated.length > 0 ? stated : alone, { mint, language: portal.language })) add(to, dataset, dcat.contactPoint, contact)
}

/** `publisher_name`, `publisher_url` … as one object. */
const flat = (fields: Package, prefix: string): Package =>
  Object.fromEntries(['uri', 'name', 'email', 'url', 'identifier', 'type'].map(part => [part, fields[`${prefix}_${part}`]]))
