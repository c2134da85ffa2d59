import { add } from '../rdf/graph.ts'
import { isLiteral, literal, namedNode } from '../rdf/terms.ts'
import { repair, type Draft } from './draft.ts'

/** Puts what stewards say in the place of what the portal said: of texts, of those in the same language. Its portal is told what it should mend. */
export function correct(draft: Draft): void {
  const { graph, dataset, corrections = [] } = draft
  for (const all of Map.groupBy(corrections, ({ property, language }) => `${property} ${language}`).values()) {
    const { language, property } = all[0]!
    const predicate = namedNode(property)
    const former = graph.quads(dataset, predicate).filter(({ object }) => language === null || (isLiteral(object) && object.language === language))
    for (const quad of former) graph.remove(quad)
    for (const { value } of all) add(graph, dataset, predicate, language === null ? namedNode(value) : literal(value, language))
    const [before, after] = [former.map(({ object }) => object.value), all.map(({ value }) => value)]
    if (before.join('\n') !== after.join('\n')) repair(draft, 'corrected', { subject: dataset, predicate }, before.join(' | '), after.join(' | '))
  }
}
