import type { Source } from '../../config/sources.ts'
import { correctionsIn } from '../../ledger/records/corrections.ts'
import { countKept, keptPayloads, withoutPayload } from '../../ledger/records/payloads.ts'
import { recordByNumber } from '../../ledger/records/records.ts'
import { reindexFilled } from '../../ledger/records/reindex.ts'
import { noCounts } from '../../ledger/runs/runs.ts'
import { rememberSource } from '../../ledger/sources/memory.ts'
import type { Problem } from '../../problem.ts'
import { openBatch } from './batch.ts'
import type { Engine } from './engine.ts'
import { mappingDigest, payloadDigest } from './mapping-digest.ts'
import { mappingOf } from './mapping.ts'
import { mostProblems } from './report.ts'
import { rewrite } from './rewrite.ts'
import type { RunOptions } from './setup.ts'

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

/**
 * Takes what the portal last sent through today's mapping, shapes and quality, without asking the portal: kept payload → map → normalise → validate → commit.
 * The ledger has no run of it, as nothing is seen of the portal.
 */
export async function rebuild(source: Source, engine: Engine, options: Pick<RunOptions, 'progress'> = {}): Promise<RebuildReport> {
  const { ledger } = engine
  const mapping = mappingOf(source, engine)
  const todays = mappingDigest(source, engine)
  const corrections = correctionsIn(ledger, source.id)
  const expected = countKept(ledger, source.id)
  const problems: Problem[] = []
  const keeper = rewrite(engine, problem => {
    if (problems.length < mostProblems) problems.push(problem)
  })
  const counts = noCounts()
  const batch = openBatch(engine, mapping, counts, keeper)
  let harvestedSince = 0
  for (const { n, key, digest, ...payload } of keptPayloads(ledger, source.id)) {
    counts.seen++
    const known = recordByNumber(ledger, n)
    // A run has taken it in since the payload was read.
    if (known?.payload_digest !== digest) harvestedSince++
    else {
      const corrected = corrections.get(key)
      const todaysDigest = payloadDigest(todays, payload.body, corrected)
      await batch.add({ key, payload, id: known.id, known, digest: todaysDigest, corrections: corrected, held: known.graph_digest, anew: true })
    }
    options.progress?.(counts.seen, expected)
  }
  await batch.settle()
  reindexFilled(ledger, engine.vocabulary, engine.catalogue.base)
  const without = withoutPayload(ledger, source.id)
  if (counts.failed + without.length === 0) rememberSource(ledger, source.id, { rules: engine.judgingDigest })
  const { updated, unchanged } = keeper.counts
  return { source: source.id, seen: counts.seen, updated, unchanged: unchanged + harvestedSince, failed: counts.failed, without, problems }
}
