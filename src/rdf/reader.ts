import type * as RDF from '@rdfjs/types'
import { blankNode, ownQuad, type Quad } from './terms.ts'

/**
 * Elements, lists or blank nodes within each other that a feed may have: no description needs more, and a reader's time grows with them, for some with their
 * square.
 */
export const deepest = 1000

/** A legal language tag (BCP 47, as RDF asks), or nothing: `fr_FR` → `fr-FR`. */
export const languageTag = (tag: string): string => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.exec(tag.replaceAll('_', '-'))?.[0] ?? ''

let documents = 0
/** What the labels of blank nodes begin with in the next document: blank nodes of one label in two documents are two. */
export const nextDocument = (): string => `d${++documents}_`

/** Takes over the statements that another library reads in one document. */
export function ownStatements(): (foreign: Parameters<typeof ownQuad>[0]) => Quad {
  const prefix = nextDocument()
  const own = <T extends RDF.Term>(term: T) => (term.termType === 'BlankNode' ? blankNode(`${prefix}${term.value.replace(/^_:/, '')}`) : term)
  return ({ subject, predicate, object, graph, equals }) => ownQuad({ subject: own(subject), predicate, object: own(object), graph: own(graph), equals })
}
