import { boxBetween, wktOf, type Geometry } from '../../normalise/geometry.ts'
import { readNumber } from '../../normalise/number-text.ts'
import { add } from '../../rdf/graph.ts'
import { dcat, dct, geo, rdf } from '../../rdf/namespaces.ts'
import { literal, type NamedNode, type Term } from '../../rdf/terms.ts'
import { mintedIri, type Target } from './target.ts'

/** A shape → dct:Location with its WKT (DCAT-AP 3.0.1: dcat:bbox; dcat:centroid of a point). */
export function located(shape: Geometry, { to, mint }: Pick<Target, 'to' | 'mint'>): NamedNode {
  const wkt = wktOf(shape)
  const node = mintedIri({ mint }, 'place', wkt)
  add(to, node, rdf.type, dct.Location)
  add(to, node, shape.type === 'Point' ? dcat.centroid : dcat.bbox, literal(wkt, geo.wktLiteral))
  return node
}

/** The sides of a box as a record writes them. */
export interface Sides {
  west: string
  south: string
  east: string
  north: string
}

/**
 * A place by the sides of its box; where they cannot be, they are kept in words, which normalising leaves out and lists. Nothing where no side has a number.
 */
export function boxed({ west, south, east, north }: Sides, target: Pick<Target, 'to' | 'mint'>): Term[] {
  const [w = NaN, s = NaN, e = NaN, n = NaN] = [west, south, east, north].map(readNumber)
  const shape = boxBetween(w, s, e, n)
  if (shape) return [located(shape, target)]
  return [west, south, east, north].some(side => /\d/.test(side)) ? [literal(`ENVELOPE(${west}, ${east}, ${north}, ${south})`)] : []
}
