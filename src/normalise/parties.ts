import { add } from '../rdf/graph.ts'
import { dcat, dct, foaf, geodcatap, org, prov, rdf, rdfs, skos, vcard } from '../rdf/namespaces.ts'
import { isNode, namedNode, type NamedNode, type Subject } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { cleaned } from './text.ts'

const both = (name: string) => ['http', 'https'].map(scheme => namedNode(`${scheme}://schema.org/${name}`))

/**
 * What the parts of an agent and of a contact are called elsewhere: the words of one are the other's too, and schema.org has its own (DCAT-AP 3.0.1, Agent,
 * Kind).
 */
const agentWords: [now: NamedNode, words: NamedNode[]][] = [
  [foaf.name, [vcard.fn, vcard['organization-name'], ...both('name'), ...both('legalName'), skos.prefLabel, rdfs.label, dct.title]],
  [foaf.mbox, [vcard.hasEmail, vcard.email, ...both('email')]],
  [foaf.homepage, [vcard.hasURL, vcard.url, ...both('url')]],
  [foaf.phone, [vcard.hasTelephone, vcard.tel, ...both('telephone')]],
]
const contactWords: [now: NamedNode, words: NamedNode[]][] = [
  [vcard.fn, [foaf.name, vcard['organization-name'], ...both('name'), ...both('legalName'), skos.prefLabel, rdfs.label, dct.title]],
  [vcard.hasEmail, [vcard.email, foaf.mbox, ...both('email')]],
  [vcard.hasURL, [vcard.url, foaf.homepage, ...both('url')]],
  [vcard.hasTelephone, [vcard.tel, foaf.phone, ...both('telephone')]],
]
/** Classes of agents in other words, and those of FOAF. */
const agentTypes = new Map(
  (
    [
      [foaf.Organization, [vcard.Organization, org.Organization, prov.Organization, ...both('Organization'), ...both('GovernmentOrganization')]],
      [foaf.Person, [vcard.Individual, ...both('Person')]],
      [foaf.Agent, [vcard.Kind, vcard.Group, prov.Agent]],
    ] as [NamedNode, NamedNode[]][]
  ).flatMap(([now, words]) => words.map(word => [word.value, now] as const)),
)
const ofAgents = [dct.publisher, dct.creator, dct.contributor, dct.rightsHolder, geodcatap.custodian, geodcatap.distributor, geodcatap.originator]
const agentClasses = new Set([foaf.Agent, foaf.Organization, foaf.Person].map(type => type.value))
const contactClasses = new Set([vcard.Kind, vcard.Organization, vcard.Individual, vcard.Group, vcard.Location].map(type => type.value))

/** Agents in the words of FOAF, contacts in those of vCard, whichever the portal uses: where a part is not said in its own words, another's are taken over. */
export function nameParties(draft: Draft): void {
  const { graph } = draft
  const contacts = new Set(statements(draft, dcat.contactPoint).map(({ object }) => object.value))
  const agents = new Set(statements(draft, ...ofAgents).map(({ object }) => object.value))
  // A contact may get its class here, which then tells the class of the agent that it is too.
  for (const { object } of statements(draft, dcat.contactPoint)) {
    if (!isNode(object) || !isParty(draft, object)) continue
    rewrite(draft, object, contactWords, agents.has(object.value))
    const types = graph.objects(object, rdf.type)
    if (types.length > 0 && !types.some(type => contactClasses.has(type.value))) add(graph, object, rdf.type, vcard.Kind)
  }
  for (const { object } of statements(draft, ...ofAgents)) {
    if (!isNode(object) || !isParty(draft, object)) continue
    rewrite(draft, object, agentWords, contacts.has(object.value))
    for (const type of graph.quads(object, rdf.type)) {
      const now = agentTypes.get(type.object.value)
      if (!now || graph.objects(object, rdf.type).some(each => agentClasses.has(each.value))) continue
      if (contacts.has(object.value)) add(graph, object, rdf.type, now)
      else swap(draft, type, now)
      repair(draft, 'renamed-concept', type, type.object, now)
    }
  }
}

/** True of a node that the record describes, and that is neither an entry of a list nor a dataset or a file. */
const isParty = ({ graph, dataset, vocabulary }: Draft, node: Subject) =>
  graph.has(node) &&
  !node.equals(dataset) &&
  !vocabulary.concepts.has(node.value) &&
  !graph.has(null, dcat.distribution, node) &&
  !graph.objects(node, rdf.type).some(type => type.value.startsWith(dcat.iri))

/** Says each part in its own words; the other words go, but where the node is used as both. */
function rewrite(draft: Draft, node: Subject, words: [NamedNode, NamedNode[]][], isBoth: boolean): void {
  const { graph } = draft
  const says = (word: NamedNode) => graph.objects(node, word).some(object => isNode(object) || cleaned(object.value).clean !== '')
  for (const [now, others] of words) {
    if (says(now)) continue
    const found = others.find(says)
    for (const quad of found ? graph.quads(node, found) : []) {
      if (!isBoth) graph.remove(quad)
      add(graph, node, now, quad.object)
      repair(draft, 'renamed-property', quad, quad.predicate, now)
    }
  }
}
