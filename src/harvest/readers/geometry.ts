import { digest } from '../../rdf/digest.ts'
import { dcat, dct, geo, rdf } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'

/** A place given as GeoJSON → dct:Location with its box in WKT, longitude first (DCAT-AP 3.0.1: dcat:bbox). Undefined where it is no GeoJSON. */
export function locationOf(text: string, record: string): { node: NamedNode; quads: Quad[] } | undefined {
  // Most texts are the name of a place: a parser that fails is slow.
  if (!/^\s*\{/.test(text)) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  const points = [
    ...positions(
      (parsed as { coordinates?: unknown; geometry?: { coordinates?: unknown } } | null)?.coordinates ??
        (parsed as { geometry?: { coordinates?: unknown } } | null)?.geometry?.coordinates,
    ),
  ]
  if (points.length === 0) return undefined
  const [west, east] = extent(points.map(([x]) => x))
  const [south, north] = extent(points.map(([, y]) => y))
  const wkt =
    points.length === 1 ? `POINT(${west} ${south})` : `POLYGON((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))`
  const node = namedNode(`${record}#place-${digest(wkt).slice(0, 12)}`)
  return {
    node,
    quads: [quad(node, rdf.type, dct.Location), quad(node, points.length === 1 ? dcat.centroid : dcat.bbox, literal(wkt, geo.wktLiteral))],
  }
}

/** A MultiPolygon, the deepest geometry there is, has its positions in the fourth list. */
function* positions(coordinates: unknown, depth = 4): Generator<[number, number]> {
  if (!Array.isArray(coordinates)) return
  if (typeof coordinates[0] === 'number' && typeof coordinates[1] === 'number') yield [coordinates[0], coordinates[1]]
  else if (depth > 1) for (const each of coordinates) yield* positions(each, depth - 1)
}

const extent = (numbers: number[]) =>
  numbers.reduce<[number, number]>(([low, high], next) => [Math.min(low, next), Math.max(high, next)], [Infinity, -Infinity])
