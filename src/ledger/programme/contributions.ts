import { randomUUID } from 'node:crypto'
import type { Ledger } from '../file/ledger.ts'
import { beginRevision } from '../records/revisions.ts'
import { firstState, stateOf, type KindName } from './kinds.ts'
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

/** What somebody brings: the form of its kind, filled in. */
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

/** A row of `contribution` as it is kept; `columns` are its columns, `read` reads it. */
export type Raw = Omit<Contribution, 'said' | 'datasets'> & { said: string; datasets: string }
export const columns = `contribution.id, kind, state, language, said, body, due, at, modified,
  (SELECT max(step.id) FROM step WHERE step.contribution = contribution.id) AS step,
  (SELECT json_group_array(dataset ORDER BY place) FROM contribution_dataset AS named WHERE named.contribution = contribution.id) AS datasets,
  (SELECT count(*) FROM support WHERE support.contribution = contribution.id) AS supporters,
  (SELECT digest FROM picture WHERE picture.contribution = contribution.id) AS picture`
export const read = ({ said, datasets, ...rest }: Raw): Contribution => ({
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

/** One by its number. */
export function contributionOf(ledger: Ledger, id: number): Contribution | undefined {
  const found = ledger.get<Raw>(`SELECT ${columns} FROM contribution WHERE id = ?`, id)
  return found && read(found)
}

/** What became of it, from the beginning. */
export const stepsOf = (ledger: Ledger, id: number): Step[] =>
  ledger
    .all<Omit<Step, 'said'> & { said: string }>('SELECT id, state, at, said FROM step WHERE contribution = ? ORDER BY id', id)
    .map(step => ({ ...step, said: JSON.parse(step.said) as Record<string, string> }))

export const pictureOf = (ledger: Ledger, id: number): Picture | undefined =>
  ledger.get<{ mediaType: string; digest: string; body: Uint8Array }>('SELECT media_type AS mediaType, digest, body FROM picture WHERE contribution = ?', id)

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
