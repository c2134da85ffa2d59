import { listedBox, shapeIn } from '../../../normalise/geojson.ts'
import { boxAround, type Geometry } from '../../../normalise/geometry.ts'
import { readNumber } from '../../../normalise/number-text.ts'
import { isCoordinates, readShape } from '../../../normalise/shape-text.ts'
import { guess } from '../../../normalise/text.ts'
import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dct, rdf, skos } from '../../../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Term } from '../../../rdf/terms.ts'
import { located } from '../geometry.ts'
import { mintedIri, type Target } from '../target.ts'
import { fromJson, isObject, isValueObject, literalsIn, text, texts, type JsonObject } from './values.ts'

/** Places as records give them: GeoJSON, WKT, a box of four numbers (`W,S,E,N`), two corners, a place with a name, an address, or no more than words. */
export function places(value: unknown, target: Target): Term[] {
  if (isNumbers(value)) return [placed(listedBox(value), value.join(', '), target)]
  if (isCorners(value)) return [placed(listedBox(value.flat()), value.flat().join(', '), target)]
  if (Array.isArray(value)) return value.flatMap(each => places(each, target))
  if (isValueObject(value)) return places(text(value), target).map(place => (isLiteral(place) ? literalsIn(value)[0]! : place))
  if (isObject(value)) return isGeometry(value) ? shaped(value, target) : named(value, target)
  const words = text(value)
  if (!words) return []
  if (/^https?:/i.test(words) && mendIri(words)) return [namedNode(words)]
  const read = readShape(words)
  if (read) {
    const place = located(words.startsWith('{') ? (boxAround([read.shape]) ?? read.shape) : simple(read.shape), target)
    // A name may be that of a place in a list, of which this box is not said.
    return read.name ? [place, literal(read.name, guess(read.name, target.language) || undefined)] : [place]
  }
  const parsed = isCoordinates(words) ? words : fromJson(words)
  if (isObject(parsed) || Array.isArray(parsed)) {
    const found = places(parsed, target)
    if (found.length > 0) return found
  }
  return [literal(words, guess(words, target.language) || undefined)]
}

/** What cannot be read is kept in words, which normalising leaves out and lists. */
const placed = (shape: Geometry | undefined, words: string, target: Target): Term => (shape ? located(shape, target) : literal(`BOX(${words})`))

const isGeometry = (value: JsonObject) =>
  ['coordinates', 'geometries', 'features'].some(name => Array.isArray(value[name])) || (value['type'] === 'Feature' && isObject(value['geometry']))

/** GeoJSON → its box, or its point; nothing where it holds no position. */
function shaped(value: JsonObject, target: Target): Term[] {
  const shape = shapeIn(value)
  const box = shape && boxAround([shape])
  return box ? [located(box, target)] : /\d/.test(JSON.stringify(value)) ? [literal(JSON.stringify(value))] : []
}

/** What is no point and no area is known by its box. */
const simple = (shape: Geometry): Geometry => (/Point$|Polygon$/.test(shape.type) && shape.type !== 'MultiPoint' ? shape : (boxAround([shape]) ?? shape))

/** Numbers, some portals write them as texts. */
const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 1 && value.every(each => typeof each === 'number' || (typeof each === 'string' && readNumber(each) !== undefined))

/** South-west and north-east. */
const isCorners = (value: unknown): value is [number[], number[]] =>
  Array.isArray(value) && value.length === 2 && value.every(each => Array.isArray(each) && each.length === 2 && isNumbers(each))

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
