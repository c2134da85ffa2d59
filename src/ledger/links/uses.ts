import type { Ledger } from '../file/ledger.ts'
import type { Link, LinkState } from './links.ts'

/** An address that a file of a record names. */
export interface Use {
  /** The IRI of the file. */
  file: string
  role: 'access' | 'download'
  url: string
}

/** Writes down the addresses that a version of a record names, in the place of those it named before. */
export function writeUses(ledger: Ledger, record: number, version: number, uses: (Use & { host: string })[]): void {
  ledger.run('INSERT OR REPLACE INTO link_noted (record, version) VALUES (?, ?)', record, version)
  ledger.run('DELETE FROM link_use WHERE record = ?', record)
  for (const { file, role, url, host } of uses)
    ledger.run('INSERT OR IGNORE INTO link_use (record, file, role, url, host) VALUES (?, ?, ?, ?, ?)', record, file, role, url, host)
}

export const usesOf = (ledger: Ledger, record: number): Use[] =>
  ledger.all<Use>('SELECT file, role, url FROM link_use WHERE record = ? ORDER BY file, role, url', record)

/** Lets go what was seen at addresses that no file names any more and that were asked last before a moment: a file that soon comes back keeps its days. */
export const forgetUnused = (ledger: Ledger, before: string): void =>
  void ledger.run('DELETE FROM link WHERE checked < ? AND NOT EXISTS (SELECT 1 FROM link_use WHERE link_use.url = link.url)', before)

/** When an address that a record names was asked last; empty where none was. */
export const lastAsked = (ledger: Ledger, record: number): string =>
  ledger.get<{ at: string | null }>('SELECT max(checked) AS at FROM link_use JOIN link ON link.url = link_use.url WHERE record = ?', record)?.at ?? ''

/** Records of some sources that are shown in another version than the one whose addresses are written down, after one of them. */
export const unnotedOf = (ledger: Ledger, sources: string[], after: number, most: number): { n: number; shown: number }[] =>
  ledger.all(
    `SELECT n, shown FROM record WHERE shown IS NOT NULL AND source IN (SELECT value FROM json_each(?)) AND n > ?
     AND shown IS NOT (SELECT version FROM link_noted WHERE record = n) ORDER BY n LIMIT ?`,
    JSON.stringify(sources),
    after,
    most,
  )

const ofSources = `EXISTS (SELECT 1 FROM link_use JOIN record ON record.n = link_use.record
  WHERE link_use.url = each.url AND shown IS NOT NULL AND source IN (SELECT value FROM json_each(?1)))`

/**
 * Addresses of records of some sources that were not asked since: those that answer since `alive`, others since `others`. Where they lie, and how many are due.
 */
export const dueHosts = (ledger: Ledger, sources: string[], due: Due): { host: string; count: number }[] =>
  ledger.all(`SELECT host, count(*) AS count FROM (${dueSql}) GROUP BY host ORDER BY host`, JSON.stringify(sources), due.alive, due.others)

export interface Due {
  alive: string
  others: string
}
const dueSql = `SELECT DISTINCT each.url, each.host, checked FROM link_use AS each LEFT JOIN link ON link.url = each.url
  WHERE ${ofSources} AND (link.checked IS NULL OR link.checked < iif(link.state = 'alive', ?2, ?3))`

/** Those of one host, the longest unasked first. */
export const dueOf = (ledger: Ledger, sources: string[], due: Due, host: string, most: number): string[] =>
  ledger
    .all<{ url: string }>(
      `SELECT url FROM (${dueSql} AND each.host = ?4) ORDER BY checked IS NOT NULL, checked, url LIMIT ?5`,
      JSON.stringify(sources),
      due.alive,
      due.others,
      host,
      most,
    )
    .map(({ url }) => url)

/** Records that name an address. */
export const recordsNaming = (ledger: Ledger, url: string): Uint32Array => ledger.numbers('SELECT DISTINCT record AS n FROM link_use WHERE url = ?', url)

/** How the addresses of a source stand; `unasked`: nobody has asked them yet. */
export type LinkCounts = Record<LinkState | 'unasked', number>

export function countLinks(ledger: Ledger, source: string): LinkCounts {
  const counts: LinkCounts = { alive: 0, failing: 0, dead: 0, unknown: 0, unasked: 0 }
  const rows = ledger.all<{ state: LinkState | null; c: number }>(
    `SELECT state, count(*) AS c FROM (SELECT DISTINCT link_use.url, link.state FROM record JOIN link_use ON link_use.record = record.n
     LEFT JOIN link ON link.url = link_use.url
     WHERE source = ? AND shown IS NOT NULL) GROUP BY state`,
    source,
  )
  for (const { state, c } of rows) counts[state ?? 'unasked'] = c
  return counts
}

/** A link that is dead, and a record that names it. */
export type DeadLink = Pick<Link, 'url' | 'status' | 'problem' | 'failing_since'> & { record: string; title: string; records: number }

export const deadLinks = (ledger: Ledger, source: string, most = 100): DeadLink[] =>
  ledger.all<DeadLink>(
    `SELECT link.url, status, problem, failing_since, min(record.id) AS record, record.title, count(DISTINCT record.n) AS records
     FROM record JOIN link_use ON link_use.record = record.n JOIN link ON link.url = link_use.url
     WHERE source = ? AND shown IS NOT NULL AND state = 'dead' GROUP BY link.url ORDER BY records DESC, link.url LIMIT ?`,
    source,
    most,
  )
