import { add, type Graph } from '../../../rdf/graph.ts'
import type { NamedNode, Subject, Term } from '../../../rdf/terms.ts'
import type { Mint } from '../../protocol.ts'
import { isObject, items, term, text, texts, type Kind, type Tongue } from './values.ts'
import { nodes, type NodeKind } from './nodes.ts'

/** Where a value stands in a record: `publisher.name`, through lists too. Or several such places that together make one thing: `{ name: 'contact_name', email: 'contact_email' }`. */
export type Path = string | Record<string, string>

/** The first place that holds a value wins. A kind of `Kind` becomes literals or links; one of `NodeKind` becomes described nodes. */
export type JsonRow = [paths: Path[], property: NamedNode, kind: Kind | NodeKind]

/** What the mapping of a record needs to know beside the record. */
export interface Around extends Tongue {
  mint: Mint
}

/** Maps a record, or a part of it, by a table. */
export function mapRows(to: Graph, subject: Subject, record: unknown, rows: JsonRow[], around: Around): void {
  for (const [paths, property, kind] of rows) {
    for (const path of paths) {
      const found = read(to, at(record, path), kind, around)
      for (const each of found) add(to, subject, property, each)
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

function read(to: Graph, value: unknown, kind: Kind | NodeKind, around: Around): Term[] {
  if (value === undefined || value === null) return []
  if (kind in nodes) return nodes[kind as NodeKind](to, value, around)
  if (kind === 'text') return texts({ value }, 'value', around)
  return items(Array.isArray(value) ? value.map(named) : named(value)).map(each => term(each, kind as Kind, around))
}
