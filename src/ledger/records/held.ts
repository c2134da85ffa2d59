import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import { selectRecords, type RecordRow } from './records.ts'

// What a harvest asks of the records that are held of its source.

/** The record of a key of the portal, the removed one too. */
export const recordByKey = (ledger: Ledger, source: string, key: string): RecordRow | undefined =>
  selectRecords(ledger, 'WHERE source = ? AND key = ?', source, key)[0]

/** The number of the record of a key, where it was made of a payload of this digest. */
export const heldAsItWas = (ledger: Ledger, source: string, key: string, digest: string): number | undefined =>
  ledger.get<{ n: number }>('SELECT n FROM record WHERE source = ? AND key = ? AND payload_digest = ?', source, key, digest)?.n

/** Whether a record of this key is held and not removed. */
export const isHeld = (ledger: Ledger, source: string, key: string): boolean =>
  ledger.get(`SELECT 1 FROM record WHERE source = ? AND key = ? AND admission <> 'removed'`, source, key) !== undefined

/** How many records are held of a source and not removed. */
export const heldCount = (ledger: Ledger, source: string): number =>
  ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed'`, source)!.c

/** Whether records of a source were ever held under keys made of this one, a blank, `#` and something more. */
export const hasKeysMadeOf = (ledger: Ledger, source: string, key: string): boolean =>
  ledger.get('SELECT 1 FROM record WHERE source = ? AND key > ? AND key < ?', source, `${key} #`, `${key} $`) !== undefined

/** Whether a record, of any source, has this id of ours. */
export const isIdTaken = (ledger: Ledger, id: string): boolean => ledger.get('SELECT 1 FROM record WHERE id = ?', id) !== undefined

/** What was kept first of the payloads that are held of a source and in which nobody has corrected anything, with the digest it was mapped under. */
export function oldestPayload(ledger: Ledger, source: string): { digest: string; body: string } | undefined {
  const oldest = ledger.get<{ digest: string; body: Uint8Array }>(
    `SELECT payload_digest AS digest, body FROM record JOIN payload ON payload.record = record.n WHERE source = ? AND admission <> 'removed'
       AND NOT EXISTS (SELECT 1 FROM correction WHERE correction.record = n) ORDER BY payload.run LIMIT 1`,
    source,
  )
  return oldest && { digest: oldest.digest, body: unpacked(ledger, oldest.body) }
}

/** The media type of the payload that is kept of a record. */
export const mediaTypeOf = (ledger: Ledger, n: number): string | undefined =>
  ledger.get<{ type: string }>('SELECT media_type AS type FROM payload WHERE record = ?', n)?.type

/** The records of a source whose newest version is of another run, one by one, read page by page. */
export function* recordsNotOf(ledger: Ledger, source: string, run: number, page = 100): Generator<RecordRow> {
  const next = (after: number) =>
    selectRecords(
      ledger,
      `WHERE source = ? AND admission <> 'removed' AND n > ? AND (SELECT run FROM version WHERE record = n ORDER BY id DESC LIMIT 1) <> ? ORDER BY n LIMIT ?`,
      source,
      after,
      run,
      page,
    )
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)!.n)) yield* rows
}
