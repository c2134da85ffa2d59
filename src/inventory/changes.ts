import type { Lists } from '../vocabulary/vocabulary.ts'
import { checkTable, type Remark } from './check.ts'
import type { Table } from './table.ts'
import { keyOf, type Values } from './values.ts'

/** What one row of a table that came back would change. */
export interface Change {
  key: string
  line: number
  what: 'added' | 'changed'
  /** All that stands in the row from then on. */
  values: Values
  fields: { column: string; before: string; after: string }[]
}

/** What would come of a table that somebody hands back. */
export interface Changes {
  changes: Change[]
  unchanged: number
  /** Rows that are kept and not in the table: nothing happens to them unless somebody says so. */
  absent: string[]
  /** What is wrong with the rows that are left out; and what could be better in the others. */
  refused: Remark[]
  remarks: Remark[]
}

/** What is missing can be filled in later; with anything else that is wrong, a row is left out. */
const bearable = new Set(['missing', 'unaddressed'])

/**
 * Sets a table beside the rows that are kept. Columns that it has not stay as they are, an empty cell empties. A row that is wrong is left out with what is
 * wrong with it, and costs no other; `mayWrite` says what is wrong with a row that is not for its bearer to write.
 */
export function changesIn(
  table: Table,
  kept: ReadonlyMap<string, Values>,
  by: { file: string; language: string; lists: Lists; base: string },
  mayWrite: (values: Values, key: string) => string | undefined,
): Changes {
  const all = [...checkTable(table, by)]
  const refused = all.filter(({ level, code }) => level === 'error' && !bearable.has(code))
  const wrong = new Set(refused.map(({ line }) => line))
  const found: Changes = { changes: [], unchanged: 0, absent: [], refused, remarks: all.filter(({ line }) => !wrong.has(line)) }
  const met = new Set<string>()
  const columns = [...table.places.keys()]
  for (const { line, values } of table.entries) {
    const key = keyOf(values)
    if (key !== undefined) met.add(key)
    if (wrong.has(line) || key === undefined) continue
    const refusal = mayWrite({ ...kept.get(key), ...values }, key)
    if (refusal !== undefined) {
      refused.push({ level: 'error', line, code: 'refused', what: refusal, message: refusal })
      continue
    }
    const before = kept.get(key) ?? {}
    const given = Object.fromEntries(columns.map(column => [column, values[column] ?? '']))
    const after = Object.fromEntries(Object.entries({ ...before, ...given, id: key }).filter(([, value]) => value !== ''))
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter(column => column !== 'id' && (before[column] ?? '') !== (after[column] ?? ''))
      .map(column => ({ column, before: before[column] ?? '', after: after[column] ?? '' }))
    if (kept.has(key) && fields.length === 0) found.unchanged++
    else found.changes.push({ key, line, what: kept.has(key) ? 'changed' : 'added', values: after, fields })
  }
  found.absent = [...kept.keys()].filter(key => !met.has(key))
  return found
}
