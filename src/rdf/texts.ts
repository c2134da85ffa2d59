import { values, type Graph } from './graph.ts'
import { isLiteral, literal, type Literal, type NamedNode, type Term } from './terms.ts'

/**
 * What a property says, by language, in the order of the graph; `und` is the language of a text without a tag. Of several texts in one language it is the first
 * in code point order, so that the choice does not depend on the order of the feed.
 */
export function textsOf(graph: Graph, subject: Term, property: NamedNode): Record<string, string> {
  const texts = new Map<string, string>()
  for (const { value, language } of values(graph, subject, property).filter(isLiteral)) {
    const known = texts.get(language || 'und')
    if (known === undefined || value < known) texts.set(language || 'und', value)
  }
  return Object.fromEntries(texts)
}

/** Texts by language as the literals they stand for. */
export const literalsOf = (texts: Record<string, string>): Literal[] =>
  Object.entries(texts).map(([language, text]) => (language === 'und' ? literal(text) : literal(text, language)))
