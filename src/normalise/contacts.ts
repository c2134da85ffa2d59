import { add, value, values } from '../rdf/graph.ts'
import { dcat, dct, foaf, prov, rdf, skos, vcard, xsd } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, isNode, literal, namedNode, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { mask, peopleOf, type People } from './people.ts'

/**
 * Puts the functional contact of the publisher, or of the catalogue, in the place of people's, where the edition says so; addresses and mobile
 * telephones of people go from every text as well. No repair of the record holds what was taken away.
 */
export function replacePersonal(draft: Draft): void {
  const rules = draft.defaults.contacts
  if (!rules) return
  const people = peopleOf(rules)
  const names = new Set<string>()
  if (
    draft.graph
      .quads()
      .some(({ subject, object }) => isPersonal(object, people) || isPersonal(subject, people) || object.equals(vcard.Individual) || object.equals(foaf.Person))
  ) {
    const functional = functionalEmail(draft, people) ?? rules.functional
    for (const quad of statements(draft, dcat.contactPoint)) if (isNode(quad.object)) replaceContact(draft, quad, quad.object, people, functional, names)
    for (const quad of statements(draft, dct.creator, dct.contributor)) if (isNode(quad.object)) leaveOut(draft, quad, quad.object, names)
    renameNodes(draft, people)
    for (const quad of draft.graph) replaceIn(draft, quad, people, functional)
  }
  draft.repairs = draft.repairs.map(each => ({ ...each, before: masked(each.before, people, names), after: masked(each.after, people, names) }))
}

/** The publishers that a record states, else that of its source. */
function publishersOf({ graph, dataset, defaults }: Draft): Subject[] {
  const stated = values(graph, dataset, dct.publisher).filter(isNode)
  return stated.length === 0 && defaults.publisher ? [namedNode(defaults.publisher)] : stated
}

/** The address of the publisher's office: as the list of organisations has it, else as the portal gives it. */
function functionalEmail(draft: Draft, people: People): string | undefined {
  const { graph, vocabulary } = draft
  return publishersOf(draft)
    .flatMap(publisher => [vocabulary.graph, graph].map(from => [from, publisher] as const))
    .concat(values(graph, draft.dataset, prov.wasAttributedTo).map(agent => [graph, agent as Subject] as const))
    .flatMap(([from, agent]) => [vcard.hasEmail, foaf.mbox].map(property => value(from, agent, property)))
    .map(address => address?.value.replace(/^mailto:/i, ''))
    .find(address => address?.includes('@') && !people.isPersonalEmail(address))
}

function replaceContact(draft: Draft, quad: Quad, contact: Subject, people: People, functional: string | undefined, names: Set<string>): void {
  const { graph } = draft
  const said = saidOf(draft, contact)
  const isPerson = said.some(({ predicate, object }) => predicate.equals(rdf.type) && (object.equals(vcard.Individual) || object.equals(foaf.Person)))
  const personal = [contact, ...said.map(each => each.object)].filter(term => isPersonal(term, people))
  if (!isPerson && personal.length === 0) return
  const fn = values(graph, contact, vcard.fn).map(each => each.value)
  const office = !isPerson && fn.length > 0 && fn.every(name => people.isOffice(name))
  // Of an office with a person's address only the address goes, as from any other text.
  if (office && !isPersonal(contact, people)) return
  for (const name of said.filter(({ object, predicate }) => isLiteral(object) && !predicate.equals(rdf.type)).map(each => each.object.value)) names.add(name)
  const next = namedNode(`${draft.record}#contact`)
  repair(draft, 'contact-replaced', quad, [...fn, ...personal.map(addressOf)].join(' ') || contact, functional ?? next)
  // Who is publisher or creator as well keeps a name: that is no contact.
  const uses = graph.quads(null, null, contact)
  const onlyContact = uses.every(each => each.predicate.equals(dcat.contactPoint))
  for (const each of said) if (onlyContact || each.predicate.value.startsWith(vcard.iri)) graph.remove(each)
  for (const each of uses) if (each.predicate.equals(dcat.contactPoint)) swap(draft, each, next)
  add(graph, next, rdf.type, vcard.Kind)
  for (const label of publisherNames(draft)) add(graph, next, vcard.fn, label)
  if (functional) add(graph, next, vcard.hasEmail, namedNode(`mailto:${functional}`))
}

/** Of the person whose contact was taken away nothing is left where a portal names the same one as author, in the same words. */
function leaveOut(draft: Draft, quad: Quad, agent: Subject, names: Set<string>): void {
  const { graph } = draft
  const said = saidOf(draft, agent)
  const named = values(graph, agent, foaf.name)
  if (named.length === 0 || !named.every(name => names.has(name.value)) || graph.quads(null, null, agent).length > 1) return
  repair(draft, 'personal-data', quad, named[0]!, '')
  for (const each of [quad, ...said]) graph.remove(each)
}

/** Nodes that are named by a person's address get a name that tells nothing. */
function renameNodes(draft: Draft, people: People): void {
  const { graph } = draft
  const named = graph
    .subjects()
    .filter(node => isPersonal(node, people))
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  for (const [at, node] of named.entries()) {
    const next = namedNode(`${draft.record}#person-${at + 1}`)
    const [first, ...more] = graph.quads(null, null, node)
    const said = graph.quads(node)
    repair(draft, 'personal-data', first ?? said[0]!, addressOf(node), next)
    for (const each of said) graph.remove(each)
    for (const each of said) add(graph, next, each.predicate, each.object.equals(node) ? next : each.object)
    for (const each of first ? [first, ...more] : []) if (!each.subject.equals(node)) swap(draft, each, next)
  }
}

/** All that is said of a contact, on nodes that stand below it too: `vcard:hasTelephone [ vcard:hasValue <tel:…> ]`. */
function saidOf({ graph, dataset }: Draft, contact: Subject): Quad[] {
  const own = graph.quads(contact)
  const below = own.filter(({ object }) => isNode(object) && !object.equals(contact) && !object.equals(dataset) && graph.quads(null, null, object).length === 1)
  return [...own, ...below.flatMap(({ object }) => graph.quads(object))]
}

function publisherNames(draft: Draft) {
  const { graph, vocabulary } = draft
  return publishersOf(draft)
    .flatMap(publisher => {
      const known = values(vocabulary.graph, publisher, skos.prefLabel)
      return known.length > 0 ? known : values(graph, publisher, foaf.name)
    })
    .filter(isLiteral)
}

/** `%40` and the like, where they are plain characters. */
const unescaped = (iri: string) => iri.replace(/%([2-7][\da-f])/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16)))
/** The address or number of an IRI. */
const addressOf = (term: Term) =>
  unescaped(term.value)
    .replace(/^(?:mailto|tel):/i, '')
    .replace(/\?.*$/, '')
    .trim()

function isPersonal(term: Term, people: People): boolean {
  if (isNamed(term) && /^mailto:/i.test(term.value)) return people.isPersonalEmail(addressOf(term))
  if (isNamed(term) && /^tel:/i.test(term.value)) return people.isMobile(addressOf(term))
  return isLiteral(term) && people.without(term.value, () => '') !== term.value
}

const numeric = new Set([xsd.integer, xsd.nonNegativeInteger, xsd.decimal, xsd.double].map(type => type.value))
const identifying = new Set([dct.identifier, skos.notation].map(property => property.value))

/** What stands anywhere else in a record: an address or a telephone as an IRI, or in a text. */
function replaceIn(draft: Draft, quad: Quad, people: People, functional: string | undefined): void {
  const { object } = quad
  if (isNamed(object) && isPersonal(object, people)) {
    // The office answers for a contact; it is not the author's address.
    const next = functional && quad.predicate.equals(vcard.hasEmail) ? namedNode(`mailto:${functional}`) : undefined
    swap(draft, quad, ...(next ? [next] : []))
    repair(draft, 'personal-data', quad, addressOf(object), next ?? '')
  } else if (isLiteral(object) && !numeric.has(object.datatype.value) && !identifying.has(quad.predicate.value)) {
    const text = people.without(object.value, found => (found.includes('@') && functional) || '[…]')
    if (text === object.value) return
    swap(draft, quad, literal(text, object.language || object.datatype))
    repair(draft, 'personal-data', quad, object, text)
  }
}

/** A repair's words, whichever step wrote them, without what must not be kept. */
function masked(text: string, people: People, names: Set<string>): string {
  const named = [...names]
    .filter(name => name.length > 2)
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, mask(name)), text.replace(/mailto:\S+/gi, unescaped))
  return people.without(named, mask)
}
