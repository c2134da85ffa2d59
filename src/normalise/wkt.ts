import { geo } from '../rdf/namespaces.ts'
import type { Literal } from '../rdf/terms.ts'
import { axesOf } from './axes.ts'
import { kindOf } from './geojson.ts'
import { boxAround, sound, turnedShape, type Geometry } from './geometry.ts'

/** A shape of well-known text, with the name of a reference system before it. */
export const wktForm =
  /^(<[^>]*>|SRID=\d+;|(?:EPSG|CRS):+\d+;?)?\s*(POINT|MULTIPOINT|LINESTRING|MULTILINESTRING|POLYGON|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*(Z|M|ZM)?\s*(\(.*\))$/is

/** True of a literal of GeoSPARQL that needs nothing: its shape can be, or no more is known of it, as its reference system or its kind is another. */
export function isLegalWkt({ value, datatype }: Literal): boolean {
  if (!datatype.equals(geo.wktLiteral)) return false
  const [, system = '', name = '', , body = ''] = wktForm.exec(value.trim()) ?? []
  const axes = axesOf(system)
  if (!name) return otherKinds.test(value.trim())
  if (axes === 'other' || /^geometrycollection$/i.test(name)) return true
  const shape = shapeOf(name, body)
  const lonLat = shape && axes === 'latitude first' ? turnedOf(shape) : shape
  return lonLat !== undefined && sound(lonLat) === lonLat && !/^\s*(?:SRID|EPSG|CRS)\b/i.test(value)
}

/** Kinds of shapes that are not looked into. */
const otherKinds =
  /^(?:<[^>]*>\s*)?(?:[A-Z]+\s*(?:ZM?|M)?\s*EMPTY|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|MULTICURVE|MULTISURFACE|POLYHEDRALSURFACE|TIN|TRIANGLE)\b/i

/** Well-known text (OGC 06-103r4, 7), with the reference system of GeoSPARQL (OGC 22-047r1, 8.5.1) or of EWKT before it. */
export function readWkt(text: string): Geometry | undefined {
  const [, system = '', name = '', , body = ''] = wktForm.exec(text.trim()) ?? []
  if (!name) return undefined
  const axes = axesOf(system)
  if (axes === 'other') return undefined
  if (/^geometrycollection$/i.test(name)) {
    const parts = [...body.slice(1, -1).matchAll(/[a-z]+\s*(?:Z|M|ZM)?\s*\([^a-z]*\)/gi)].map(([part]) => readWkt(`${system}${part}`))
    return parts.length > 0 && parts.every(each => each !== undefined) ? boxAround(parts) : undefined
  }
  const shape = shapeOf(name, body)
  return shape && sound(axes === 'latitude first' ? turnedOf(shape) : shape)
}

function shapeOf(name: string, body: string): Geometry | undefined {
  const type = kindOf(name, [])
  const lists = nested(body) as unknown[] | undefined
  if (!type || !lists) return undefined
  if (type === 'Point') return { type, coordinates: lists[0] }
  if (type === 'MultiPoint') return { type, coordinates: lists.map(unwrapped) }
  // A polygon without its second pair of brackets is one ring.
  return { type, coordinates: type === 'Polygon' && typeof (lists[0] as unknown[] | undefined)?.[0] === 'number' ? [lists] : lists }
}

/** The points of a MULTIPOINT may stand in brackets of their own. */
const unwrapped = (value: unknown) => (Array.isArray(value) && Array.isArray(value[0]) ? (value[0] as unknown) : value)

function turnedOf(shape: Geometry): Geometry {
  try {
    return turnedShape(shape)
  } catch {
    return shape
  }
}

/** Brackets and positions as lists; undefined where they are no such thing. */
function nested(body: string): unknown {
  const position = /[-+.\de]+(?:\s+[-+.\de]+)+/gi
  if (/\d/.test(body.replace(position, ''))) return undefined
  const json = body
    .replace(position, each => `[${each.trim().split(/\s+/).map(Number).join(',')}]`)
    .replaceAll('(', '[')
    .replaceAll(')', ']')
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}
