import { guess } from '../../normalise/text.ts'
import { digest } from '../../rdf/digest.ts'
import { mendIri } from '../../rdf/iri.ts'
import { add, dcat, dct, foaf, literal, namedNode, rdf, type Graph, type NamedNode, type Subject } from '../../rdf/terms.ts'
import type { Mint } from '../protocol.ts'
import type { Package } from './ckan-api.ts'
import { objects, text, texts, type Portal } from './ckan-values.ts'
import { nodes } from './json-nodes.ts'

/** The publisher a dataset states, else the organisation it belongs to. */
export function mapPublisher(to: Graph, dataset: Subject, fields: Package, portal: Portal): void {
  const [organisation = {}] = objects(fields['organization'])
  const [stated = flat(fields, 'publisher')] = objects(fields['publisher'])
  const name = text(stated['name']) || text(organisation['title']) || text(organisation['name'])
  if (!name) return
  const slug = text(organisation['name']) || text(organisation['id']) || digest(name)
  const agent = namedNode(mendIri(text(stated['uri'])) ?? `${portal.site}/organization/${encodeURIComponent(slug)}`)
  add(to, dataset, dct.publisher, agent)
  add(to, agent, rdf.type, foaf.Agent)
  for (const each of texts({ ...organisation, title: name }, 'title', portal)) add(to, agent, foaf.name, each)
  if (text(organisation['name'])) add(to, agent, dct.identifier, literal(text(organisation['name'])))
  describeAgent(to, agent, stated)
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
const flat = (fields: Package, prefix: string): Package => Object.fromEntries(['uri', 'name', 'email', 'url', 'identifier', 'type'].map(part => [part, fields[`${prefix}_${part}`]]))
