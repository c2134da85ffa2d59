import { Graph, value, values } from '../rdf/graph.ts'
import { foldIri } from '../rdf/iri.ts'
import { dcat, dct, fihrist, rdf, skos } from '../rdf/namespaces.ts'
import { isLiteral, namedNode, type NamedNode, type Subject } from '../rdf/terms.ts'
import { textsOf } from '../rdf/texts.ts'
import { fold } from './fold.ts'
import type { SubjectEntry } from './subjects.ts'

/** One entry of a reference list. */
export interface Concept {
  iri: string
  /** The list it belongs to. */
  scheme: string
  notation?: string
  /** The last segment of its IRI: what URLs and options name it by. */
  slug: string
  /** IRIs of its classes: of a language, `dct:LinguisticSystem` and `skos:Concept`. */
  classes: string[]
  /** Label by language code. */
  labels: Record<string, string>
  /** What else it is called: acronyms, former names, the spellings of portals. */
  aliases: string[]
  broader?: string
  /** IRIs in other lists that are almost always wider: the EU themes of a national theme. */
  broadMatch: string[]
  /** IRIs in other lists that mean about the same: of the licence of a portal, that which it was adapted from. */
  closeMatch: string[]
  /** Of a format, what its files hold as a rule: `table`, `data`, `map` or `text`. */
  family?: string
  /** Of a frequency, the longest regular wait between two updates (`xsd:duration`). */
  period?: string
  /** Of a territory, its place on the map of tiles: column from the west, row from the north. */
  tile?: { column: number; row: number }
  /** Of a theme, its drawing: an SVG path in a square of 24 units. */
  icon?: string
}

/** A reference list. */
export interface Scheme {
  iri: string
  labels: Record<string, string>
  /** What is offered to people, and found by words: all but the mere codes (`fihrist:Code`). */
  concepts: Concept[]
}

/** What the lists are asked by, as plain data: a thread can hand it to another, which need not read the files again. */
export interface Index {
  /** Changes when one of their files does. */
  digest: string
  schemes: Map<string, Scheme>
  concepts: Map<string, Concept>
  /** The entries of each list by their folded words and IRIs. */
  words: Map<string, Map<string, Concept>>
  /** IRIs of formats by media type. */
  formats: Map<string, string[]>
  /** Subject and property of all that is said to be true. */
  flags: Set<string>
  /** The entries of the list of subjects. */
  subjects: SubjectEntry[]
}

/** What a graph of lists says, as it is asked; `subjectList` is the IRI of the list of subjects. */
export function indexOf(all: Graph, subjectList: string): Omit<Index, 'digest'> {
  const schemes = new Map<string, Scheme>()
  const concepts = new Map<string, Concept>()
  const words = new Map<string, Map<string, Concept>>()
  const formats = new Map<string, string[]>()
  for (const { subject, object } of all.quads(null, dcat.mediaType)) formats.set(object.value, [...(formats.get(object.value) ?? []), subject.value])
  const flags = new Set(
    all
      .quads()
      .filter(({ object }) => object.value === 'true')
      .map(({ subject, predicate }) => `${subject.value} ${predicate.value}`),
  )
  for (const scheme of all.subjects(null, skos.ConceptScheme)) {
    schemes.set(scheme.value, { iri: scheme.value, labels: textsOf(all, scheme, dct.title), concepts: [] })
    words.set(scheme.value, new Map())
  }
  const codes = new Set(all.subjects(rdf.type, fihrist.Code).map(({ value }) => value))
  for (const { subject, object } of all.quads(null, skos.inScheme)) {
    const concept = read(all, subject, object.value)
    concepts.set(concept.iri, concept)
    const known = words.get(concept.scheme)
    if (codes.has(concept.iri)) {
      remember(known, foldIri(concept.iri), concept)
      continue
    }
    schemes.get(concept.scheme)?.concepts.push(concept)
    for (const property of [skos.prefLabel, skos.notation, skos.altLabel, skos.hiddenLabel]) {
      for (const word of values(all, subject, property)) remember(known, fold(word.value), concept)
    }
    remember(known, fold(concept.slug), concept)
    for (const iri of [subject.value, ...values(all, subject, skos.exactMatch).map(each => each.value)]) remember(known, foldIri(iri), concept)
  }
  const subjects = (schemes.get(subjectList)?.concepts ?? []).map(concept => subjectEntry(all, concept))
  return { schemes, concepts, words, formats, flags, subjects }
}

/** A concept of the list of subjects with every name that it has, and the language of each. */
const subjectEntry = (all: Graph, { iri, slug, broader }: Concept): SubjectEntry => ({
  slug,
  ...(broader && { broader: broader.slice(broader.lastIndexOf('/') + 1) }),
  names: [skos.prefLabel, skos.altLabel, skos.hiddenLabel]
    .flatMap(property => values(all, namedNode(iri), property))
    .map(name => [isLiteral(name) ? name.language : '', name.value]),
})

function remember(known: Map<string, Concept> | undefined, word: string, concept: Concept): void {
  if (word && known && !known.has(word)) known.set(word, concept)
}

function read(all: Graph, subject: Subject, scheme: string): Concept {
  const iri = subject.value
  const notation = value(all, subject, skos.notation)?.value
  const broader = value(all, subject, skos.broader)?.value
  const family = value(all, subject, fihrist.family)?.value
  const irisOf = (property: NamedNode) =>
    values(all, subject, property)
      .map(each => each.value)
      .sort()
  const period = value(all, subject, fihrist.period)?.value
  const icon = value(all, subject, fihrist.icon)?.value
  const [column, row] = (value(all, subject, fihrist.tile)?.value ?? '').split(' ').map(Number)
  return {
    iri,
    scheme,
    slug: iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1),
    classes: irisOf(rdf.type),
    labels: textsOf(all, subject, skos.prefLabel),
    aliases: [skos.altLabel, skos.hiddenLabel].flatMap(property => values(all, subject, property).map(each => each.value)),
    broadMatch: irisOf(skos.broadMatch),
    closeMatch: irisOf(skos.closeMatch),
    ...(notation && { notation }),
    ...(broader && { broader }),
    ...(family && { family }),
    ...(period && { period }),
    ...(icon && { icon }),
    ...(column && row && { tile: { column, row } }),
  }
}
