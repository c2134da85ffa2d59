import type { Ledger } from '../file/ledger.ts'

/** The keys of the records that passed by in a run, each with a digest of what stood there. */
export interface SeenKeys {
  has(key: string): boolean
  get(key: string): string | undefined
  /** A key passes by: notes it with what stands there, and tells what stood there where it had passed by before. */
  meet(key: string, digest: string): string | undefined
}

/** Beside the ledger, on disk and gone with the process: a source may have more keys than memory has room for. */
export function openSeenKeys(ledger: Ledger, source: string): SeenKeys {
  ledger.run(
    'CREATE TEMP TABLE IF NOT EXISTS seen_key (source TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID',
  )
  ledger.run('DELETE FROM seen_key WHERE source = ?', source)
  const get = (key: string) => ledger.get<{ digest: string }>('SELECT digest FROM seen_key WHERE source = ? AND key = ?', source, key)?.digest
  return {
    get,
    has: key => get(key) !== undefined,
    // Nearly all pass by once: that takes one statement.
    meet: (key, digest) =>
      ledger.get('INSERT INTO seen_key (source, key, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1', source, key, digest) ? undefined : get(key),
  }
}
