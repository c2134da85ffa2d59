import type { Ledger } from '../file/ledger.ts'
import { pack, unpack } from '../file/pack.ts'

/** An answer of a portal as a run read it. */
export interface KeptPage {
  address: string
  accept: string
  /** The last run that read it, or was told that it has not changed. */
  run: number
  at: string
  etag: string | null
  modified: string | null
  url: string
  mediaType: string
  /** 0 for an answer that was read as it came: its body is not kept. */
  whole: 0 | 1
}

const columns = 'address, accept, run, at, etag, modified, url, media_type AS mediaType, body IS NOT NULL AS whole'

export const keptPage = (ledger: Ledger, source: string, address: string): KeptPage | undefined =>
  ledger.get<KeptPage>(`SELECT ${columns} FROM page WHERE source = ? AND address = ?`, source, address)

/** The body of a page that is kept whole. */
export const bodyOf = (ledger: Ledger, source: string, address: string): Buffer =>
  unpack(ledger.get<{ body: Uint8Array }>('SELECT body FROM page WHERE source = ? AND address = ?', source, address)!.body)

/** The pages that a run read, in the order it asked for them. */
export const pagesOf = (ledger: Ledger, source: string, run: number): KeptPage[] =>
  ledger.all(`SELECT ${columns} FROM page WHERE source = ? AND run = ? ORDER BY place`, source, run)

/** Keeps an answer; `place` is how many the run had read before. */
export function keepPage(ledger: Ledger, source: string, place: number, body: Buffer | null, page: Omit<KeptPage, 'whole'>): void {
  ledger.run(
    'INSERT OR REPLACE INTO page (source, address, accept, run, place, at, etag, modified, url, media_type, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    source,
    page.address,
    page.accept,
    page.run,
    place,
    page.at,
    page.etag,
    page.modified,
    page.url,
    page.mediaType,
    body && pack(body),
  )
}

/** A page is as it was: this run has read it too. */
export const touchPage = (ledger: Ledger, source: string, place: number, address: string, run: number): void => {
  ledger.run('UPDATE page SET run = ?, place = ? WHERE source = ? AND address = ?', run, place, source, address)
}

/** After a complete run only those of its pages are of use by which the portal can be asked whether anything has changed. */
export function forgetPages(ledger: Ledger, source: string, run: number, mode: 'full' | 'incremental'): void {
  if (mode === 'full') ledger.run('DELETE FROM page WHERE source = ? AND (run <> ? OR (etag IS NULL AND modified IS NULL))', source, run)
  else ledger.run('DELETE FROM page WHERE source = ? AND run = ?', source, run)
}
