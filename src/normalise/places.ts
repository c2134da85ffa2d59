import { digest } from '../rdf/digest.ts'
import { add, value, values } from '../rdf/graph.ts'
import { dcat, dct, geo, locn, rdf, skos } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Literal, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import { inLanguages, repair, statements, swap, type Draft } from './draft.ts'
import { wktOf, type Geometry } from './geometry.ts'
import { isCoordinates, readShape } from './shape-text.ts'
import { named } from './text.ts'
import { isLegalWkt } from './wkt.ts'

/**
 * Coordinates in whatever form become WKT, the form of DCAT-AP (3.0.1, Location): those given as the name of a place a dct:Location, those in GeoJSON, GML or
 * text what they are. Coordinates that cannot be on earth, or say no place that could be read, are left out, and listed.
 */
export function readPlaces(draft: Draft): void {
  for (const quad of statements(draft, dct.spatial)) {
    if (!isLiteral(quad.object)) continue
    const read = readShape(quad.object.value)
    if (!read) {
      if (isCoordinates(quad.object.value)) leaveOut(draft, quad, quad.object)
      continue
    }
    const place = namedNode(`${draft.record}#place-${digest(wktOf(read.shape)).slice(0, 12)}`)
    swap(draft, quad, place)
    write(draft, place, read.shape)
    // A name may be that of a place in a list, of which this box is not said.
    if (read.name) add(draft.graph, quad.subject, dct.spatial, literal(read.name))
    repair(draft, 'place-read', quad, quad.object, wktOf(read.shape))
  }
  for (const quad of statements(draft, dcat.bbox, dcat.centroid, locn.geometry)) {
    if (!isLiteral(quad.object) || isLegalWkt(quad.object)) continue
    const read = readShape(quad.object.value)
    const isWritten = values(draft.graph, quad.subject, quad.predicate).some(each => isLiteral(each) && !each.equals(quad.object) && isLegalWkt(each))
    if (read && !isWritten && !(read.isBox && !quad.predicate.equals(dcat.bbox))) {
      const wkt = literal(wktOf(read.shape), geo.wktLiteral)
      swap(draft, quad, wkt)
      repair(draft, 'place-read', quad, quad.object, wkt)
    } else if (!read && quad.object.datatype.equals(geo.wktLiteral) && isCoordinates(quad.object.value)) leaveOut(draft, quad, quad.object)
  }
  for (const quad of statements(draft, ...serialisations)) locate(draft, quad.subject, quad.object)
}

/** The properties of GeoSPARQL that give the shape of a geometry (OGC 22-047r1, 8.5). */
const serialisations = ['asWKT', 'asGeoJSON', 'asGML'].map(name => namedNode(geo.iri + name))
const leadingToGeometry = [locn.geometry, ...['hasGeometry', 'hasDefaultGeometry', 'defaultGeometry', 'hasBoundingBox'].map(name => namedNode(geo.iri + name))]

/** A place whose shape only a geometry of GeoSPARQL says has it in the words of DCAT too. */
function locate(draft: Draft, geometry: Subject, shape: Term): void {
  if (!isLiteral(shape)) return
  const { graph } = draft
  const places = [geometry, ...leadingToGeometry.flatMap(property => graph.subjects(property, geometry))].filter(each => graph.has(null, dct.spatial, each))
  const read = readShape(shape.value)
  if (!read) return
  for (const place of places) {
    if ([dcat.bbox, dcat.centroid].some(property => value(graph, place, property) !== undefined)) continue
    write(draft, place, read.shape)
    repair(draft, 'place-read', { subject: place, predicate: propertyOf(read.shape) }, shape, wktOf(read.shape))
  }
}

const propertyOf = ({ type }: Geometry) => (type === 'Point' ? dcat.centroid : dcat.bbox)

function write({ graph }: Draft, place: Subject, shape: Geometry): void {
  add(graph, place, rdf.type, dct.Location)
  add(graph, place, propertyOf(shape), literal(wktOf(shape), geo.wktLiteral))
}

function leaveOut(draft: Draft, quad: Quad, written: Literal): void {
  draft.graph.remove(quad)
  repair(draft, 'place-unreadable', quad, written, '')
}

/** A place that no list knows is described by its name (DCAT-AP 3.0.1: dct:spatial leads to a dct:Location). */
export function namePlaces(draft: Draft): void {
  const texts = statements(draft, dct.spatial).filter(({ object }) => isLiteral(object))
  for (const quads of inLanguages(texts)) {
    const words = quads.map(({ object }) => object.value).sort()
    const place = namedNode(`${draft.record}#place-${digest(words.join('\n')).slice(0, 12)}`)
    add(draft.graph, place, rdf.type, dct.Location)
    for (const quad of quads) {
      swap(draft, quad, place)
      add(draft.graph, place, skos.prefLabel, named(draft, quad.object as Literal))
      repair(draft, 'place-named', quad, quad.object, place)
    }
  }
}
