import { guess } from '../../../normalise/text.ts'
import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dcat, dct, geo, rdf, skos } from '../../../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type NamedNode, type Term } from '../../../rdf/terms.ts'
import { boxed, shaped } from '../geometry.ts'
import { mintedIri, type Target } from '../target.ts'
import { isObject, isValueObject, literalsIn, text, texts, type JsonObject } from './values.ts'

/** Places as records give them: GeoJSON, WKT, a box of four numbers (`W,S,E,N`), two corners, a place with a name, an address, or no more than words. */
export function places(value: unknown, target: Target): Term[] {
  const box = boxOf(value)
  if (box) return boxed(box, target)
  if (Array.isArray(value)) return value.flatMap(each => places(each, target))
  if (isValueObject(value)) return places(text(value), target).map(place => (isLiteral(place) ? literalsIn(value)[0]! : place))
  if (isObject(value)) return isGeometry(value) ? shaped(value, target) : named(value, target)
  const words = text(value)
  if (!words) return []
  if (/^\s*[[{]/.test(words)) {
    const parsed = fromJson(words)
    if (isObject(parsed) || Array.isArray(parsed)) {
      const found = places(isCorners(parsed) ? (lonLat(parsed) ?? []) : parsed, target)
      if (found.length > 0) return found
    }
  }
  if (/^https?:/i.test(words) && mendIri(words)) return [namedNode(words)]
  const wkt = wktOf(words)
  return wkt ? located(mintedIri(target, 'place', wkt), wkt, target) : [literal(words, guess(words, target.language) || undefined)]
}

const isGeometry = (value: JsonObject) =>
  ['coordinates', 'geometries', 'features'].some(name => Array.isArray(value[name])) || (value['type'] === 'Feature' && isObject(value['geometry']))

/** South-west and north-east. */
type Box = [[west: number, south: number], [east: number, north: number]]

/** Four numbers in a list or a text, six with heights, or two corners. */
function boxOf(value: unknown): Box | undefined {
  const flat = isCorners(value)
    ? value.flat()
    : typeof value === 'string' && /^\s*-?[\d.]+\s*([,;\s]\s*-?[\d.]+\s*){3}$/.test(value)
      ? value
          .trim()
          .split(/\s*[,;\s]\s*/)
          .map(Number)
      : value
  if (!Array.isArray(flat) || !flat.every(each => typeof each === 'number' && Number.isFinite(each))) return undefined
  const [west, south, east, north] = (flat.length === 6 ? [flat[0], flat[1], flat[3], flat[4]] : flat) as [number, number, number, number]
  const onEarth =
    [4, 6].includes(flat.length) && Math.abs(west) <= 360 && Math.abs(east) <= 360 && Math.abs(south) <= 90 && Math.abs(north) <= 90 && south <= north
  return onEarth
    ? [
        [west, south],
        [east, north],
      ]
    : undefined
}

const isCorners = (value: unknown): value is [number[], number[]] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every(each => Array.isArray(each) && each.length === 2 && each.every(number => typeof number === 'number'))

/** Corners in a text are written latitude first by some portals of data.gov: they are turned only where a latitude beyond 90° proves it. */
const lonLat = (corners: [number[], number[]]) =>
  corners.some(corner => Math.abs(corner[1]!) > 90) ? corners.map(([latitude, longitude]) => [longitude!, latitude!]) : undefined

/** A place that has a name, an IRI or shapes. */
function named(value: JsonObject, target: Target): Term[] {
  const { to, mint } = target
  const field = ['prefLabel', 'name', 'label', 'text', 'title'].find(name => text(value[name]) || isObject(value[name])) ?? ''
  const names = texts(value, field, { ...target, stated: true })
  const iri = mendIri([value['@id'], value['uri']].map(text).find(Boolean) ?? '')
  const shapes = ['bbox', 'geometry', 'geom', 'centroid'].flatMap(name => (value[name] ? places(value[name], target) : []))
  if (names.length === 0) return iri && (shapes.length === 0 || !iri.startsWith(`${mint.record}#`)) ? [namedNode(iri), ...shapes] : shapes
  const node = namedNode(iri ?? mintedIri({ mint }, 'place', names[0]!.value).value)
  add(to, node, rdf.type, dct.Location)
  for (const name of names) add(to, node, skos.prefLabel, name)
  return [node, ...shapes]
}

function located(node: NamedNode, wkt: string, { to }: Target): NamedNode[] {
  add(to, node, rdf.type, dct.Location)
  add(to, node, wkt.startsWith('POINT') ? dcat.centroid : dcat.bbox, literal(wkt, geo.wktLiteral))
  return [node]
}

const wktOf = (words: string) =>
  /^\s*(POINT|POLYGON|MULTIPOLYGON|LINESTRING)\s*Z?\s*\(+[-\d.\s,()]+\)\s*$/i.test(words) ? words.trim().toUpperCase() : undefined

function fromJson(words: string): unknown {
  try {
    return JSON.parse(words) as unknown
  } catch {
    return undefined
  }
}
