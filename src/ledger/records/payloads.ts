import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import { pack, type Dictionary } from '../file/pack.ts'
import type { Entry } from './entry.ts'

/** What the portal sent of a record, as it was kept. */
export interface Payload {
  mediaType: string
  body: string
}

export function payloadOf(ledger: Ledger, n: number): Payload | undefined {
  const row = ledger.get<{ mediaType: string; body: Uint8Array }>('SELECT media_type AS mediaType, body FROM payload WHERE record = ?', n)
  return row && { mediaType: row.mediaType, body: unpacked(ledger, row.body) }
}

/** Keeps what a run was sent of a record, in the place of what it was sent before. */
export function writePayload(ledger: Ledger, run: number, n: number, { mediaType, body, packed }: Entry['payload'], dictionary?: Dictionary): void {
  ledger.run('INSERT OR REPLACE INTO payload (record, run, media_type, body) VALUES (?, ?, ?, ?)', n, run, mediaType, packed ?? pack(body, dictionary))
}

/** A payload as it was kept; `digest` tells whether it still is the record's when something was made of it. */
export interface KeptPayload {
  n: number
  key: string
  digest: string
  mediaType: string
  body: string
}

/** The payloads of a source's records that are not removed, page by page. */
export function* keptPayloads(ledger: Ledger, source: string, page = 100): Generator<KeptPayload> {
  type Raw = Omit<KeptPayload, 'body'> & { body: Uint8Array }
  const sql = `SELECT n, key, payload_digest AS digest, media_type AS mediaType, body FROM record JOIN payload ON payload.record = n
    WHERE source = ? AND admission <> 'removed' AND n > ? ORDER BY n LIMIT ?`
  for (let rows = ledger.all<Raw>(sql, source, 0, page); rows.length > 0; rows = ledger.all<Raw>(sql, source, rows.at(-1)!.n, page)) {
    for (const { body, ...row } of rows) yield { ...row, body: unpacked(ledger, body) }
  }
}

export const countKept = (ledger: Ledger, source: string): number =>
  ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record JOIN payload ON payload.record = n WHERE source = ? AND admission <> 'removed'`, source)!.c

/** Records of a source of which nothing that could be rebuilt is kept. */
export const withoutPayload = (ledger: Ledger, source: string): string[] =>
  ledger
    .all<{ id: string }>(
      `SELECT id FROM record LEFT JOIN payload ON payload.record = n WHERE source = ? AND admission <> 'removed' AND payload.record IS NULL ORDER BY id`,
      source,
    )
    .map(({ id }) => id)
