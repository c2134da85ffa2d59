import type { Ledger } from '../file/ledger.ts'

/** The keys of the records that passed by in a run, each with a digest of what stood there. */
export interface SeenKeys {
  has(key: string): boolean
  get(key: string): string | undefined
  set(key: string, digest: string): void
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
    set: (key, digest) => {
      ledger.run('INSERT OR REPLACE INTO seen_key (source, key, digest) VALUES (?, ?, ?)', source, key, digest)
    },
  }
}
