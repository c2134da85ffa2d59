import type { Ledger } from './open.ts'
import { pack, unpack } from './pack.ts'

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
  /** Null for an answer that was read as it came. */
  body: Buffer | null
}

type Raw = Omit<KeptPage, 'body'> & { body: Uint8Array | null }
const columns = 'address, accept, run, at, etag, modified, url, media_type AS mediaType'
const open = ({ body, ...page }: Raw): KeptPage => ({ ...page, body: body && unpack(body) })

export function keptPage(ledger: Ledger, source: string, address: string): KeptPage | undefined {
  const raw = ledger.get<Raw>(`SELECT ${columns}, body FROM page WHERE source = ? AND address = ?`, source, address)
  return raw && open(raw)
}

/** The pages that a run read, in the order it asked for them, without their bodies. */
export const pagesOf = (ledger: Ledger, source: string, run: number): Omit<KeptPage, 'body'>[] =>
  ledger.all(`SELECT ${columns} FROM page WHERE source = ? AND run = ? ORDER BY place`, source, run)

/** Keeps an answer; `place` is how many the run had read before. */
export function keepPage(ledger: Ledger, source: string, place: number, page: KeptPage): void {
  ledger.run('INSERT OR REPLACE INTO page (source, address, accept, run, place, at, etag, modified, url, media_type, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    source, page.address, page.accept, page.run, place, page.at, page.etag, page.modified, page.url, page.mediaType, page.body && pack(page.body))
}

/** A page is as it was: this run has read it too. */
export const touchPage = (ledger: Ledger, source: string, place: number, address: string, run: number): void => { ledger.run('UPDATE page SET run = ?, place = ? WHERE source = ? AND address = ?', run, place, source, address) }

/** After a complete run only those of its pages are of use by which the portal can be asked whether anything has changed. */
export function forgetPages(ledger: Ledger, source: string, run: number, mode: 'full' | 'incremental'): void {
  if (mode === 'full') ledger.run('DELETE FROM page WHERE source = ? AND (run <> ? OR (etag IS NULL AND modified IS NULL))', source, run)
  else ledger.run('DELETE FROM page WHERE source = ? AND run = ?', source, run)
}

/** All records that an earlier run saw are seen again, as they were. */
export function seeAgain(ledger: Ledger, source: string, earlier: number, run: number, at: string): void {
  ledger.run('UPDATE record SET seen_run = ?, seen_at = ? WHERE source = ? AND seen_run = ?', run, at, source, earlier)
}
