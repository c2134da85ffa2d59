import type { Source } from '../../config/sources.ts'
import { openMet, type Met } from '../../ledger/runs/seen-keys.ts'
import { openWaiting } from '../../ledger/runs/waiting.ts'
import { noCounts, runsOf, startRun, type Counts, type Run } from '../../ledger/runs/runs.ts'
import { Problem, sentence } from '../../problem.ts'
import type { Defaults } from '../../normalise/draft.ts'
import type { Engine } from './engine.ts'
import type { Fetch } from '../http/fetch.ts'
import type { Harvest } from '../protocol.ts'
import { mappingDigest } from './mapping-digest.ts'
import { emptyPreview, type Preview } from './preview.ts'
import { notesFor, startOf } from './since.ts'
import { writeProblem } from '../../ledger/runs/problems.ts'
import { sourceMemory } from '../../ledger/sources/memory.ts'

export interface RunOptions {
  /** Ask for everything, even where the portal could say what changed. */
  full?: boolean
  /** A person's word that what is gone may go, however much it is. */
  acceptRemovals?: boolean
  /** Key of the one record to ask for: nothing else of the source is touched. */
  only?: string
  /** Read, map and validate; keep nothing. */
  dryRun?: boolean
  /** Of a dry run: how many of each kind are named, their texts cut short. Where it is not given, all are, whole. */
  listed?: number
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
  /** The first of the broken runs that this one goes on from: what they had read is not asked for again. */
  continues: number | undefined
  /** The keys this run has met, with the digest of their payload: an identifier given twice is noticed. */
  keys: Met
  /** Ids minted by this run that are not yet in the ledger. */
  names: Set<string>
  /** Whatever decides, beside the payload, what a record becomes. */
  mappingDigest: string
  /** The newest date that a record of the portal gives. */
  newest: string
  /** Every record of the source passes by: what does not is gone. */
  readAll: boolean
  /** Keys of records that the portal says are deleted. */
  deleted: Set<string>
  /** Records that could not even be told from others: each may be one that was not seen. */
  nameless: number
  /** How often a record was shown that had been shown before: pages that shift while they are read, or have no order. */
  repeats: number
  expected: number | undefined
  /** What a dry run would have done. */
  preview: Preview
  /** Of a dry run: keys of the records that were judged as they would become. */
  judged: Set<string>
  /** Keys of records that passed by and could not be read. */
  unreadable: Set<string>
  /** Records that are taken in when the source has been read; `settling` when that is so. */
  waiting: ReturnType<typeof openWaiting>
  settling: boolean
  /** New keys that may be those of records we hold: the source was not read to its end, so nobody knows. */
  undecided: number
  /** Records whose portal has given them another key. */
  renamed: Renaming[]
  /** IRIs of ours that came back. */
  own: string[]
  /** Why the source was not read to its end. */
  lost: Problem | undefined
  /** The run ended before its source did. */
  broken: boolean
  /** What the protocol noted, and notes, for its next run. */
  notes: Harvest['notes']
}

/** A record under the key it had, and under the one it has now. */
export interface Renaming {
  id: string
  from: string
  to: string
}

export function begin(source: Source, engine: Engine, options: RunOptions): State {
  const { ledger } = engine
  const started = new Date()
  const mapping = mappingDigest(source, engine)
  const memory = sourceMemory(ledger, source.id)
  const whole = options.full || options.dryRun || options.only !== undefined
  const since = whole ? undefined : startOf(source, ledger, memory, mapping, started)
  const continues = whole ? undefined : brokenBefore(runsOf(ledger, source.id, 1)[0], mapping)
  const mode = options.only !== undefined ? 'record' : since ? 'incremental' : 'full'
  return {
    id: options.dryRun
      ? 0
      : startRun(ledger, source.id, { mode, started: started.toISOString(), fingerprint: mapping, continues: continues ?? null, record: options.only ?? null }),
    source,
    engine,
    options,
    started,
    since,
    mappingDigest: mapping,
    continues,
    defaults: { language: source.language },
    counts: noCounts(),
    problems: [],
    keys: openMet(ledger, source.id),
    names: new Set(),
    nameless: 0,
    repeats: 0,
    deleted: new Set(),
    held: ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed'`, source.id)!.c,
    newest: memory.watermark ?? '',
    preview: emptyPreview(),
    judged: new Set(),
    unreadable: new Set(),
    readAll: options.only === undefined,
    waiting: openWaiting(ledger, source.id),
    settling: false,
    undecided: 0,
    renamed: [],
    own: [],
    expected: undefined,
    lost: undefined,
    broken: false,
    notes: whole ? {} : { last: notesFor(source, ledger, memory, mapping, started) },
  }
}

/** The run to go on from, where the last one ended before its source did: killed, stopped, or left by its portal. */
const brokenBefore = (last: Run | undefined, mapping: string) =>
  last && (last.state === 'running' || last.broken === 1) && last.mode !== 'record' && last.fingerprint === mapping ? (last.continues ?? last.id) : undefined

/** One record could not be read. */
export function fail(state: State, problem: Problem): void {
  state.counts.failed++
  note(state, problem)
}

/** The source, or a part of it, could not be read: nothing is removed after such a run. */
export function lose(state: State, error: unknown): void {
  const problem = state.options.signal?.aborted
    ? interrupted(state.source)
    : error instanceof Problem
      ? error
      : new Problem(
          'stopped',
          `The run of ${state.source.id} stopped: ${sentence(error)}. What it had read is kept; run it again.`,
          { source: state.source.id },
          error,
        )
  state.lost ??= problem
  note(state, problem)
}

const interrupted = ({ id }: Source) =>
  new Problem('interrupted', `The run of ${id} was interrupted. What it had read is kept: run it again to go on from here.`, { source: id })

/** Problems are kept in the ledger; in memory only the first of them, so that a source of broken records costs no more. A dry run that names all keeps all. */
export function note(state: State, problem: Problem): void {
  if (state.problems.length < 200 || (state.options.dryRun && state.options.listed === undefined)) state.problems.push(problem)
  if (!state.options.dryRun) writeProblem(state.engine.ledger, state.id, problem)
}
