import type { Ledger } from '../file/ledger.ts'
import { pack, unpack } from '../file/pack.ts'

/** What a run has read and cannot take in before it knows the rest of the source. */
export interface Waiting {
  key: string
  digest: string
  name: string | null
  modified: string | null
  cut: number
  mediaType: string
  body: string
  /** The record (n) that it may be, under a new key. */
  renamedFrom: number | null
}

const columns = 'key, digest, name, modified, cut, media_type AS mediaType, body, renamed_from AS renamedFrom'

/** A place beside the ledger, gone with the process, where the records of a source may wait: on disk, as they may be all of it. */
export function openWaiting(ledger: Ledger, source: string) {
  ledger.run(`CREATE TEMP TABLE IF NOT EXISTS waiting (
    source TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, name TEXT, modified TEXT, cut INTEGER NOT NULL, media_type TEXT NOT NULL, body BLOB NOT NULL,
      renamed_from INTEGER, PRIMARY KEY (source, key, digest)
  ) STRICT, WITHOUT ROWID`)
  const clear = () => {
    ledger.run('DELETE FROM waiting WHERE source = ?', source)
  }
  clear()
  return {
    clear,
    put({ key, digest, name, modified, cut, mediaType, body, renamedFrom }: Waiting): void {
      ledger.run(
        'INSERT OR IGNORE INTO waiting (source, key, digest, name, modified, cut, media_type, body, renamed_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        source,
        key,
        digest,
        name,
        modified,
        cut,
        mediaType,
        pack(body),
        renamedFrom,
      )
    },
    /** All that wait under one key, key after key. */
    *byKey(): Generator<Waiting[]> {
      for (let key = next(''); key !== undefined; key = next(key)) {
        yield ledger
          .all<Omit<Waiting, 'body'> & { body: Uint8Array }>(`SELECT ${columns} FROM waiting WHERE source = ? AND key = ? ORDER BY digest`, source, key)
          .map(row => ({ ...row, body: unpack(row.body).toString('utf8') }))
      }
    },
    /** How many keys may be the new one of a record. */
    claims: (record: number): number =>
      ledger.get<{ c: number }>('SELECT count(DISTINCT key) AS c FROM waiting WHERE source = ? AND renamed_from = ?', source, record)!.c,
  }

  function next(after: string): string | undefined {
    return ledger.get<{ key: string }>('SELECT key FROM waiting WHERE source = ? AND key > ? ORDER BY key LIMIT 1', source, after)?.key
  }
}
