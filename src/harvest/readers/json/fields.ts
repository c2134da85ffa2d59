import { add } from '../../../rdf/graph.ts'
import type { NamedNode, Subject, Term } from '../../../rdf/terms.ts'
import type { Target } from '../target.ts'
import { isObject, items, term, text, texts, type Kind } from './values.ts'
import { nodes, type NodeKind } from './nodes.ts'

/** Where a value stands in a record: `publisher.name`, through lists too. Or several such places that together make one thing: `{ name: 'contact_name', email: 'contact_email' }`. */
export type Path = string | Record<string, string>

/** The first place that holds a value wins. A kind of `Kind` becomes literals or links; one of `NodeKind` becomes described nodes. */
export type JsonRow = [paths: Path[], property: NamedNode, kind: Kind | NodeKind]

/** Maps a record, or a part of it, by a table. */
export function mapRows(subject: Subject, record: unknown, rows: JsonRow[], target: Target): void {
  for (const [paths, property, kind] of rows) {
    for (const path of paths) {
      const found = read(at(record, path), kind, target)
      for (const each of found) add(target.to, subject, property, each)
      if (found.length > 0) break
    }
  }
}

/** The value at a path; undefined where there is none. Of a list, those of its members. */
export function at(record: unknown, path: Path): unknown {
  if (typeof path !== 'string') {
    const parts = Object.entries(path)
      .map(([name, place]) => [name, at(record, place)] as const)
      .filter(([, value]) => !isEmpty(value))
    return parts.length > 0 ? Object.fromEntries(parts) : undefined
  }
  let value = record
  for (const name of path.split('.')) {
    value = Array.isArray(value) ? value.flatMap(each => (isObject(each) ? [each[name]] : [])) : isObject(value) ? value[name] : undefined
  }
  return Array.isArray(value) ? value.flat() : value
}

const isEmpty = (value: unknown) => !isObject(value) && !(Array.isArray(value) && value.some(isObject)) && text(value) === ''

/** What is only named by its address, as JSON-LD does. */
const named = (value: unknown) => (isObject(value) && /^https?:/i.test(text(value['@id'])) ? value['@id'] : value)

function read(value: unknown, kind: Kind | NodeKind, target: Target): Term[] {
  if (value === undefined || value === null) return []
  if (kind in nodes) return nodes[kind as NodeKind](value, target)
  if (kind === 'text') return texts({ value }, 'value', target)
  return items(Array.isArray(value) ? value.map(named) : named(value)).map(each => term(each, kind as Kind, target))
}
