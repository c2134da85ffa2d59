import { paths } from '../../../config/addresses.ts'
import type { Concept } from '../../../vocabulary/concepts.ts'
import type { Page } from '../../page/page.ts'
import { nameOf } from '../../page/reading.ts'
import { everyOne, type Territory } from '../../page/territories.ts'

/** Of one tile, in units of the drawing. */
const [wide, high, gap] = [96, 62, 5]
/** Letters that have room in a tile: those of Arabic are narrower. */
const roomyFor = (name: string) => (/\p{Script=Arabic}/u.test(name) ? 14 : 11)

/**
 * A map of tiles: one for each place that has a place on it (`fihrist:tile`), as they lie beside each other, so that there is no border to draw. A tile leads
 * to the datasets of its place, the more of them the stronger its colour. It is not mirrored in languages that are written from the right: west stays west.
 */
export function Tiles({ page, territories }: { page: Page; territories: Territory[] }) {
  const { words } = page
  const placed = everyOne(territories).flatMap(({ concept, count }) => (concept.tile ? [{ concept, count, ...concept.tile }] : []))
  if (placed.length === 0) return null
  const most = Math.max(1, ...placed.map(({ count }) => count))
  const columns = Math.max(...placed.map(({ column }) => column))
  const rows = Math.max(...placed.map(({ row }) => row))
  return (
    <svg class="tiles" viewBox={`0 0 ${columns * wide} ${rows * high}`} role="group" aria-label={words.t('territories.map')} dir="ltr">
      {placed.map(({ concept, count, column, row }) => {
        const name = nameOf(page, concept.iri) ?? concept.slug
        const label = words.t('territories.tile', { place: name, datasets: words.t('count.datasets', { count, n: words.number(count) }) })
        return (
          <a href={page.to(paths.territory(encodeURIComponent(concept.slug)))} class={`tile tile-${strength(count, most)}`}>
            <title>{label}</title>
            <rect x={(column - 1) * wide + gap / 2} y={(row - 1) * high + gap / 2} width={wide - gap} height={high - gap} rx="7" />
            <text x={(column - 0.5) * wide} y={(row - 0.5) * high - 6}>
              {short(name)}
            </text>
            <text class="tile-count" x={(column - 0.5) * wide} y={(row - 0.5) * high + 17}>
              {words.number(count)}
            </text>
          </a>
        )
      })}
    </svg>
  )
}

/** 0 for none, then 1 to 4, each the double of the one before. */
const strength = (count: number, most: number): number => (count === 0 ? 0 : Math.max(1, 4 + Math.floor(Math.log2(count / most))))

/** The first of the names of which a name is made: the whole one is the title of the tile. */
function short(name: string): string {
  const first = name.split(/\s*[-–]\s*/)[0]!
  const roomy = roomyFor(first)
  return first.length > roomy ? `${first.slice(0, roomy - 1)}…` : first
}

/** The map without numbers, on which some places are marked: where a dataset is of. Nothing where none of them has a place on it. */
export function MarkedTiles({ page, concepts, marked }: { page: Page; concepts: Concept[]; marked: Set<string> }) {
  const placed = concepts.flatMap(({ iri, slug, tile }) => (tile ? [{ iri, slug, ...tile }] : []))
  const names = placed.filter(({ iri }) => marked.has(iri)).map(({ iri, slug }) => nameOf(page, iri) ?? slug)
  if (names.length === 0) return null
  const columns = Math.max(...placed.map(({ column }) => column))
  const rows = Math.max(...placed.map(({ row }) => row))
  return (
    <svg
      class="tiles tiles-marked"
      viewBox={`0 0 ${columns * wide} ${rows * high}`}
      role="img"
      aria-label={new Intl.ListFormat(page.language, { type: 'unit' }).format(names)}
      dir="ltr"
    >
      {placed.map(({ iri, column, row }) => (
        <rect
          class={marked.has(iri) ? 'marked' : undefined}
          x={(column - 1) * wide + gap / 2}
          y={(row - 1) * high + gap / 2}
          width={wide - gap}
          height={high - gap}
          rx="7"
        />
      ))}
    </svg>
  )
}
