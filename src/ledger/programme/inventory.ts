import type { Values } from '../../inventory/values.ts'
import type { Ledger } from '../file/ledger.ts'

/** A dataset that a body knows of, as its steward wrote it down here: a row of an inventory. A run reads it as it would from a portal. */
export interface KeptEntry {
  /** Its identifier, which it keeps. */
  key: string
  /** The slug of the organisation that answers for it. */
  body: string | null
  /** What stands in each column, by the column's id. */
  values: Values
  /** The request that it was written down for. */
  request: number | null
  /** Counts up with each change: who changes it says which one he has seen. */
  edition: number
  /** Who changed it last, and when. */
  name: string
  at: string
}

type Raw = Omit<KeptEntry, 'values'> & { said: string }
const read = ({ said, ...rest }: Raw): KeptEntry => ({ ...rest, values: JSON.parse(said) as Values })

/** Those of a body, or all, by their identifiers. */
export const keptEntries = (ledger: Ledger, body: string | null = null): KeptEntry[] =>
  ledger.all<Raw>('SELECT * FROM inventory_entry WHERE ?1 IS NULL OR body = ?1 ORDER BY key', body).map(read)

export const keptEntry = (ledger: Ledger, key: string): KeptEntry | undefined => {
  const found = ledger.get<Raw>('SELECT * FROM inventory_entry WHERE key = ?', key)
  return found && read(found)
}

/** The one that was written down for a request. */
export const entryFor = (ledger: Ledger, request: number): KeptEntry | undefined => {
  const found = ledger.get<Raw>('SELECT * FROM inventory_entry WHERE request = ?', request)
  return found && read(found)
}

/** An identifier that nothing has, and that no record of the source bore before: who takes a row out does not give its identity to the next. */
export function newKey(ledger: Ledger, source: string, body: string | null): string {
  const prefix = `${body ?? 'inventory'}-`
  // Numbers of up to nine digits: what is longer is somebody's own, and not counted on from.
  const { last } = ledger.get<{ last: number | null }>(
    `SELECT max(CAST(substr(key, length(?1) + 1) AS INTEGER)) AS last
     FROM (SELECT key FROM inventory_entry UNION ALL SELECT key FROM record WHERE source = ?2 AND key >= ?1 AND key < ?1 || ':')
     WHERE key GLOB ?1 || '[0-9]*' AND length(key) <= length(?1) + 9`,
    prefix,
    source,
  )!
  return `${prefix}${(last ?? 0) + 1}`
}

type Kept = Pick<KeptEntry, 'key' | 'body' | 'values' | 'name' | 'at'> & { request?: number }

/** Writes a row. False, and nothing written, where it is another one than was seen: `seen` is its edition, 0 of one that is to be new. */
export const keepEntry = (ledger: Ledger, { key, body, values, name, at, request }: Kept, seen: number): boolean =>
  ledger.get(
    `INSERT INTO inventory_entry (key, body, said, request, edition, name, at)
     SELECT ?1, ?2, ?3, ?4, 1, ?5, ?6 WHERE ?7 = 0 OR EXISTS (SELECT 1 FROM inventory_entry WHERE key = ?1)
     ON CONFLICT (key) DO UPDATE SET body = ?2, said = ?3, request = ifnull(?4, request), edition = edition + 1, name = ?5, at = ?6 WHERE edition = ?7
     RETURNING key`,
    key,
    body,
    JSON.stringify({ ...values, id: key }),
    request ?? null,
    name,
    at,
    seen,
  ) !== undefined

/** Takes a row out; false where it is another one than was seen. */
export const dropEntry = (ledger: Ledger, key: string, seen: number): boolean =>
  ledger.get('DELETE FROM inventory_entry WHERE key = ? AND edition = ? RETURNING key', key, seen) !== undefined

/** The record that a source made of what was written down for a request, as far as the public sees it. */
export const plannedRecord = (ledger: Ledger, source: string, request: number): string | undefined =>
  ledger.get<{ id: string }>(
    'SELECT record.id FROM inventory_entry JOIN record USING (key) WHERE request = ? AND source = ? AND shown IS NOT NULL AND canonical IS NULL',
    request,
    source,
  )?.id

/** The request that a record of that source was written down for. */
export const requestBehind = (ledger: Ledger, key: string): number | undefined =>
  ledger.get<{ request: number | null }>('SELECT request FROM inventory_entry WHERE key = ?', key)?.request ?? undefined
