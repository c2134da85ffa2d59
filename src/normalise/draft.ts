import type { Contacts } from '../config/contacts.ts'
import { add, type Graph } from '../rdf/graph.ts'
import { compact, dct, foaf, rdf, rdfs, skos, vcard } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, type NamedNode, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { RepairRule } from './rules.ts'

/** One change normalising made to what the portal sent. */
export interface Repair {
  rule: RepairRule
  /** The property, after those that lead from the dataset to it: `dcat:distribution/dcat:byteSize`. */
  property: string
  before: string
  after: string
}

/** What a steward says of a dataset in the place of its portal. */
export interface Correction {
  /** IRI of the property. */
  property: string
  /** A text, or the IRI of a concept. */
  value: string
  /** The language of a text; null where the value is an IRI. */
  language: string | null
}

/** What a record gets where the portal says nothing. */
export interface Defaults {
  publisher?: string
  /** Scheme and host of the portal: below it its own things have their names, whoever else can reach it. */
  origin?: string
  /** The language of text that is too short to tell. */
  language: string
  /** The languages that text without a tag may be in; the source's alone where they are not said. */
  languages?: string[]
  licence?: string
  /** Of datasets with a file. */
  status?: string
  contacts?: ContactRules
}

/** What the edition says of people's data in records (`contacts` of catalogue.yaml). */
export type ContactRules = Omit<Contacts, 'replacePersonal'>

/** One record on its way through the steps. */
export interface Draft {
  graph: Graph
  dataset: NamedNode
  /** IRI of the record, under which new nodes are minted. */
  record: string
  base: string
  defaults: Defaults
  vocabulary: Vocabulary
  repairs: Repair[]
  /** What stewards say in the place of the portal. */
  corrections?: Correction[]
}

/** A step: changes the draft, and lists what it changed. */
export type Step = (draft: Draft) => void

/** Lists a change. `at` is the statement that changed, or its property where the node it stood on has no place in the record any more. */
export function repair(
  draft: Draft,
  rule: RepairRule,
  at: Pick<Quad, 'subject' | 'predicate'> | Quad['predicate'],
  before: Term | string,
  after: Term | string,
): void {
  const text = (term: Term | string) => (typeof term === 'string' ? term : term.value)
  const property = 'subject' in at ? [...wayTo(draft, at.subject), compact(at.predicate.value)].join('/') : compact(at.value)
  draft.repairs.push({ rule, property, before: text(before), after: text(after) })
}

/** How the dataset leads to a node, as properties: `dcat:distribution`, then what stands on it; empty for the dataset itself. */
function wayTo({ graph, dataset }: Draft, node: Subject): string[] {
  const way: string[] = []
  for (let at = node; !at.equals(dataset) && way.length < 4;) {
    const up = graph
      .quads(null, null, at)
      .sort((a, b) => Number(b.subject.equals(dataset)) - Number(a.subject.equals(dataset)) || (a.predicate.value < b.predicate.value ? -1 : 1))[0]
    if (!up) {
      const down = graph.quads(at, null, dataset)[0]
      return down ? [`^${compact(down.predicate.value)}`, ...way] : way
    }
    way.unshift(compact(up.predicate.value))
    at = up.subject
  }
  return way
}

/** All statements with one of these properties. */
export function statements(draft: Draft, ...properties: NamedNode[]): Quad[] {
  if (properties.length === 1) return draft.graph.quads(null, properties[0])
  return properties.flatMap(property => draft.graph.quads(null, property))
}

/** Puts other objects in the place of a statement's own. */
export function swap(draft: Draft, quad: Quad, ...objects: Term[]): void {
  draft.graph.remove(quad)
  for (const object of objects) add(draft.graph, quad.subject, quad.predicate, object)
}

/**
 * Statements whose texts say one thing in several languages: those of one subject and property that all state their language, and each another one. Every other
 * text is by itself.
 */
export function inLanguages(quads: Quad[]): Quad[][] {
  return [...Map.groupBy(quads, ({ subject, predicate }) => `${subject.value} ${predicate.value}`).values()].flatMap(group => {
    const tags = new Set(group.map(({ object }) => (isLiteral(object) ? object.language : '')))
    return tags.size === group.length && !tags.has('') ? [group] : group.map(quad => [quad])
  })
}

const naming = [rdfs.label, skos.prefLabel, foaf.name, vcard.fn, rdf.value, dct.title, dct.identifier]

/** The words by which a value may name a concept: the literal, the IRI, or the labels of the node. */
export function wordsOf(draft: Draft, term: Term): string[] {
  if (isLiteral(term)) return [term.value]
  const labels = naming.flatMap(property => draft.graph.objects(term, property).map(label => label.value))
  return isNamed(term) ? [term.value, ...labels] : labels
}

const names = new Set([...naming, rdf.type, skos.inScheme].map(property => property.value))

/** True of a property that says no more of a thing than what it is, and what it is called. */
export const isNaming = (property: NamedNode): boolean => names.has(property.value)
