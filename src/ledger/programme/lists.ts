import type { Ledger } from '../file/ledger.ts'
import { columns, read, type Contribution, type Raw } from './contributions.ts'
import { openStates, publicStates, type KindName } from './kinds.ts'

/** Of what is listed or counted; what is not said narrows nothing. */
export interface Wanted {
  kind?: KindName | undefined
  states?: string[] | undefined
  body?: string | undefined
  /** The id of a record that it is about. */
  dataset?: string | undefined
  /** It names a dataset of this theme, of this body, or of this place. */
  of?: { dimension: 'theme' | 'publisher' | 'territory'; value: string } | undefined
  /** Brought after that moment. */
  since?: string | undefined
  most?: number
  offset?: number
}

/** What fits all that is wanted, the newest first. */
export function contributions(ledger: Ledger, wanted: Wanted): Contribution[] {
  const { most = 100, offset = 0 } = wanted
  return ledger.all<Raw>(`SELECT ${columns} FROM contribution ${fitting} ORDER BY id DESC LIMIT ? OFFSET ?`, ...given(wanted), most, offset).map(read)
}

/** The public ones of a kind that name a record: asked for with each page of a dataset, and found by an index. */
export const naming = (ledger: Ledger, kind: KindName, dataset: string): Contribution[] =>
  ledger
    .all<Raw>(
      `SELECT ${columns} FROM contribution_dataset AS by JOIN contribution ON contribution.id = by.contribution
       WHERE by.dataset = ? AND kind = ? AND state IN (SELECT value FROM json_each(?)) ORDER BY contribution.id DESC LIMIT 50`,
      dataset,
      kind,
      JSON.stringify(publicStates(kind)),
    )
    .map(read)

/** How many fit all that is wanted. */
export const countContributions = (ledger: Ledger, wanted: Wanted): number =>
  ledger.get<{ c: number }>(`SELECT count(*) AS c FROM contribution ${fitting}`, ...given(wanted))!.c

/** How many of a kind nothing more will come of, and how many the public sees, by the body that they are put to; by '' all of them. */
export function closedByBody(ledger: Ledger, kind: KindName): Map<string, [over: number, of: number]> {
  const seen = publicStates(kind)
  const over = seen.filter(state => !openStates(kind).includes(state))
  const rows = ledger.all<{ body: string; over: number; all: number }>(
    `SELECT ifnull(body, '') AS body, total(state IN (SELECT value FROM json_each(?))) AS over, count(*) AS "all" FROM contribution
     WHERE kind = ? AND state IN (SELECT value FROM json_each(?)) GROUP BY body ORDER BY body`,
    JSON.stringify(over),
    kind,
    JSON.stringify(seen),
  )
  const sum = (of: 'over' | 'all') => rows.reduce((total, row) => total + row[of], 0)
  return new Map([...rows.map(({ body, over, all }): [string, [number, number]] => [body, [over, all]]), ['', [sum('over'), sum('all')]]])
}

const fitting = `WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR body = ?3)
  AND (?4 IS NULL OR id IN (SELECT contribution FROM contribution_dataset WHERE dataset = ?4)) AND (?5 IS NULL OR at > ?5)
  AND (?6 IS NULL OR id IN (
    SELECT contribution FROM contribution_dataset AS named JOIN record ON record.id = named.dataset JOIN listing ON listing.record = record.n
    JOIN trait ON trait.id = listing.facets, json_each(trait.said, ?6) AS each WHERE shown IS NOT NULL AND each.value = ?7))`
const given = ({ kind, states, body, dataset, since, of }: Wanted) => [
  kind ?? null,
  states ? JSON.stringify(states) : null,
  body ?? null,
  dataset ?? null,
  since ?? null,
  of ? `$.${of.dimension}` : null,
  of?.value ?? null,
]
