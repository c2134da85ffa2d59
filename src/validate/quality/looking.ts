import { values, type Graph } from '../../rdf/graph.ts'
import { dcat, dct, type fihrist } from '../../rdf/namespaces.ts'
import { isNamed, type NamedNode, type Term } from '../../rdf/terms.ts'
import type { Lists } from '../../vocabulary/vocabulary.ts'

/** What a metric or a criterion looks at. */
export interface Subjects {
  graph: Graph
  dataset: Term
  /** Its files, in an order that does not depend on that of the feed. */
  files: Term[]
  vocabulary: Lists
  /** The languages that a title and a description should have. */
  languages: string[]
}

export const has = ({ graph }: Pick<Subjects, 'graph'>, subject: Term, ...properties: NamedNode[]): boolean =>
  properties.some(property => graph.has(subject, property))

export const isIn = ({ graph, vocabulary }: Subjects, subject: Term, property: NamedNode, scheme: string): boolean =>
  values(graph, subject, property).some(each => vocabulary.concepts.get(each.value)?.scheme === scheme)

/** The formats of a file: those that it names, and those that have its media type. */
export function formatsOf({ graph, vocabulary }: Subjects, distribution: Term): string[] {
  const formats: string[] = []
  for (const format of values(graph, distribution, dct.format)) if (isNamed(format)) formats.push(format.value)
  for (const type of values(graph, distribution, dcat.mediaType)) formats.push(...vocabulary.formatsOf(type.value))
  return formats
}

/** Whether a format of the file carries a flag. */
export const flagged = (on: Subjects, distribution: Term, flag: (typeof fihrist)['machineReadable']): boolean =>
  formatsOf(on, distribution).some(format => on.vocabulary.flag(format, flag))

/** The files of a dataset, in an order that does not depend on that of the feed. */
export const filesOf = (graph: Graph, dataset: Term): Term[] => values(graph, dataset, dcat.distribution).sort((a, b) => (a.value < b.value ? -1 : 1))
