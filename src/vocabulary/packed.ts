import { Graph } from '../rdf/graph.ts'
import { readLines } from '../rdf/own-lines.ts'
import { lines } from '../rdf/serialise.ts'
import type { Index } from './concepts.ts'
import { listsOf, type Vocabulary } from './vocabulary.ts'

/** The reference lists as another thread is handed them: it reads no file again. */
export interface PackedVocabulary {
  index: Index
  /** Everything in them, as N-Triples. */
  text: string
}

export const packVocabulary = ({ index, graph }: Vocabulary): PackedVocabulary => ({ index, text: lines(graph) })

export const unpackVocabulary = ({ index, text }: PackedVocabulary): Vocabulary => Object.assign(listsOf(index), { graph: new Graph(readLines(text)), index })
