import type { Source } from '../../config/sources.ts'
import { correctionsIn } from '../../ledger/records/corrections.ts'
import { heldCount } from '../../ledger/records/held.ts'
import { lastRun, type Run as RunRow } from '../../ledger/runs/runs.ts'
import type { SourceMemory } from '../../ledger/sources/memory.ts'
import type { Correction } from '../../normalise/draft.ts'
import type { Fetch } from '../http/fetch.ts'
import type { Engine } from './engine.ts'
import { mappingDigest } from './mapping-digest.ts'
import { notesFor, startOf } from './since.ts'

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

/** What is fixed of a run when it begins. */
export interface RunSetup {
  readonly source: Source
  readonly engine: Engine
  readonly options: RunOptions
  readonly started: Date
  /** Whatever decides, beside the payload, what a record becomes. */
  readonly mappingDigest: string
  /** What stewards corrected, by the key of the record. */
  readonly corrections: ReadonlyMap<string, Correction[]>
  /** Records of the source that were in the ledger when the run started. */
  readonly held: number
  /** Everything is asked for: what earlier runs have read or noted decides nothing. */
  readonly fresh: boolean
  /** An incremental run asks for what changed since then. */
  readonly since: string | undefined
  /** The first of the broken runs that this one goes on from: what they had read is not asked for again. */
  readonly continues: number | undefined
  /** What the protocol noted at the end of the last complete run. */
  readonly lastNotes: unknown
}

/** Works out how a run is to ask; `resumes` says whether it may go on from where earlier runs were. */
export function prepare(source: Source, engine: Engine, options: RunOptions, memory: SourceMemory, resumes: boolean): RunSetup {
  const { ledger } = engine
  const started = engine.now()
  const mapping = mappingDigest(source, engine)
  const fresh = !resumes || options.full === true || options.only !== undefined
  return {
    source,
    engine,
    options,
    started,
    mappingDigest: mapping,
    corrections: correctionsIn(ledger, source.id),
    held: heldCount(ledger, source.id),
    fresh,
    since: fresh ? undefined : startOf(source, ledger, memory, mapping, started),
    continues: fresh ? undefined : brokenBefore(lastRun(ledger, source.id), mapping),
    lastNotes: fresh ? undefined : notesFor(source, ledger, memory, mapping, started),
  }
}

/** The run to go on from, where the last one ended before its source did: killed, stopped, or left by its portal. */
const brokenBefore = (last: RunRow | undefined, mapping: string) =>
  last && (last.state === 'running' || last.broken === 1) && last.mode !== 'record' && last.fingerprint === mapping ? (last.continues ?? last.id) : undefined
