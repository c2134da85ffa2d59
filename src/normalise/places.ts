import { digest } from '../rdf/digest.ts'
import { add } from '../rdf/graph.ts'
import { dct, rdf, skos } from '../rdf/namespaces.ts'
import { isLiteral, namedNode } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { named } from './text.ts'

/** A place that no list knows is described by its name (DCAT-AP 3.0.1: dct:spatial leads to a dct:Location). */
export function namePlaces(draft: Draft): void {
  for (const quad of statements(draft, dct.spatial)) {
    if (!isLiteral(quad.object)) continue
    const place = namedNode(`${draft.record}#place-${digest(quad.object.value).slice(0, 12)}`)
    swap(draft, quad, place)
    add(draft.graph, place, rdf.type, dct.Location)
    add(draft.graph, place, skos.prefLabel, named(draft, quad.object))
    repair(draft, 'place-named', quad, quad.object, place)
  }
}
