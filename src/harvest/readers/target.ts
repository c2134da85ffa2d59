import { digest } from '../../rdf/digest.ts'
import type { Graph } from '../../rdf/graph.ts'
import { namedNode, type NamedNode } from '../../rdf/terms.ts'
import type { Mint } from '../protocol.ts'

/** How texts are read: the language of those that do not say theirs, and the suffixes of fields in other languages. */
export interface TextRules {
  language: string
  languages?: Record<string, string>
  /** The language is said of every text: none has to be found. */
  stated?: boolean
}

/** Where the statements of a record go, and what its mapping needs to know beside the record. */
export interface Target extends TextRules {
  to: Graph
  mint: Mint
}

/** The IRI of something that only this record describes: the same as long as it is said in the same words. */
export const mintedIri = ({ mint }: Pick<Target, 'mint'>, kind: string, words: string): NamedNode =>
  namedNode(`${mint.record}#${kind}-${digest(words).slice(0, 12)}`)
