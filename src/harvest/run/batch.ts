import type { Catalogue } from '../../config/catalogue.ts'
import { dictionaryOf } from '../../ledger/file/dictionaries.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { decisionOf, type Decision } from '../../ledger/records/decisions.ts'
import type { Admission, Entry, Seen } from '../../ledger/records/entry.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import type { Counts } from '../../ledger/runs/runs.ts'
import { Problem } from '../../problem.ts'
import { rating } from '../../validate/quality/points.ts'
import type { HarvestedRecord } from '../protocol.ts'
import type { Engine } from './engine.ts'
import type { Judged, Keeper } from './keeper.ts'
import type { Mapping } from './mapping.ts'
import type { Made, Packing, Sent } from './way.ts'

/** Records that are taken on their way and committed together. */
const batchSize = 100
/** Records that were only seen again and wait for their mark. */
const mostMarks = 1000
/** Milliseconds after which a slow portal's records are committed all the same. */
const longestWaitMs = 5000

/** A record that is to be taken on its way, and what is known of it. */
export interface Taken extends Sent, Omit<HarvestedRecord, 'map'> {
  /** The payload's digest, together with all that decides what becomes of it. */
  digest: string
  known: RecordRow | undefined
  /** It is new where none is known: it cannot be one that is held under another key. */
  settled?: boolean
}

/** A record at the end of its way. */
export type Arrived = Exclude<Made, { same: true }>

/** Collects records and hands them on together; the next page is read while the last batches are on their way. */
export interface Batch {
  /** A record of which there may be a new version. */
  add(taken: Taken): Promise<void>
  /** A record that was seen again and is as it was. */
  unchanged(seen: Seen): Promise<void>
  /** A record that was there and could not be read: what is held of it stays. */
  keep(seen: Seen): Promise<void>
  /** Takes on their way what is left, and waits for all that is under way. */
  settle(): Promise<void>
}

/** What a run has to say of its records, beside counting them. */
export interface Verdicts {
  /** One cannot be read. */
  unreadable?(key: string): void
  /** Whether one has to wait, so that it is neither counted nor kept now. */
  waits?(taken: Taken, arrived: Arrived): boolean
}

/** Batches of one run, or of one rebuild: counts what becomes of the records, and hands them to the keeper in the order they came. */
export function openBatch(
  { threads, catalogue, ledger }: Engine,
  mapping: Mapping,
  counts: Counts,
  keeper: Keeper,
  { unreadable, waits }: Verdicts = {},
): Batch {
  let added: Taken[] = []
  let seen: Seen[] = []
  let since = performance.now()
  let writing: Promise<void> = Promise.resolve()
  const batches: Promise<void>[] = []

  const write = (taken: Taken[], made: (Made | Problem)[], marked: Seen[]): void => {
    const entries: Judged[] = []
    const kept = [...marked]
    const before = { ...counts }
    for (const [at, each] of taken.entries()) {
      const { key, known, digest, payload } = each
      const arrived = made[at]!
      if (arrived instanceof Problem) {
        counts.failed++
        keeper.problem(arrived)
        unreadable?.(key)
        if (known && known.admission !== 'removed') kept.push({ n: known.n })
      } else if (arrived.same) {
        counts.unchanged++
        kept.push({ n: known!.n, payload: { digest, ...payload, ...(arrived.payload && { packed: arrived.payload }) } })
      } else if (!waits?.(each, arrived)) {
        const entry = judged(mapping, each, arrived, catalogue, known && decisionOf(ledger, known.n)?.what)
        count(counts, entry)
        entries.push(entry)
      }
    }
    try {
      keeper.entries(entries, kept)
    } catch (error) {
      // What was not committed did not become anything.
      Object.assign(counts, before)
      throw error
    }
  }
  const flush = async () => {
    const [next, marked] = [added, seen]
    added = []
    seen = []
    since = performance.now()
    if (next.length === 0 && marked.length === 0) return
    const made = next.length > 0 ? threads.take(mapping, next.map(sentOf), packingOf(ledger, mapping.source.id)) : []
    writing = Promise.all([made, writing]).then(([all]) => write(next, all, marked))
    // A failure is met where the batch is awaited; until then nobody else looks at it.
    writing.catch(() => {})
    batches.push(writing)
    if (batches.length > threads.underWay) await batches.shift()
  }
  const flushWhenDue = async () => {
    if (added.length >= batchSize || seen.length >= mostMarks || performance.now() - since > longestWaitMs) await flush()
  }
  return {
    add: taken => {
      added.push(taken)
      return flushWhenDue()
    },
    unchanged: mark => {
      counts.unchanged++
      seen.push(mark)
      return flushWhenDue()
    },
    keep: mark => {
      seen.push(mark)
      return flushWhenDue()
    },
    settle: async () => {
      await flush()
      await writing
    },
  }
}

const packingOf = (ledger: Ledger, source: string): Packing => ({
  graph: dictionaryOf(ledger, source, 'graph'),
  payload: dictionaryOf(ledger, source, 'payload'),
  judgement: dictionaryOf(ledger, source, 'judgement'),
})

/** What a thread has to know. */
const sentOf = ({ key, payload, id, held, anew, mapped, corrections }: Taken): Sent => ({
  key,
  payload,
  id,
  held,
  ...(anew && { anew }),
  ...(mapped && { mapped }),
  ...(corrections && { corrections }),
})

function judged(
  { source }: Mapping,
  { id, key, known, digest, modified, payload: sent }: Taken,
  arrived: Arrived,
  { blocking, withholding }: Pick<Catalogue, 'blocking' | 'withholding'>,
  decided: Decision['what'] | undefined,
): Judged {
  const { same: _, payload, summary, ...read } = arrived
  const violates = (profiles: string[]) => read.findings.some(({ severity, profile }) => severity === 'violation' && profiles.includes(profile))
  // A steward's word goes before the gate.
  const isWithheld = decided === 'withhold' || (decided !== 'release' && violates(withholding))
  const admission: Admission = isWithheld ? 'withheld' : violates(blocking) ? 'quarantined' : 'published'
  return {
    source: source.id,
    key,
    ...(known && known.key !== key && { formerKey: known.key }),
    id,
    known,
    ...read,
    admission,
    summary: { ...summary, facets: { ...summary.facets, quality: [rating(read.score)] } },
    payload: { digest, ...sent, ...(payload && { packed: payload }) } satisfies Entry['payload'],
    ...(modified && { portalModified: modified }),
  }
}

function count(counts: Counts, { known, repairs, admission }: Judged): void {
  counts[known && known.admission !== 'removed' ? 'updated' : 'added']++
  counts.repairs += repairs.length
  if (admission === 'quarantined') counts.quarantined++
}
