import type { Source } from '../config/sources.ts'
import { noCounts, sourceMemory, startRun, writeProblem, type Counts } from '../ledger/runs.ts'
import { Problem, sentence } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import type { Defaults } from '../normalise/draft.ts'
import type { Engine } from './engine.ts'
import type { Fetch } from './fetch.ts'
import { emptyPreview, type Preview } from './preview.ts'
import { startOf } from './since.ts'

export interface RunOptions {
  /** Ask for everything, even where the portal could say what changed. */
  full?: boolean
  /** A person's word that what is gone may go, however much it is. */
  acceptRemovals?: boolean
  /** Read, map and validate; keep nothing. */
  dryRun?: boolean
  /** Called after each record, whatever its outcome; `expected` is what the portal says it has. */
  progress?: (seen: number, expected: number | undefined) => void
  fetch?: Fetch
  signal?: AbortSignal
}

/** What a run knows while it goes. */
export interface State {
  id: number
  source: Source
  engine: Engine
  options: RunOptions
  started: Date
  defaults: Defaults
  counts: Counts
  problems: Problem[]
  /** Records of the source that were in the ledger when the run started. */
  held: number
  /** An incremental run asks for what changed since then. */
  since: string | undefined
  /** The keys this run has met, with the digest of their payload: an identifier given twice is noticed. */
  keys: Map<string, string>
  /** Ids minted by this run; those of the batch under way are not yet in the ledger. */
  names: Set<string>
  /** Whatever decides, beside the payload, what a record becomes. */
  fingerprint: string
  /** The newest date that a record of the portal gives. */
  newest: string
  /** Every record of the source passes by: what does not is gone. */
  readAll: boolean
  /** Records that could not even be told from others: each may be one that was not seen. */
  nameless: number
  expected: number | undefined
  /** What a dry run would have done. */
  preview: Preview
  /** Keys of records that passed by and could not be read. */
  unreadable: Set<string>
  /** Why the source was not read to its end. */
  lost: Problem | undefined
}

export function begin(source: Source, engine: Engine, options: RunOptions): State {
  const { ledger } = engine
  const started = new Date()
  const fingerprint = fingerprintOf(source, engine)
  const memory = sourceMemory(ledger, source.id)
  const since = options.full || options.dryRun ? undefined : startOf(source, ledger, memory, fingerprint, started)
  return {
    id: options.dryRun ? 0 : startRun(ledger, source.id, since ? 'incremental' : 'full', started.toISOString()),
    source, engine, options, started, since, fingerprint,
    defaults: { language: source.language }, counts: noCounts(), problems: [], keys: new Map(), names: new Set(), nameless: 0,
    held: ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed'`, source.id)!.c,
    newest: memory.watermark ?? '', preview: emptyPreview(), unreadable: new Set(), readAll: true, expected: undefined, lost: undefined,
  }
}

const fingerprintOf = (source: Source, { means }: Engine) => digest(`${means} ${source.protocol} ${source.language} ${source.publisher} ${source.licence} ${JSON.stringify(source.options)}`)

/** One record could not be read. */
export function fail(state: State, problem: Problem): void {
  state.counts.failed++
  note(state, problem)
}

/** The source, or a part of it, could not be read: nothing is removed after such a run. */
export function lose(state: State, error: unknown): void {
  const problem = error instanceof Problem ? error : new Problem('stopped', `The run of ${state.source.id} stopped: ${sentence(error)}. What it had read is kept; run it again.`, { source: state.source.id }, error)
  state.lost ??= problem
  note(state, problem)
}

/** Problems are kept in the ledger; in memory only the first of them, so that a source of broken records costs no more. */
export function note(state: State, problem: Problem): void {
  if (state.problems.length < 200) state.problems.push(problem)
  if (!state.options.dryRun) writeProblem(state.engine.ledger, state.id, problem)
}
