import type { Drawing, Mark, Spot } from '../sample.ts'
import type { Geometry } from './geometry.ts'

/** Positions that a drawing has at most: more of them than that are not seen on a page. */
const mostSpots = 3000

/** Shapes as a drawing: of many positions each second, third and so on is left out. Undefined where there is nothing to draw. Shapes have to be `sound`. */
export function drawingOf(shapes: Geometry[]): Drawing | undefined {
  const marks = shapes.flatMap(marksOf)
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  let spots = 0
  for (const { lines } of marks)
    for (const line of lines)
      for (const [x, y] of line) {
        box.west = Math.min(box.west, x)
        box.east = Math.max(box.east, x)
        box.south = Math.min(box.south, y)
        box.north = Math.max(box.north, y)
        spots++
      }
  if (spots === 0) return undefined
  const step = Math.ceil(spots / mostSpots)
  const points = marks.filter(({ kind }) => kind === 'point').filter((_, at) => at % step === 0)
  const others = marks.filter(({ kind }) => kind !== 'point').map(({ kind, lines }) => ({ kind, lines: lines.map(line => thinned(line, step)) }))
  return { ...box, marks: [...mostly(others), ...points] }
}

/** Small shapes are of few positions already: beyond so many of them, some are left out whole. */
const mostly = (marks: Mark[]): Mark[] => {
  const step = Math.ceil(marks.length / 1000)
  return step < 2 ? marks : marks.filter((_, at) => at % step === 0)
}

/** Ends stay, so that a ring stays closed. */
const thinned = (line: Spot[], step: number): Spot[] => (line.length < 5 ? line : line.filter((_, at) => at % step === 0 || at === line.length - 1))

function marksOf({ type, coordinates }: Geometry): Mark[] {
  if (type === 'Point') return [{ kind: 'point', lines: [[spot(coordinates)]] }]
  if (type === 'MultiPoint') return (coordinates as unknown[]).map(each => ({ kind: 'point', lines: [[spot(each)]] }))
  if (type === 'LineString') return [{ kind: 'line', lines: [line(coordinates)] }]
  if (type === 'MultiLineString') return (coordinates as unknown[]).map(each => ({ kind: 'line', lines: [line(each)] }))
  if (type === 'Polygon') return [{ kind: 'area', lines: (coordinates as unknown[]).map(line) }]
  return (coordinates as unknown[][]).map(each => ({ kind: 'area', lines: each.map(line) }))
}

const spot = (position: unknown): Spot => (position as number[]).slice(0, 2) as Spot
const line = (positions: unknown): Spot[] => (positions as unknown[]).map(spot)
