import { parseJson } from '../rdf/json.ts'
import { geo } from '../rdf/namespaces.ts'
import type { Literal } from '../rdf/terms.ts'
import { axesOf } from './axes.ts'
import { boxAround, boxBetween, isGeometryType, sound, turnedShape, type Geometry, type Position } from './geometry.ts'
import { readNumber } from './number-text.ts'

/** A shape that a text gives, and the name it gives beside. */
export interface ShapeText {
  shape: Geometry
  name?: string
  /** It is the box around shapes that say more. */
  isBox?: true
}

/** Texts of more characters are no place that a record needs. */
const maxLength = 5_000_000

/**
 * Reads coordinates in whatever form they are written: WKT (with its reference system before it), GeoJSON, GML, `ENVELOPE(w, e, n, s)`, `BOX(w s, e n)`, four
 * numbers `w,s,e,n`, DCMI Box and Point (`northlimit=…`), `North 31.5, South 30.2, …`, `geo:` of RFC 5870. Undefined for what is none of these, and for
 * coordinates that cannot be on earth or whose reference system has other axes than longitude and latitude.
 */
export function readShape(text: string): ShapeText | undefined {
  const words = text.trim()
  if (words.length > maxLength || !/\d/.test(words)) return undefined
  const shape = /^[{[]/.test(words)
    ? fromJson(words)
    : /^<(?!https?:)/.test(words)
      ? readGml(words)
      : (readWkt(words) ?? readEnvelope(words) ?? readNumbers(words) ?? readGeoUri(words))
  if (!shape) return /^[{[<]/.test(words) ? undefined : readSides(words)
  const isBox = /^(?:[^(]*geometrycollection|\{.*"(?:geometries|features)")|<(?:\w+:)?(?:Multi\w+|Surface|Curve|interior)\b/is.test(words)
  return { shape, ...(isBox && { isBox }) }
}

/** True of a text that is made of coordinates and of nothing that could be the name of a place, whether they can be read or not. */
export const isCoordinates = (text: string): boolean =>
  wktForm.test(text.trim()) ||
  /^[A-Z]+\s*(?:ZM?|M)?\s+EMPTY$/.test(text.trim()) ||
  /^\s*(?:ENVELOPE|BOX(?:3D)?|BBOX)\s*\(/i.test(text) ||
  /^\s*\{[^{}]*"(?:coordinates|geometr(?:y|ies)|features|bbox)"/.test(text) ||
  /^\s*<(?:gml:)?(?:Envelope|Point|Polygon|MultiSurface|Surface|Box|LineString)\b/.test(text) ||
  (/^[\s\d.,;:|°'"+\-()[\]NSEW]+$/.test(text) && (text.match(/\d+/g)?.length ?? 0) > 1 && /\d[.,]\d|-\d|,\s*-?\d+\s*,/.test(text))

/** What GeoJSON describes: a geometry, a feature or a collection of them, or the box that it states. */
export function shapeIn(value: unknown, depth = 4): Geometry | undefined {
  if (typeof value !== 'object' || value === null || depth === 0) return undefined
  const { type, coordinates, geometry, geometries, features, bbox, crs } = value as Record<string, unknown>
  if (axesOf(systemIn(crs)) === 'other') return undefined
  const stated = listedBox(bbox)
  if (stated?.type === 'MultiPolygon') return stated
  if (Array.isArray(coordinates)) {
    if (/^envelope$/i.test(String(type))) {
      const [[west, north] = [], [east, south] = []] = coordinates as Position[][]
      return boxBetween(west as never, south as never, east as never, north as never)
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
function kindOf(type: string, coordinates: unknown): Geometry['type'] | undefined {
  const stated = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'].find(each => each.toLowerCase() === type.toLowerCase())
  if (stated && isGeometryType(stated)) return stated
  let depth = 0
  for (let at = coordinates; Array.isArray(at); at = at[0]) depth++
  return ([undefined, 'Point', 'MultiPoint', 'Polygon', 'MultiPolygon'] as const)[depth]
}

function fromJson(words: string): Geometry | undefined {
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

const wktForm =
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
function readWkt(text: string): Geometry | undefined {
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

/** `ENVELOPE(west, east, north, south)` of CQL, `BOX(west south, east north)` of PostGIS. */
function readEnvelope(text: string): Geometry | undefined {
  const [, name = '', inside = ''] = /^(ENVELOPE|BOX(?:3D)?|BBOX)\s*\(([^()]*)\)$/i.exec(text) ?? []
  if (!name) return undefined
  const numbers = inside.split(/[\s,]+/).map(Number)
  if (/^envelope$/i.test(name) && numbers.length === 4) return boxBetween(numbers[0]!, numbers[3]!, numbers[1]!, numbers[2]!)
  return /^envelope$/i.test(name) ? undefined : listedBox(numbers)
}

/** Four numbers, or six: `w,s,e,n`; with decimal commas where blanks, semicolons or bars part them. */
function readNumbers(text: string): Geometry | undefined {
  if (!/^[\s\d.,;|+\-−]+$/.test(text)) return undefined
  const apart = [/\s*[;|]\s*/, /\s*,\s*/, /\s+/, /,?\s+/].map(sign => text.split(sign).map(each => readNumber(each)))
  const numbers = apart.find(found => (found.length === 4 || found.length === 6) && found.every(each => each !== undefined))
  return numbers && listedBox(numbers)
}

/** `geo:30.42,-9.6` (RFC 5870): the latitude first. */
function readGeoUri(text: string): Geometry | undefined {
  const [, latitude, longitude] = /^geo:(-?[\d.]+),(-?[\d.]+)/i.exec(text) ?? []
  return latitude === undefined ? undefined : sound({ type: 'Point', coordinates: [Number(longitude), Number(latitude)] })
}

/** The sides of a box as they are called, in DCMI Box and in words of portals. */
const sides = {
  north: 'north|nord|شمال',
  south: 'south|sud|جنوب',
  east: 'east|est|شرق',
  west: 'west|ouest|غرب',
}
const sideName = String.raw`(?:ern|erly)?\s*_?(?:most|limit|bound(?:ing)?)?\s*_?(?:latitude|longitude|coord(?:inate)?)?`
const degrees = String.raw`(?:${sideName})\s*[:=]?\s*([-+−]?\d+(?:[.,]\d+)?)\s*°?`

/** `North 31.5, South 30.2, East -8.1, West -9.8. Souss`; DCMI Box and DCMI Point, whose part `name` is the name of the place. */
function readSides(text: string): ShapeText | undefined {
  const found = Object.entries(sides).map(([side, names]) => [side, new RegExp(`(?<![\\p{L}])(?:${names})${degrees}`, 'iu').exec(text)] as const)
  const side = (name: string) => readNumber(found.find(([each]) => each === name)?.[1]?.[1] ?? '')
  const [west, south, east, north] = ['west', 'south', 'east', 'north'].map(side)
  const units = /(?:^|;)\s*units\s*=\s*([^;]+)/i.exec(text)?.[1] ?? ''
  const system = /(?:^|;)\s*projection\s*=\s*([^;]+)/i.exec(text)?.[1]?.trim() ?? ''
  if ((units && !/degree/i.test(units)) || (system && axesOf(system) === 'other')) return undefined
  const shape =
    west !== undefined && south !== undefined && east !== undefined && north !== undefined
      ? boxBetween(west, south, east, north)
      : east !== undefined && north !== undefined && west === undefined && south === undefined && /=/.test(text)
        ? sound({ type: 'Point', coordinates: [east, north] })
        : undefined
  if (!shape) return undefined
  const isCoded = /(?:^|;)\s*\w+\s*=/.test(text)
  const rest = found.reduce((left, [, match]) => (match ? left.replace(match[0], '') : left), text)
  const name = isCoded
    ? (/(?:^|;)\s*name\s*=\s*([^;]+)/i.exec(text)?.[1] ?? '')
    : rest.replace(/^[\s.,;:()°|-]+|(?<![\s,;:()°|-])[\s,;:()°|-]+$/g, '').replace(/\.$/, '')
  return { shape, ...(/\p{L}{2}/u.test(name) && { name: name.trim() }) }
}

/** A shape of GML 2 or 3 (OGC 07-036, 10): its positions, by the axes of its `srsName`. */
function readGml(text: string): Geometry | undefined {
  const [, element = ''] = /^<(?:\w+:)?(\w+)/.exec(text) ?? []
  const axes = axesOf(/\bsrsName\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? '')
  const size = Number(/\bsrsDimension\s*=\s*["'](\d)["']/.exec(text)?.[1] ?? 2)
  if (axes === 'other' || !/^(?:Envelope|Box|Point|LineString|Curve|MultiCurve|Polygon|Surface|MultiSurface|MultiPolygon|MultiPoint)$/.test(element))
    return undefined
  const positions: Position[] = []
  for (const [, name = '', inside = ''] of text.matchAll(/<(?:\w+:)?(pos|posList|lowerCorner|upperCorner|coordinates)\b[^>]*>([^<]*)</g)) {
    const numbers = inside
      .trim()
      .split(/[\s,]+/)
      .map(Number)
    const step = name === 'pos' || name.endsWith('Corner') ? numbers.length : size
    for (let at = 0; at + 1 < numbers.length; at += step) positions.push([numbers[at]!, numbers[at + 1]!])
  }
  const [first, second] = axes === 'latitude first' ? positions.map(([y, x]) => [x!, y!]) : positions
  if (!first) return undefined
  if (/^(?:Envelope|Box)$/.test(element)) return second && boxBetween(first[0]!, first[1]!, second[0]!, second[1]!)
  const all: Geometry = { type: 'MultiPoint', coordinates: axes === 'latitude first' ? positions.map(([y, x]) => [x!, y!]) : positions }
  const legal = sound(all)
  if (!legal) return undefined
  const isOneRing = /^Polygon$/.test(element) && (text.match(/<(?:\w+:)?LinearRing\b/g)?.length ?? 0) === 1
  return isOneRing ? sound({ type: 'Polygon', coordinates: [legal.coordinates] }) : boxAround([legal])
}
