import { values, type Graph } from '../../rdf/graph.ts'
import { isLiteral, type NamedNode, type Quad, type Term } from '../../rdf/terms.ts'
import { choose } from '../../words/choose.ts'
import { printed } from '../../words/print.ts'
import type { Page } from './page.ts'

/** The values of some properties, one property after the other, those of each in code point order. */
export const valuesOf = (graph: Graph, subject: Term, properties: NamedNode[]): Term[] =>
  properties.flatMap(property => inOrder(values(graph, subject, property)))

const inOrder = (terms: Term[]) => (terms.length < 2 ? terms : terms.sort((a, b) => (a.value < b.value ? -1 : 1)))

/** Texts by language; several in one language are joined. */
export function textsOf(graph: Graph, subject: Term, property: NamedNode): Record<string, string> {
  const found: Record<string, string> = {}
  for (const text of valuesOf(graph, subject, [property]).filter(isLiteral)) {
    const language = text.language || 'und'
    found[language] = found[language] ? `${found[language]}\n\n${text.value}` : text.value
  }
  return found
}

/** What an entry of a list is called, as its language is printed; undefined where it has no name. */
export function labelText({ reading }: Page, labels: Record<string, string>): string | undefined {
  const found = choose(labels, reading)
  return found && printed(found.text, found.language)
}

/** What a concept or a list is called, by its address; undefined where it is none of ours. */
export function nameOf(page: Page, iri: string): string | undefined {
  const { concepts, schemes } = page.site.publication.vocabulary
  const labels = (concepts.get(iri) ?? schemes.get(iri))?.labels
  return labels && labelText(page, labels)
}

/** Statements subject by subject. */
export const bySubject = (quads: Quad[]): Quad[] =>
  quads.sort((a, b) => (`${a.subject.value} ${a.predicate.value}` < `${b.subject.value} ${b.predicate.value}` ? -1 : 1))
