import { parseJson } from '../rdf/json.ts'
import { axesOf } from './axes.ts'
import { boxAround, boxBetween, isGeometryType, sound, type Geometry, type Position } from './geometry.ts'
import { readNumber } from './number-text.ts'

/** What GeoJSON describes: a geometry, a feature or a collection of them, or the box that it states. */
export function shapeIn(value: unknown, depth = 4): Geometry | undefined {
  if (typeof value !== 'object' || value === null || depth === 0) return undefined
  const { type, coordinates, geometry, geometries, features, bbox, crs } = value as Record<string, unknown>
  if (axesOf(systemIn(crs)) === 'other') return undefined
  const stated = listedBox(bbox)
  if (stated?.type === 'MultiPolygon') return stated
  if (Array.isArray(coordinates)) {
    if (/^envelope$/i.test(String(type))) {
      const [west = NaN, north = NaN, east = NaN, south = NaN] = coordinates.flat() as Position
      return boxBetween(west, south, east, north)
    }
    const kind = kindOf(String(type), coordinates)
    return kind && sound({ type: kind, coordinates })
  }
  const parts = [...[geometry].filter(each => each), ...[geometries, features].flatMap(each => (Array.isArray(each) ? (each as unknown[]) : []))]
  const shapes = parts.map(each => shapeIn(each, depth - 1))
  if (shapes.length === 0) return stated
  if (shapes.some(each => each === undefined)) return stated
  return shapes.length === 1 ? shapes[0] : boxAround(shapes as Geometry[])
}

/** GeoJSON of 2008 could name a reference system; its axes were x and y whatever it was. */
const systemIn = (crs: unknown): string => {
  const name = (crs as { properties?: { name?: unknown } } | undefined)?.properties?.name
  return typeof name === 'string' ? name : ''
}

/** The kind that is stated, in whatever letters; else what the depth of the lists tells. */
export function kindOf(type: string, coordinates: unknown): Geometry['type'] | undefined {
  const stated = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'].find(each => each.toLowerCase() === type.toLowerCase())
  if (stated && isGeometryType(stated)) return stated
  let depth = 0
  for (let at = coordinates; Array.isArray(at); at = at[0]) depth++
  return ([undefined, 'Point', 'MultiPoint', 'Polygon', 'MultiPolygon'] as const)[depth]
}

/** What is written as JSON: a shape, its four or six numbers, or two corners. Undefined for what is none. */
export function readGeoJson(words: string): Geometry | undefined {
  try {
    const value = parseJson(words)
    return Array.isArray(value) ? (listedBox(value) ?? listedCorners(value)) : shapeIn(value)
  } catch {
    return undefined
  }
}

/** Four numbers, or six with heights: west, south, east, north (RFC 7946, 5). */
export function listedBox(value: unknown): Geometry | undefined {
  if (!Array.isArray(value) || (value.length !== 4 && value.length !== 6)) return undefined
  const numbers = value.map(each => (typeof each === 'number' ? each : typeof each === 'string' ? (readNumber(each) ?? NaN) : NaN))
  const [west, south, east, north] = (numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers) as [number, number, number, number]
  // Sides in another order may be any: only latitudes beyond 90° prove which.
  const isTurned = Math.abs(south) > 90 || Math.abs(north) > 90
  return (isTurned ? west <= east : south <= north) ? boxBetween(west, south, east, north) : undefined
}

/** Two corners in a text are written latitude first by some portals of data.gov: they are read only where a latitude beyond 90° proves it. */
function listedCorners(value: unknown[]): Geometry | undefined {
  const corners = value as Position[]
  if (corners.length !== 2 || !corners.every(each => Array.isArray(each) && each.length === 2 && each.every(number => typeof number === 'number')))
    return undefined
  return corners.some(([, second]) => Math.abs(second!) > 90) ? boxAround([{ type: 'MultiPoint', coordinates: corners.map(([y, x]) => [x, y]) }]) : undefined
}
