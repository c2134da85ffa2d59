import { createHash, randomUUID } from 'node:crypto'
import type { Ledger } from '../file/ledger.ts'
import { beginRevision } from '../records/revisions.ts'
import { firstState, openStates, publicStates, stateOf, type KindName } from './kinds.ts'
import { settlePlan } from './plans.ts'

/**
 * Something that somebody brought: a request, a reuse, a report. Where its answer goes stands in a table of its own (letters.ts), and never in what is
 * published.
 */
export interface Contribution {
  id: number
  kind: KindName
  state: string
  /** The language that it is written in. */
  language: string
  /** The fields of its form. */
  said: Record<string, string>
  /** The slug of the organisation that sees to it. */
  body: string | null
  /** When what was asked for is to be there: a month or a day. */
  due: string | null
  at: string
  modified: string
  /** The last step that was made of it: who decides says which one he has seen. */
  step: number
  /** Ids of the records that it is about. */
  datasets: string[]
  /** How many support it. */
  supporters: number
  /** What tells its picture from another. */
  picture: string | null
}

/** What became of it, at one moment. */
export interface Step {
  id: number
  state: string
  at: string
  /** What was said with it: `answer`, `language`, `exception`. */
  said: Record<string, string>
}

/** A picture, as it is sent out. */
export interface Picture {
  mediaType: string
  body: Uint8Array
  digest: string
}

export interface Brought {
  kind: KindName
  language: string
  said: Record<string, string>
  body?: string | null | undefined
  datasets?: string[]
  picture?: Picture | undefined
  /** Where the answer is to be sent. */
  email?: string | undefined
}

type Raw = Omit<Contribution, 'said' | 'datasets'> & { said: string; datasets: string }
const columns = `contribution.id, kind, state, language, said, body, due, at, modified,
  (SELECT max(step.id) FROM step WHERE step.contribution = contribution.id) AS step,
  (SELECT json_group_array(dataset ORDER BY place) FROM contribution_dataset AS named WHERE named.contribution = contribution.id) AS datasets,
  (SELECT count(*) FROM support WHERE support.contribution = contribution.id) AS supporters,
  (SELECT digest FROM picture WHERE picture.contribution = contribution.id) AS picture`
const read = ({ said, datasets, ...rest }: Raw): Contribution => ({
  ...rest,
  said: JSON.parse(said) as Record<string, string>,
  datasets: JSON.parse(datasets) as string[],
})

/** Takes up what somebody brings, in the first state of its kind. The public sees nothing of it yet: no revision comes of it. */
export function bring(ledger: Ledger, brought: Brought, at: string): Contribution {
  const { kind, language, said, body = null, datasets = [], picture, email } = brought
  return ledger.transaction(() => {
    const state = firstState(kind)
    const id = ledger.run(
      'INSERT INTO contribution (kind, state, language, said, body, at, modified) VALUES (?, ?, ?, ?, ?, ?, ?)',
      kind,
      state,
      language,
      JSON.stringify(said),
      body,
      at,
      at,
    )
    nameDatasets(ledger, id, datasets)
    ledger.run('INSERT INTO step (contribution, state, at, said) VALUES (?, ?, ?, ?)', id, state, at, '{}')
    if (picture)
      ledger.run('INSERT INTO picture (contribution, media_type, digest, body) VALUES (?, ?, ?, ?)', id, picture.mediaType, picture.digest, picture.body)
    if (email) ledger.run('INSERT INTO asker (contribution, email, language, word) VALUES (?, ?, ?, ?)', id, email, language, randomUUID())
    return contributionOf(ledger, id)!
  })
}

/** Names the datasets that it is about, beside those it names already. */
function nameDatasets(ledger: Ledger, id: number, datasets: string[]): void {
  for (const dataset of datasets)
    ledger.run(
      `INSERT OR IGNORE INTO contribution_dataset (contribution, dataset, place)
       VALUES (?, ?, (SELECT count(*) FROM contribution_dataset WHERE contribution = ?))`,
      id,
      dataset,
      id,
    )
}

export function contributionOf(ledger: Ledger, id: number): Contribution | undefined {
  const found = ledger.get<Raw>(`SELECT ${columns} FROM contribution WHERE id = ?`, id)
  return found && read(found)
}

export interface Wanted {
  kind?: KindName | undefined
  states?: string[] | undefined
  body?: string | undefined
  /** The id of a record that it is about. */
  dataset?: string | undefined
  /** It names a dataset of this theme, or of this body. */
  of?: { dimension: 'theme' | 'publisher'; value: string } | undefined
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

/** What became of it, from the beginning. */
export const stepsOf = (ledger: Ledger, id: number): Step[] =>
  ledger
    .all<Omit<Step, 'said'> & { said: string }>('SELECT id, state, at, said FROM step WHERE contribution = ? ORDER BY id', id)
    .map(step => ({ ...step, said: JSON.parse(step.said) as Record<string, string> }))

export const pictureOf = (ledger: Ledger, id: number): Picture | undefined =>
  ledger.get<{ mediaType: string; digest: string; body: Uint8Array }>('SELECT media_type AS mediaType, digest, body FROM picture WHERE contribution = ?', id)

/**
 * One more supporter, who is told from others by a word that his browser bears; what else he supports cannot be told from what is kept, but for what is `about`
 * the same. False where it has supported it already.
 */
export function support(ledger: Ledger, id: number, word: string, at: string, about = String(id)): boolean {
  const browser = createHash('sha256').update(`${about} ${word}`).digest('base64url')
  const before = ledger.get('SELECT 1 FROM support WHERE contribution = ? AND browser = ?', id, browser)
  if (!before) ledger.run('INSERT INTO support (contribution, browser, at) VALUES (?, ?, ?)', id, browser, at)
  return !before
}

/** From how many browsers the personal data in a dataset were reported, by reports that nobody has found to be wrong. */
export const personalReports = (ledger: Ledger, dataset: string): number =>
  ledger.get<{ c: number }>(
    `SELECT count(DISTINCT browser) AS c FROM contribution_dataset AS named JOIN contribution ON contribution.id = named.contribution
       JOIN support ON support.contribution = contribution.id
     WHERE named.dataset = ? AND kind = 'report' AND state <> 'unfounded' AND said ->> 'type' = 'personal'`,
    dataset,
  )!.c

/** What a step leads to. */
export interface Stepped {
  state: string
  said: Record<string, string>
  body?: string | undefined
  due?: string | undefined
  datasets?: string[] | undefined
}

/** Writes the next step, and gives what the public sees of it another revision. Undefined, and nothing written, where another step was made since `seen`. */
export function step(ledger: Ledger, id: number, seen: number, next: Stepped, at: string): Contribution | undefined {
  return ledger.transaction(() => {
    const before = contributionOf(ledger, id)!
    if (before.step !== seen) return undefined
    const { state, said, body, due, datasets = [] } = next
    ledger.run(
      'UPDATE contribution SET state = ?, body = ifnull(?, body), due = ifnull(?, due), modified = ? WHERE id = ?',
      state,
      body ?? null,
      due ?? null,
      at,
      id,
    )
    nameDatasets(ledger, id, datasets)
    const made = ledger.run('INSERT INTO step (contribution, state, at, said) VALUES (?, ?, ?, ?)', id, state, at, JSON.stringify(said))
    const { kind } = before
    if (stateOf(kind, before.state).public || stateOf(kind, state).public) beginRevision(ledger, at)
    if (stateOf(kind, state).over || said['answer'])
      ledger.run('INSERT INTO letter (contribution, step, next) SELECT contribution, ?, ? FROM asker WHERE contribution = ?', made, at, id)
    const after = contributionOf(ledger, id)!
    if (kind === 'request') settlePlan(ledger, after, at)
    return after
  })
}
