import { commit } from '../../ledger/records/commit.ts'
import { writeRun } from '../../ledger/runs/runs.ts'
import { Problem, sentence } from '../../problem.ts'
import { rating } from '../../validate/quality.ts'
import type { Checked } from '../../validate/validate.ts'
import type { Draft } from './draft.ts'
import { previewBatch } from './preview.ts'
import { fail, type State } from './state.ts'
import type { Admission, Entry, Seen } from '../../ledger/records/entry.ts'

/** Records that are validated and committed together. */
const batchSize = 100
/** Records that were only seen again and wait for their mark. */
const marks = 1000
/** Batches that may be under way at once: enough that neither the reading nor the validation waits for the other. */
const underWay = 3
/** Milliseconds after which a slow portal's records are committed all the same. */
const patience = 5000

/** Collects records and hands them on together; the next page is read while the last batch is validated. */
export interface Batch {
  /** A record with a new version. */
  add(draft: Draft): Promise<void>
  /** A record that was seen again and is as it was. */
  unchanged(seen: Seen): Promise<void>
  /** A record that was there and could not be read: what is held of it stays. */
  keep(seen: Seen): Promise<void>
  /** Validates and commits what is left. */
  end(): Promise<void>
}

/** `keep` writes what was judged, and the marks of what was only seen again. */
export type Keep = (entries: Entry[], seen: Seen[]) => void

export function openBatch(state: State, keep: Keep = keptByRun(state)): Batch {
  let drafts: Draft[] = []
  let seen: Seen[] = []
  let since = Date.now()
  let writing: Promise<void> = Promise.resolve()
  const batches: Promise<void>[] = []

  const flush = async () => {
    const [next, marked] = [drafts, seen]
    drafts = []
    seen = []
    since = Date.now()
    if (next.length === 0 && marked.length === 0) return
    writing = Promise.all([check(state, next), writing]).then(([checked]) => write(state, next, checked, marked, keep))
    // A failure is met where the batch is awaited; until then nobody else looks at it.
    writing.catch(() => {})
    batches.push(writing)
    if (batches.length > underWay) await batches.shift()
  }
  const flushWhenDue = async () => {
    if (drafts.length >= batchSize || seen.length >= marks || Date.now() - since > patience) await flush()
  }
  return {
    add: draft => {
      drafts.push(draft)
      return flushWhenDue()
    },
    unchanged: mark => {
      state.counts.unchanged++
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
async function check(state: State, drafts: Draft[]): Promise<(Checked | Problem)[]> {
  if (drafts.length === 0) return []
  try {
    return await state.engine.validation.check(drafts.map(({ dataset, graph: { text } }) => ({ dataset, graph: text })))
  } catch (error) {
    if (drafts.length > 1) return (await Promise.all(drafts.map(draft => check(state, [draft])))).flat()
    return drafts.map(({ key }) => new Problem('bad-record', `The record ${key} cannot be validated: ${sentence(error)}.`, { record: key }, error))
  }
}

function write(state: State, drafts: Draft[], checked: (Checked | Problem)[], seen: Seen[], keep: Keep): void {
  const entries: Entry[] = []
  const kept = [...seen]
  for (const [at, draft] of drafts.entries()) {
    const result = checked[at]!
    if (!(result instanceof Problem)) entries.push(judged(state, draft, result))
    else {
      fail(state, result)
      if (draft.known && draft.known.admission !== 'removed') kept.push({ n: draft.known.n })
    }
  }
  keep(entries, kept)
}

const keptByRun =
  (state: State): Keep =>
  (entries, seen) => {
    const {
      id,
      counts,
      names,
      options,
      engine: { ledger },
    } = state
    if (options.dryRun) return previewBatch(state, entries)
    const revision = commit(ledger, id, new Date().toISOString(), entries, seen)
    for (const entry of entries) names.delete(entry.id)
    writeRun(ledger, id, counts, revision)
  }

function judged({ counts, engine: { catalogue } }: State, { known, ...draft }: Draft, { findings, quality }: Checked): Entry {
  const blocked = findings.some(finding => finding.severity === 'violation' && catalogue.blocking.includes(finding.profile))
  const admission: Admission = blocked ? 'quarantined' : 'published'
  counts[known && known.admission !== 'removed' ? 'updated' : 'added']++
  counts.repairs += draft.repairs.length
  if (blocked) counts.quarantined++
  return {
    ...draft,
    admission,
    findings,
    measurements: quality.measurements,
    score: quality.score,
    summary: { ...draft.summary, facets: { ...draft.summary.facets, quality: [rating(quality.score)] } },
  }
}
