import type { Subject, Term } from '../../../rdf/terms.ts'
import type { Row } from '../../protocol.ts'
import { mapByRows } from '../rows.ts'
import type { Target } from '../target.ts'
import { nodes, type NodeKind } from './nodes.ts'
import { isObject, items, term, text, texts, type Kind } from './values.ts'

/**
 * Where a value stands in a record: `publisher.name`, through lists too. Or several such places that together make one thing: `{ name: 'contact_name', email:
 * 'contact_email' }`.
 */
export type Path = string | Record<string, string>

/** The first place that holds a value wins. A kind of `Kind` becomes literals or links; one of `NodeKind` becomes described nodes. */
export type JsonRow = Row<Path, Kind | NodeKind>

/** Maps a record, or a part of it, by a table. */
export const mapRows = (subject: Subject, record: unknown, rows: JsonRow[], target: Target): void =>
  mapByRows(subject, rows, (path, kind) => (kind === 'text' ? textsAt(record, path, target) : read(at(record, path), kind, target)), target)

/** The value at a path; undefined where there is none. Of a list, those of its members. A name may have a dot in it. */
export function at(record: unknown, path: Path): unknown {
  if (typeof path !== 'string') {
    const parts = Object.entries(path)
      .map(([name, place]) => [name, at(record, place)] as const)
      .filter(([, value]) => !isEmpty(value))
    return parts.length > 0 ? Object.fromEntries(parts) : undefined
  }
  if (isObject(record) && !path.includes('.')) return flat(record[path])
  let value = record
  for (const name of isObject(record) && Object.hasOwn(record, path) ? [path] : path.split('.')) {
    value = Array.isArray(value) ? value.flatMap(each => (isObject(each) ? [each[name]] : [])) : isObject(value) ? value[name] : undefined
  }
  return flat(value)
}

const flat = (value: unknown): unknown => (Array.isArray(value) ? value.flat() : value)

const isEmpty = (value: unknown) => !isObject(value) && !(Array.isArray(value) && value.some(isObject)) && text(value) === ''

/** The IRI of a node object of JSON-LD; any other value as it is. */
const named = (value: unknown) => (isObject(value) && /^https?:/i.test(text(value['@id'])) ? value['@id'] : value)

/** The texts at a path, with those that fields beside it have in other languages. */
function textsAt(record: unknown, path: Path, target: Target): Term[] {
  if (typeof path !== 'string') return []
  const dot = path.lastIndexOf('.')
  const holder = dot < 0 ? record : at(record, path.slice(0, dot))
  return isObject(holder) ? texts(holder, path.slice(dot + 1), target) : texts({ value: at(record, path) }, 'value', target)
}

function read(value: unknown, kind: Kind | NodeKind, target: Target): Term[] {
  if (value === undefined || value === null) return []
  if (kind in nodes) return nodes[kind as NodeKind](value, target)
  return items(Array.isArray(value) ? value.map(named) : named(value)).map(each => term(each, kind as Kind, target))
}
