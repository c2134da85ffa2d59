import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dct, foaf, org, rdf, vcard } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { mintedIri, type Target } from '../target.ts'
import { first, iriOf, isId } from './names.ts'
import { objects, text, texts, type JsonObject } from './values.ts'

/** An organisation (foaf:Agent), with the organisations above it. */
export function agent(stated: JsonObject, target: Target, depth = 5): NamedNode[] {
  const { to, mint } = target
  const names =
    ['name', 'fn', 'prefLabel', 'title', 'label', 'legalName']
      .map(name => texts(stated, name, target))
      .find(found => found.length > 0 && !found.every(each => /^https?:/i.test(each.value) || isId(each.value))) ?? []
  const iri = iriOf(stated)
  if (!iri && names.length === 0) return []
  const node = iri ?? mintedIri({ mint }, 'agent', names[0]!.value)
  if (names.length === 0) return [node]
  add(to, node, rdf.type, foaf.Agent)
  for (const name of names) add(to, node, foaf.name, name)
  const page = mendIri(first(stated, 'homepage', 'url', 'page'))
  if (page) add(to, node, foaf.homepage, namedNode(page))
  const email = first(stated, 'mbox', 'email', 'hasEmail')
  if (email) add(to, node, foaf.mbox, literal(email))
  const known = first(stated, 'identifier', 'notation')
  if (known) add(to, node, dct.identifier, literal(known))
  if (depth > 0)
    for (const above of objects(stated['subOrganizationOf'] ?? stated['parentOrganization']).flatMap(each => agent(each, target, depth - 1)))
      add(to, node, org.subOrganizationOf, above)
  return [node]
}

/** The contact of a dataset: a vcard:Kind with name, e-mail, page and telephone. */
export function contact(stated: JsonObject, { to, mint, language }: Target): NamedNode[] {
  const named = ['fn', 'name', 'organization-name'].filter(field => !isId(text(stated[field])))
  const names = named.map(field => texts(stated, field, { language, stated: true })).find(found => found.length > 0) ?? []
  const name = first(stated, ...named) || (names[0]?.value ?? '')
  const email = first(stated, 'hasEmail', 'email', 'mbox').replace(/^mailto:\s*$/i, '')
  const page = mendIri(first(stated, 'hasURL', 'url', 'contact_form'))
  const telephone = first(stated, 'tel', 'hasTelephone', 'phone', 'telephone')
  if (!name && !email && !page && !telephone) return []
  const node = iriOf({ ...stated, name: '' }) ?? mintedIri({ mint }, 'contact', name + email)
  add(to, node, rdf.type, vcard.Kind)
  for (const each of names) add(to, node, vcard.fn, each)
  if (email) add(to, node, vcard.hasEmail, literal(email))
  if (page) add(to, node, vcard.hasURL, namedNode(page))
  if (telephone) add(to, node, vcard.hasTelephone, literal(telephone))
  if (text(stated['identifier'])) add(to, node, dct.identifier, literal(text(stated['identifier'])))
  return [node]
}
