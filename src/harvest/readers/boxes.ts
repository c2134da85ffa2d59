import type { Graph } from '../../rdf/graph.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import { locationOf } from './geometry.ts'

/** A place by opposite corners, longitude first, in whatever order: nothing where one of them is no number. */
export function boxed(corners: [number, number][], to: Graph, record: string): NamedNode[] {
  if (corners.length === 0 || corners.flat().some(side => !Number.isFinite(side)) || corners.some(corner => corner.length < 2)) return []
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [west, south, east, north] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const shape =
    west === east && south === north
      ? { type: 'Point', coordinates: [west, south] }
      : {
          type: 'Polygon',
          coordinates: [
            [
              [west, south],
              [east, south],
              [east, north],
              [west, north],
              [west, south],
            ],
          ],
        }
  const place = locationOf(JSON.stringify(shape), record)
  for (const quad of place?.quads ?? []) to.add(quad)
  return place ? [place.node] : []
}
