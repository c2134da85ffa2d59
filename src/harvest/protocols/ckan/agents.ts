import { guess } from '../../../normalise/text.ts'
import { digest } from '../../../rdf/digest.ts'
import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dct, foaf, org, rdf } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject, type Term } from '../../../rdf/terms.ts'
import { fold } from '../../../vocabulary/fold.ts'
import { isId } from '../../readers/json/names.ts'
import { objects, text, texts, type JsonObject } from '../../readers/json/values.ts'
import { mintedIri } from '../../readers/target.ts'
import type { CkanTarget, Portal } from './options.ts'

/** The publisher a dataset states, else the organisation it belongs to. */
export function mapPublisher(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  const { to, portal } = target
  const [organisation = {}] = objects(fields['organization'])
  const [stated = flat(fields, 'publisher')] = objects(fields['publisher'])
  const names = namesOf(stated, organisation, target)
  if (names.length === 0) return
  const iri = mendIri(text(stated['uri']))
  // A publisher that is called otherwise than the organisation is another: the IRI of the organisation has one name.
  const isAnother = isCalledOtherwise(stated, organisation, target)
  const agent =
    iri === undefined && isAnother
      ? mintedIri({ mint: target.mint }, 'agent', names[0]!.value)
      : namedNode(iri ?? organisationIri(organisation, names[0]!.value, portal))
  add(to, dataset, dct.publisher, agent)
  add(to, agent, rdf.type, foaf.Agent)
  for (const each of names) add(to, agent, foaf.name, each)
  if (!isAnother && text(organisation['name'])) add(to, agent, dct.identifier, literal(text(organisation['name'])))
  describeAgent(agent, stated, target)
  // A publisher that is not the organisation has nothing to do with the tree of organisations.
  if (texts(stated, 'name', target).length === 0) mapAbove(agent, organisation, target)
}

function isCalledOtherwise(stated: JsonObject, organisation: JsonObject, target: CkanTarget): boolean {
  const [own, ofOrganisation] = [texts(stated, 'name', target), ['title', 'name', 'display_name'].flatMap(field => texts(organisation, field, target))]
  return own.length > 0 && ofOrganisation.length > 0 && !own.some(name => ofOrganisation.some(each => fold(each.value) === fold(name.value)))
}

/** What a publisher is called: by its own name, else by its organisation's. */
function namesOf(stated: JsonObject, organisation: JsonObject, target: CkanTarget): Term[] {
  const own = texts(stated, 'name', target).filter(({ value }) => !isId(value))
  const [plain] = own
  if (!plain) return [texts(organisation, 'title', target), texts(organisation, 'name', target)].find(found => found.length > 0) ?? []
  return own.length === 1 ? texts({ ...organisation, title: plain.value }, 'title', target) : own
}

const organisationIri = (organisation: JsonObject, name: string, { site }: Portal) =>
  `${site}/organization/${encodeURIComponent(text(organisation['name']) || text(organisation['id']) || digest(name))}`

/** The organisations above one (`readTrees`). */
function mapAbove(agent: NamedNode, organisation: JsonObject, target: CkanTarget): void {
  const { to, portal } = target
  for (const parent of objects(organisation['above'])) {
    const names = namesOf({}, parent, target)
    if (names.length === 0) continue
    const above = namedNode(organisationIri(parent, names[0]!.value, portal))
    add(to, agent, org.subOrganizationOf, above)
    add(to, above, rdf.type, foaf.Agent)
    for (const each of names) add(to, above, foaf.name, each)
    if (text(parent['name'])) add(to, above, dct.identifier, literal(text(parent['name'])))
    mapAbove(above, parent, target)
  }
}

/** Who made the data: as it is stated, else the author. */
export function mapCreators(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  const { to, mint, language } = target
  const stated = objects(fields['creator'])
  const flatly = flat(fields, 'creator')
  const author: JsonObject = { name: fields['author'], email: fields['author_email'] }
  for (const creator of stated.length > 0 ? stated : [text(flatly['name']) ? flatly : author]) {
    const name = text(creator['name'])
    if (!name || isId(name)) continue
    const agent = namedNode(mendIri(text(creator['uri'])) ?? mintedIri({ mint }, 'agent', name).value)
    add(to, dataset, dct.creator, agent)
    add(to, agent, rdf.type, foaf.Agent)
    add(to, agent, foaf.name, literal(name, guess(name, language)))
    describeAgent(agent, creator, target)
  }
}

function describeAgent(agent: NamedNode, stated: JsonObject, { to }: CkanTarget): void {
  const page = mendIri(text(stated['url']))
  if (page) add(to, agent, foaf.homepage, namedNode(page))
  if (text(stated['email'])) add(to, agent, foaf.mbox, literal(text(stated['email'])))
  if (text(stated['identifier'])) add(to, agent, dct.identifier, literal(text(stated['identifier'])))
  if (text(stated['type'])) add(to, agent, dct.type, literal(text(stated['type'])))
}

/** The contacts a dataset states, else its maintainer, else its author. */
export function contactsIn(fields: JsonObject): JsonObject[] {
  const stated = objects(fields['contact'])
  if (stated.length > 0) return stated
  const flatly = flat(fields, 'contact')
  return [
    {
      ...flatly,
      name: [flatly['name'], fields['maintainer'], fields['author']].map(text).find(name => name && !isId(name)) ?? '',
      email: [flatly['email'], fields['maintainer_email'], fields['author_email']].map(text).find(Boolean) ?? '',
    },
  ]
}

/** `publisher_name`, `publisher_url` … as one object. */
const flat = (fields: JsonObject, prefix: string): JsonObject =>
  Object.fromEntries(['uri', 'name', 'email', 'url', 'identifier', 'type'].map(part => [part, fields[`${prefix}_${part}`]]))
