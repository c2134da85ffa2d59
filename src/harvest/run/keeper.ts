import type { Ledger } from '../../ledger/file/ledger.ts'
import type { Entry, Seen } from '../../ledger/records/entry.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import type { Gone, Settlement } from '../../ledger/records/removal.ts'
import type { KeptPage } from '../../ledger/runs/pages.ts'
import type { RunState } from '../../ledger/runs/runs.ts'
import type { Problem } from '../../problem.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { Progress } from './progress.ts'
import type { Preview } from './report.ts'
import type { RunSetup } from './setup.ts'

/** A record that was mapped, validated and measured, and what is held of it. */
export type Judged = Entry & { known: RecordRow | undefined }

/** Where records go that were mapped and validated. */
export interface Keeper {
  /** The records of a batch that have something new, and those that were only seen again. */
  entries(entries: Judged[], seen: Seen[]): void
  problem(problem: Problem): void
}

/** An answer of the portal, as far as the run knows it. */
export type Answered = Pick<KeptPage, 'address' | 'accept' | 'etag' | 'modified' | 'url' | 'mediaType'>

/** Where all goes that a run reads and finds out. */
export interface RunKeeper extends Keeper {
  /** The number of the run in the ledger; 0 where nothing is kept of it. */
  readonly run: number
  /** The problems that the report of the run names. */
  readonly problems: Problem[]
  /** Where records go that are as they were, and that changed rules judge anew. */
  readonly rejudged: Keeper
  /** All that is held of the source has been judged by today's rules. */
  allJudged(): void
  /** What the portal says of its catalogue. */
  catalogue(statements: Quad[]): void
  /** An answer that was read; its body where it was read whole. */
  page(answered: Answered, body: Buffer | null): void
  /** An answer of an earlier run that is as it was. */
  samePage(address: string): void
  /** All that an earlier run saw is seen again, and is as it was. */
  seenAgain(earlier: number): void
  /** Settles what is no longer at the portal. */
  removals(gone: Gone, accept: boolean): Settlement
  end(state: RunState): void
  /** What would have been done, where nothing was. */
  readonly preview?: Preview
}

/** A way to keep what runs bring: in the ledger, or for the report alone. */
export interface Keeping {
  /** Keeps other processes from the source until what it returns is called. Throws `already-running`. */
  lock(ledger: Ledger, source: string): () => void
  /** Whether a run may go on from where earlier ones were. */
  resumes: boolean
  /** A run begins. */
  open(setup: RunSetup, progress: Progress): RunKeeper
}
