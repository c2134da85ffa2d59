import { axesOf } from './axes.ts'
import { boxAround, boxBetween, sound, type Geometry, type Position } from './geometry.ts'

/** A shape of GML 2 or 3 (OGC 07-036, 10): its positions, by the axes of its `srsName`. */
export function readGml(text: string): Geometry | undefined {
  const [, element = ''] = /^<(?:\w+:)?(\w+)/.exec(text) ?? []
  const axes = axesOf(/\bsrsName\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? '')
  const size = Number(/\bsrsDimension\s*=\s*["'](\d+)["']/.exec(text)?.[1] ?? 2)
  if (
    axes === 'other' ||
    size < 2 ||
    !/^(?:Envelope|Box|Point|LineString|Curve|MultiCurve|Polygon|Surface|MultiSurface|MultiPolygon|MultiPoint)$/.test(element)
  )
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
