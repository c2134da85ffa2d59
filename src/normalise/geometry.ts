/** A place on earth by its coordinates: longitude, then latitude, in degrees. */
export type Position = number[]

/** How deep the positions of each kind of shape lie in lists (RFC 7946, 3.1). */
const depths = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 } as const
export type GeometryType = keyof typeof depths

/** A shape as GeoJSON has it (RFC 7946, 3.1). */
export interface Geometry {
  type: GeometryType
  coordinates: unknown
}

export const isGeometryType = (name: string): name is GeometryType => Object.hasOwn(depths, name)

/**
 * A shape that can be: every position is on earth, rings are closed, axes are turned where a latitude beyond 90° proves that they are. Itself where nothing had
 * to be mended; undefined where it cannot be.
 */
export function sound(shape: Geometry): Geometry | undefined {
  const all = positionsOf(shape, depths[shape.type])
  if (!all || all.length === 0) return undefined
  const turned = isOnEarth(all) ? false : isOnEarth(all.map(turn)) ? true : undefined
  if (turned === undefined) return undefined
  if (shape.type !== 'Polygon' && shape.type !== 'MultiPolygon') return turned ? turnedShape(shape) : shape
  const rings = (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates) as Position[][][]
  if (rings.some(polygon => polygon.some(ring => new Set(ring.map(String)).size < 3))) return boxAround([shape])
  const isWhole = rings.every(polygon => polygon.every(isClosed))
  if (isWhole) return turned ? turnedShape(shape) : shape
  const closed = rings.map(polygon => polygon.map(ring => (isClosed(ring) ? ring : [...ring, ring[0]!])))
  const mended: Geometry = { type: shape.type, coordinates: shape.type === 'Polygon' ? closed[0] : closed }
  return turned ? turnedShape(mended) : mended
}

const isClosed = (ring: Position[]) => String(ring[0]?.slice(0, 2)) === String(ring.at(-1)?.slice(0, 2))
const turn = ([x, y]: Position): Position => [y!, x!]
const isOnEarth = (all: Position[]) => all.every(([x, y]) => Math.abs(x!) <= 360 && Math.abs(y!) <= 90)

/** A shape with its axes turned. */
export const turnedShape = ({ type, coordinates }: Geometry): Geometry => {
  const within = (value: unknown, depth: number): unknown => (depth === 0 ? turn(value as Position) : (value as unknown[]).map(each => within(each, depth - 1)))
  return { type, coordinates: within(coordinates, depths[type]) }
}

/** The positions of a shape; undefined where lists are not as deep as its kind says, or hold what is no number. */
function positionsOf({ coordinates }: Geometry, depth: number): Position[] | undefined {
  const found: Position[] = []
  const collect = (value: unknown, left: number): boolean => {
    if (!Array.isArray(value)) return false
    if (left > 0) return value.every(each => collect(each, left - 1))
    if (value.length < 2 || value.slice(0, 2).some(each => typeof each !== 'number' || !Number.isFinite(each))) return false
    found.push(value as Position)
    return true
  }
  return collect(coordinates, depth) ? found : undefined
}

/** A longitude between -180° and 180°. */
const wrapped = (x: number) => (x > 180 ? x - 360 : x < -180 ? x + 360 : x)

/**
 * The box between two meridians and two parallels; a point where they are the same. A western side east of the eastern one, in the other hemisphere, says that
 * the box crosses the 180th meridian (RFC 7946, 5.2; ISO 19115, EX_GeographicBoundingBox): it is then two boxes that meet there (RFC 7946, 3.1.9).
 * Undefined where a side is no number, or not on earth.
 */
export function boxBetween(west: number, south: number, east: number, north: number): Geometry | undefined {
  const corners = [
    [west, south],
    [east, north],
  ]
  if (!corners.flat().every(Number.isFinite)) return undefined
  if (!isOnEarth(corners)) return isOnEarth(corners.map(turn)) ? boxBetween(south, west, north, east) : undefined
  if (west === east && south === north) return { type: 'Point', coordinates: [wrapped(west), south] }
  const [low, high] = [Math.min(south, north), Math.max(south, north)]
  if (Math.abs(east - west) >= 360) return polygon(ring(-180, low, 180, high))
  const [left, right] = [wrapped(west), wrapped(east)]
  if (left <= right || !(left > 0 && right < 0)) return polygon(ring(Math.min(left, right), low, Math.max(left, right), high))
  if (left === 180) return polygon(ring(-180, low, right, high))
  if (right === -180) return polygon(ring(left, low, 180, high))
  return { type: 'MultiPolygon', coordinates: [[ring(left, low, 180, high)], [ring(-180, low, right, high)]] }
}

const polygon = (outer: Position[]): Geometry => ({ type: 'Polygon', coordinates: [outer] })
const ring = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]

/** The box around shapes; the one point that they are. Parts that meet at the 180th meridian from both sides are not boxed the long way round. */
export function boxAround(shapes: Geometry[]): Geometry | undefined {
  const parts = shapes.flatMap(({ type, coordinates }) =>
    type === 'MultiPolygon' ? (coordinates as unknown[]).map(each => ({ type: 'Polygon', coordinates: each }) as Geometry) : [{ type, coordinates }],
  )
  const extents = parts.map(part => extentOf(positionsOf(part, depths[part.type]) ?? []))
  if (extents.length === 0 || extents.some(each => each === undefined)) return undefined
  const known = extents as Extent[]
  const { south, north } = widest(known)
  const [eastern, western] = [known.filter(each => each.west >= 0), known.filter(each => each.east <= 0)]
  const crosses = eastern.length + western.length === known.length && eastern.some(each => each.east === 180) && western.some(each => each.west === -180)
  return crosses ? boxBetween(widest(eastern).west, south, widest(western).east, north) : boxBetween(widest(known).west, south, widest(known).east, north)
}

/** West, south, east and north of the box around shapes; across the 180th meridian west is the larger. Undefined where they have no box. */
export function sidesOf(shapes: Geometry[]): [west: number, south: number, east: number, north: number] | undefined {
  const box = boxAround(shapes)
  if (!box) return undefined
  const parts = box.type === 'MultiPolygon' ? (box.coordinates as Position[][][]).map(([outer]) => outer!) : [positionsOf(box, depths[box.type])!]
  const [first, last] = [extentOf(parts[0]!)!, extentOf(parts.at(-1)!)!]
  return [first.west, first.south, last.east, first.north]
}

interface Extent {
  west: number
  south: number
  east: number
  north: number
}

/** The extent of all; there may be more of them than a function takes arguments. */
const widest = (extents: Extent[]): Extent =>
  extents.reduce((all, each) => ({
    west: Math.min(all.west, each.west),
    south: Math.min(all.south, each.south),
    east: Math.max(all.east, each.east),
    north: Math.max(all.north, each.north),
  }))

function extentOf(positions: Position[]): Extent | undefined {
  if (positions.length === 0) return undefined
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [x, y] of positions) {
    extent.west = Math.min(extent.west, x!)
    extent.east = Math.max(extent.east, x!)
    extent.south = Math.min(extent.south, y!)
    extent.north = Math.max(extent.north, y!)
  }
  return extent
}

/** A shape as well-known text (OGC 06-103r4, 7), in two dimensions. */
export function wktOf({ type, coordinates }: Geometry): string {
  const written = (value: unknown, depth: number): string =>
    depth === 0 ? (value as Position).slice(0, 2).join(' ') : `(${(value as unknown[]).map(each => written(each, depth - 1)).join(', ')})`
  const text = written(coordinates, depths[type])
  return `${type.toUpperCase()}${type === 'Point' ? `(${text})` : text}`
}
