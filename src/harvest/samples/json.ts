import { drawingOf } from '../../normalise/drawing.ts'
import { isGeometryType, sound, type Geometry } from '../../normalise/geometry.ts'
import { Problem } from '../../problem.ts'
import type { Sample } from '../../sample.ts'
import { isObject } from '../readers/json/values.ts'
import { kindOf } from './column.ts'
import { recordsIn } from './records.ts'

interface Most {
  mostRows: number
  mostColumns: number
  mostLetters: number
}

/** Features of which a drawing is made. */
const mostFeatures = 20_000

/**
 * A JSON file as a table of its rows; a file of shapes (GeoJSON, RFC 7946) as one of their properties, with a drawing. Throws `unknown-format` for what holds
 * neither.
 */
export function jsonIn(bytes: Uint8Array, name: string, { mostRows, mostColumns, mostLetters }: Most): Sample {
  const read = parsed(bytes)
  const features = featuresIn(read) ?? recordsIn(read)?.map(properties => ({ properties, geometry: undefined }))
  if (!features) throw new Problem('unknown-format', `${name} is JSON without a table: no list of objects is in it.`, { url: name })
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

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function featuresIn(read: unknown): Feature[] | undefined {
  if (!isObject(read)) return undefined
  const all = read['type'] === 'FeatureCollection' ? read['features'] : [read]
  if (!Array.isArray(all)) return undefined
  const features = all.filter(isObject).flatMap(each => {
    if (each['type'] === 'Feature') return [{ properties: isObject(each['properties']) ? each['properties'] : {}, geometry: each['geometry'] }]
    return shapesOf(each).length > 0 ? [{ properties: {}, geometry: each }] : []
  })
  return features.length > 0 ? features : undefined
}

/** The shapes that can be drawn; those of a collection (RFC 7946, 3.1.8) one by one. */
function shapesOf(geometry: unknown): Geometry[] {
  if (!isObject(geometry)) return []
  const { type, coordinates, geometries } = geometry
  if (type === 'GeometryCollection' && Array.isArray(geometries))
    return geometries.filter(each => isObject(each) && each['type'] !== 'GeometryCollection').flatMap(shapesOf)
  const shape = typeof type === 'string' && isGeometryType(type) ? sound({ type, coordinates }) : undefined
  return shape ? [shape] : []
}
