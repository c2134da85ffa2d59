import { digest } from '../rdf/digest.ts'
import { add } from '../rdf/graph.ts'
import { dct, rdf, skos } from '../rdf/namespaces.ts'
import { isLiteral, namedNode, type Literal } from '../rdf/terms.ts'
import { inLanguages, repair, statements, swap, type Draft } from './draft.ts'
import { named } from './text.ts'

/** A place that no list knows is described by its name (DCAT-AP 3.0.1: dct:spatial leads to a dct:Location). */
export function namePlaces(draft: Draft): void {
  const texts = statements(draft, dct.spatial).filter(({ object }) => isLiteral(object))
  for (const quads of inLanguages(texts)) {
    const words = quads.map(({ object }) => object.value).sort()
    const place = namedNode(`${draft.record}#place-${digest(words.join('\n')).slice(0, 12)}`)
    add(draft.graph, place, rdf.type, dct.Location)
    for (const quad of quads) {
      swap(draft, quad, place)
      add(draft.graph, place, skos.prefLabel, named(draft, quad.object as Literal))
      repair(draft, 'place-named', quad, quad.object, place)
    }
  }
}
