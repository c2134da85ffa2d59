import { noCounts, type Counts } from '../../ledger/runs/runs.ts'
import { openSeenKeys, type SeenKeys } from '../../ledger/runs/seen-keys.ts'
import { openWaiting } from '../../ledger/runs/waiting.ts'
import type { SourceMemory } from '../../ledger/sources/memory.ts'
import type { Problem } from '../../problem.ts'
import type { Harvest } from '../protocol.ts'
import { openIds, type Ids } from './ids.ts'
import type { RunSetup } from './setup.ts'

/** A record under the key it had, and under the one it has now. */
export interface Renaming {
  id: string
  from: string
  to: string
}

/** How far a run has come: all of a run that moves. */
export interface Progress {
  counts: Counts
  /** How many records the portal says it has. */
  expected: number | undefined
  /** The newest date that a record of the portal gives. */
  newest: string
  /** What the protocol noted at the end of the last complete run, and notes for the next. */
  notes: Harvest['notes']

  /** Every record of the source passes by: what does not is gone. */
  readAll: boolean
  /** Why the source was not read to its end. */
  lost: Problem | undefined
  /** The run ended before its source did, and the next may go on from there. */
  broken: boolean

  /** The keys of the records that passed by, with the digest of their payload: an identifier given twice is noticed. */
  seenKeys: SeenKeys
  /** Keys of records that passed by and could not be read. */
  unreadable: Set<string>
  /** Keys of records that the portal says are deleted. */
  deleted: Set<string>
  /** Records that could not even be told from others: each may be one that was not seen. */
  nameless: number
  /** How often a record was shown that had been shown before: pages that shift while they are read, or have no order. */
  repeats: number
  /** Records that the portal showed and that are left out, by the source's options or as they are not for everybody. */
  leftOut: number
  /** IRIs of ours that came back. */
  loops: string[]

  /** Ids for new records. */
  ids: Ids
  /** Records that are taken in when the source has been read. */
  waiting: ReturnType<typeof openWaiting>
  /** Records whose portal has given them another key. */
  renamed: Renaming[]
  /** New keys that may be those of records we hold: the source was not read to its end, so nobody knows. */
  undecided: number
}

export const startProgress = ({ source, engine: { ledger }, options, lastNotes }: RunSetup, { watermark }: SourceMemory): Progress => ({
  counts: noCounts(),
  expected: undefined,
  newest: watermark ?? '',
  notes: { last: lastNotes },
  readAll: options.only === undefined,
  lost: undefined,
  broken: false,
  seenKeys: openSeenKeys(ledger, source.id),
  unreadable: new Set(),
  deleted: new Set(),
  nameless: 0,
  repeats: 0,
  leftOut: 0,
  loops: [],
  ids: openIds(ledger),
  waiting: openWaiting(ledger, source.id),
  renamed: [],
  undecided: 0,
})
