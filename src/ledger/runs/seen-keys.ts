import type { Ledger } from '../file/ledger.ts'

/** The keys that a run has met in its source, each with a digest of what stood there. */
export interface Met {
  has(key: string): boolean
  get(key: string): string | undefined
  set(key: string, digest: string): void
}

/** Beside the ledger, on disk and gone with the process: a source may have more keys than memory has room for. */
export function openMet(ledger: Ledger, source: string): Met {
  ledger.run(
    'CREATE TEMP TABLE IF NOT EXISTS met (source TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID',
  )
  ledger.run('DELETE FROM met WHERE source = ?', source)
  const get = (key: string) => ledger.get<{ digest: string }>('SELECT digest FROM met WHERE source = ? AND key = ?', source, key)?.digest
  return {
    get,
    has: key => get(key) !== undefined,
    set: (key, digest) => {
      ledger.run('INSERT OR REPLACE INTO met (source, key, digest) VALUES (?, ?, ?)', source, key, digest)
    },
  }
}
