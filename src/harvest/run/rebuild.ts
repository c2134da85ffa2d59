import type { Source } from '../../config/sources.ts'
import { commitRebuilt } from '../../ledger/records/rebuilt.ts'
import { selectRecords } from '../../ledger/records/records.ts'
import { Problem, sentence } from '../../problem.ts'
import { openBatch } from './batch.ts'
import { draftOf } from './draft.ts'
import { defaultsOf, type Engine } from './engine.ts'
import { replayed } from './duplicates.ts'
import { payloadDigest } from './mapping-digest.ts'
import { begin, fail, type RunOptions } from './state.ts'
import { keptPayloads, countKept, withoutPayload } from '../../ledger/records/payloads.ts'
import { rememberSource } from '../../ledger/sources/memory.ts'

/** What became of the payloads of one source. */
export interface RebuildReport {
  source: string
  seen: number
  /** Records that have a new version, or another admission, by today's mapping and rules. */
  updated: number
  unchanged: number
  failed: number
  /** Ids of the records whose payload is not kept (`retention.payloads: none`): they stay as they are. */
  without: string[]
  problems: Problem[]
}

/** Takes what the portal last sent through today's mapping, shapes and quality, without asking the portal: kept payload → map → normalise → validate → commit. */
export async function rebuild(source: Source, engine: Engine, options: Pick<RunOptions, 'progress'> = {}): Promise<RebuildReport> {
  const { ledger } = engine
  // It is no run: nothing was seen at the portal, so nothing is noted of one.
  const state = begin(source, engine, { ...options, dryRun: true, listed: 0 })
  state.defaults = defaultsOf(source, engine.catalogue, engine.vocabulary)
  const expected = countKept(ledger, source.id)
  const report = { source: source.id, seen: 0, updated: 0, unchanged: 0 }
  const digests = new Map<string, string>()
  const batch = openBatch(state, entries => {
    const { updated, unchanged } = commitRebuilt(
      ledger,
      new Date().toISOString(),
      entries.map(entry => ({ entry, was: digests.get(entry.key) ?? '' })),
    )
    report.updated += updated
    report.unchanged += unchanged
    for (const { key } of entries) digests.delete(key)
  })
  for (const { n, key, digest, ...payload } of keptPayloads(ledger, source.id)) {
    report.seen++
    digests.set(key, digest)
    try {
      await batch.add(
        draftOf(state, replayed({ key, payload }, source), selectRecords(ledger, 'WHERE n = ?', n)[0], payloadDigest(state.mappingDigest, payload.body)),
      )
    } catch (error) {
      fail(
        state,
        error instanceof Problem ? error : new Problem('bad-record', `The record ${key} cannot be mapped: ${sentence(error)}.`, { record: key }, error),
      )
    }
    options.progress?.(report.seen, expected)
  }
  await batch.end()
  const without = withoutPayload(ledger, source.id)
  if (state.counts.failed + without.length === 0) rememberSource(ledger, source.id, { rules: engine.judgingDigest })
  return { ...report, failed: state.counts.failed, without, problems: state.problems }
}
