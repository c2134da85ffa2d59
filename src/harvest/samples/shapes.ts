import { drawingOf } from '../../normalise/drawing.ts'
import { isGeometryType, sound, type Geometry } from '../../normalise/geometry.ts'
import { Problem } from '../../problem.ts'
import type { Sample } from '../../sample.ts'
import { kindOf } from './column.ts'

interface Most {
  mostRows: number
  mostColumns: number
  mostLetters: number
}

/** Features of which a drawing is made. */
const mostFeatures = 20_000

/** A file of shapes (GeoJSON, RFC 7946): its properties as a table, and its shapes as a drawing. Throws `unknown-format` for other JSON. */
export function shapesIn(bytes: Uint8Array, name: string, { mostRows, mostColumns, mostLetters }: Most): Sample {
  const features = featuresIn(bytes)
  if (!features) throw new Problem('unknown-format', `${name} is JSON, but no GeoJSON: only CSV, XLSX and GeoJSON files are looked into.`, { url: name })
  const looked = features.slice(0, 200).map(({ properties }) => properties)
  const names = [...new Set(looked.flatMap(each => Object.keys(each)))].slice(0, mostColumns)
  const textOf = (value: unknown) => {
    const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    return text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text
  }
  const drawing = drawingOf(features.slice(0, mostFeatures).flatMap(({ geometry }) => shapesOf(geometry)))
  return {
    columns: names.map(each => ({ name: each.slice(0, mostLetters), kind: kindOf(looked.map(row => textOf(row[each]))) })),
    rows: looked.slice(0, mostRows).map(row => names.map(each => textOf(row[each]))),
    more: features.length > mostRows,
    ...(drawing && { drawing }),
  }
}

interface Feature {
  properties: Record<string, unknown>
  geometry: unknown
}

function featuresIn(bytes: Uint8Array): Feature[] | undefined {
  let read: unknown
  try {
    read = JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
  if (!isObject(read)) return undefined
  const all = read['type'] === 'FeatureCollection' ? read['features'] : [read]
  if (!Array.isArray(all)) return undefined
  const features = all.filter(isObject).flatMap(each => {
    if (each['type'] === 'Feature') return [{ properties: isObject(each['properties']) ? each['properties'] : {}, geometry: each['geometry'] }]
    return shapesOf(each).length > 0 ? [{ properties: {}, geometry: each }] : []
  })
  return features.length > 0 ? features : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The shapes that can be drawn; those of a collection (RFC 7946, 3.1.8) one by one. */
function shapesOf(geometry: unknown): Geometry[] {
  if (!isObject(geometry)) return []
  const { type, coordinates, geometries } = geometry
  if (type === 'GeometryCollection' && Array.isArray(geometries))
    return geometries.filter(each => isObject(each) && each['type'] !== 'GeometryCollection').flatMap(shapesOf)
  const shape = typeof type === 'string' && isGeometryType(type) ? sound({ type, coordinates }) : undefined
  return shape ? [shape] : []
}
