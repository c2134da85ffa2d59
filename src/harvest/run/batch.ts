import type { Admission, Seen } from '../../ledger/records/entry.ts'
import type { Counts } from '../../ledger/runs/runs.ts'
import { Problem, sentence } from '../../problem.ts'
import { rating } from '../../validate/quality.ts'
import type { Checked } from '../../validate/validate.ts'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Judged, Keeper } from './keeper.ts'

/** Records that are validated and committed together. */
const batchSize = 100
/** Records that were only seen again and wait for their mark. */
const mostMarks = 1000
/** Batches that may be under way at once: enough that neither the reading nor the validation waits for the other. */
const underWay = 3
/** Milliseconds after which a slow portal's records are committed all the same. */
const longestWaitMs = 5000

/** Collects records and hands them on together; the next page is read while the last batch is validated. */
export interface Batch {
  /** A record with a new version. */
  add(draft: Draft): Promise<void>
  /** A record that was seen again and is as it was. */
  unchanged(seen: Seen): Promise<void>
  /** A record that was there and could not be read: what is held of it stays. */
  keep(seen: Seen): Promise<void>
  /** Validates and hands on what is left. */
  end(): Promise<void>
}

/** Batches of one run, or of one rebuild: counts what becomes of the records, and hands them to the keeper in the order they came. */
export function openBatch(engine: Pick<Engine, 'validation' | 'catalogue'>, counts: Counts, keeper: Keeper): Batch {
  let drafts: Draft[] = []
  let seen: Seen[] = []
  let since = performance.now()
  let writing: Promise<void> = Promise.resolve()
  const batches: Promise<void>[] = []

  const write = (written: Draft[], checked: (Checked | Problem)[], marked: Seen[]): void => {
    const entries: Judged[] = []
    const kept = [...marked]
    for (const [at, draft] of written.entries()) {
      const result = checked[at]!
      if (result instanceof Problem) {
        counts.failed++
        keeper.problem(result)
        if (draft.known && draft.known.admission !== 'removed') kept.push({ n: draft.known.n })
      } else {
        const entry = judged(draft, result, engine.catalogue.blocking)
        count(counts, entry)
        entries.push(entry)
      }
    }
    keeper.entries(entries, kept)
  }
  const flush = async () => {
    const [next, marked] = [drafts, seen]
    drafts = []
    seen = []
    since = performance.now()
    if (next.length === 0 && marked.length === 0) return
    writing = Promise.all([check(engine, next), writing]).then(([checked]) => write(next, checked, marked))
    // A failure is met where the batch is awaited; until then nobody else looks at it.
    writing.catch(() => {})
    batches.push(writing)
    if (batches.length > underWay) await batches.shift()
  }
  const flushWhenDue = async () => {
    if (drafts.length >= batchSize || seen.length >= mostMarks || performance.now() - since > longestWaitMs) await flush()
  }
  return {
    add: draft => {
      drafts.push(draft)
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
    end: async () => {
      await flush()
      await writing
    },
  }
}

/** A record that the validation cannot take fails alone: the others of its batch are validated one by one. */
async function check(engine: Pick<Engine, 'validation'>, drafts: Draft[]): Promise<(Checked | Problem)[]> {
  if (drafts.length === 0) return []
  try {
    return await engine.validation.check(drafts.map(({ dataset, graph: { text } }) => ({ dataset, graph: text })))
  } catch (error) {
    if (drafts.length > 1) return (await Promise.all(drafts.map(draft => check(engine, [draft])))).flat()
    return drafts.map(({ key }) => new Problem('bad-record', `The record ${key} cannot be validated: ${sentence(error)}.`, { record: key }, error))
  }
}

function judged(draft: Draft, { findings, quality }: Checked, blocking: string[]): Judged {
  const blocked = findings.some(({ severity, profile }) => severity === 'violation' && blocking.includes(profile))
  const admission: Admission = blocked ? 'quarantined' : 'published'
  return {
    ...draft,
    admission,
    findings,
    measurements: quality.measurements,
    score: quality.score,
    summary: { ...draft.summary, facets: { ...draft.summary.facets, quality: [rating(quality.score)] } },
  }
}

function count(counts: Counts, { known, repairs, admission }: Judged): void {
  counts[known && known.admission !== 'removed' ? 'updated' : 'added']++
  counts.repairs += repairs.length
  if (admission === 'quarantined') counts.quarantined++
}
