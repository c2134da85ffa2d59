import { axesOf } from './axes.ts'
import { listedBox, readGeoJson } from './geojson.ts'
import { boxBetween, sound, type Geometry } from './geometry.ts'
import { readGml } from './gml.ts'
import { readNumber } from './number-text.ts'
import { readWkt, wktForm } from './wkt.ts'

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
    ? readGeoJson(words)
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
