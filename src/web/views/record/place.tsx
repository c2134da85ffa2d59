import { drawingOf } from '../../../normalise/drawing.ts'
import { sound } from '../../../normalise/geometry.ts'
import { readShape } from '../../../normalise/shape-text.ts'
import type { PlainRecord } from '../../../outlets/plain.ts'
import { ownLists } from '../../../vocabulary/lists.ts'
import type { Page } from '../../page/page.ts'
import { Shapes } from '../shapes.tsx'
import { MarkedTiles } from '../territory/tiles.tsx'

/** Where a dataset is of: its places on the map of tiles, and the box or shape that its record draws. */
export function Place({ page, places }: { page: Page; places: PlainRecord['places'] }) {
  const { t } = page.words
  const { vocabulary, catalogue } = page.site.publication
  const own = vocabulary.schemes.get(ownLists(catalogue.base).territory)?.concepts ?? []
  const isOwn = new Set(own.map(({ iri }) => iri))
  const marked = new Set(places.flatMap(({ concept }) => (concept && isOwn.has(concept.iri) ? tilesOf(concept.iri, page) : [])))
  const drawing = drawingOf(
    places.flatMap(({ wkt }) => {
      const shape = wkt === undefined ? undefined : readShape(wkt)?.shape
      return (shape && sound(shape)) ?? []
    }),
  )
  const tiles = marked.size > 0 && MarkedTiles({ page, concepts: own, marked })
  if (!tiles && !drawing) return null
  return (
    <section class="panel" aria-labelledby="place">
      <h2 id="place">{t(tiles ? 'map.title' : 'map.shape')}</h2>
      {tiles}
      {drawing && <Shapes page={page} drawing={drawing} room={0.5} />}
    </section>
  )
}

/** The tiles of a place: its own, else that of what it lies in, else those of what lies in it. */
function tilesOf(iri: string, { site }: Page): string[] {
  const { concepts } = site.publication.vocabulary
  for (let at = concepts.get(iri), steps = 0; at && steps < 10; at = at.broader === undefined ? undefined : concepts.get(at.broader), steps++)
    if (at.tile) return [at.iri]
  return [...concepts.values()].filter(({ broader, tile }) => tile && broader === iri).map(each => each.iri)
}
