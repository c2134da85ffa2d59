import { add } from '../../rdf/graph.ts'
import { dcat, dct, geo, rdf } from '../../rdf/namespaces.ts'
import { literal, type NamedNode } from '../../rdf/terms.ts'
import { mintedIri, type Target } from './target.ts'

/** Longitude first, as GeoJSON and WKT write it. */
type Position = [x: number, y: number]

/** A place given as GeoJSON, or by a text that holds it; nothing where it is no GeoJSON. */
export function shaped(value: unknown, target: Target): NamedNode[] {
  const shape = typeof value === 'string' ? parsed(value) : value
  const { coordinates, geometry } = (shape ?? {}) as { coordinates?: unknown; geometry?: { coordinates?: unknown } | null }
  return located([...positions(coordinates ?? geometry?.coordinates)], target)
}

/** A place by opposite corners in whatever order; nothing where one of them is no number. */
export function boxed(corners: Position[], target: Target): NamedNode[] {
  if (corners.flat().some(side => !Number.isFinite(side)) || corners.some(corner => corner.length < 2)) return []
  const [first] = corners
  return located(first && corners.every(([x, y]) => x === first[0] && y === first[1]) ? [first] : corners, target)
}

/** Positions → dct:Location with their box in WKT (DCAT-AP 3.0.1: dcat:bbox), or with the only one of them. */
function located(points: Position[], { to, mint }: Pick<Target, 'to' | 'mint'>): NamedNode[] {
  if (points.length === 0) return []
  const [west, east] = extent(points.map(([x]) => x))
  const [south, north] = extent(points.map(([, y]) => y))
  const wkt =
    points.length === 1 ? `POINT(${west} ${south})` : `POLYGON((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))`
  const node = mintedIri({ mint }, 'place', wkt)
  add(to, node, rdf.type, dct.Location)
  add(to, node, points.length === 1 ? dcat.centroid : dcat.bbox, literal(wkt, geo.wktLiteral))
  return [node]
}

function parsed(text: string): unknown {
  // Most texts are the names of places: a parser that fails on each of them is slow.
  if (!/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A MultiPolygon, the deepest geometry there is, has its positions in the fourth list. */
function* positions(coordinates: unknown, depth = 4): Generator<Position> {
  if (!Array.isArray(coordinates)) return
  if (typeof coordinates[0] === 'number' && typeof coordinates[1] === 'number') yield [coordinates[0], coordinates[1]]
  else if (depth > 1) for (const each of coordinates) yield* positions(each, depth - 1)
}

const extent = (numbers: number[]) =>
  numbers.reduce<[number, number]>(([low, high], next) => [Math.min(low, next), Math.max(high, next)], [Infinity, -Infinity])
