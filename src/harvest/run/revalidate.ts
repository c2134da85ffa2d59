import type { Ledger } from '../../ledger/file/ledger.ts'
import { recordsNotOf } from '../../ledger/records/held.ts'
import { repairsOf } from '../../ledger/records/judgement.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { newestVersion } from '../../ledger/records/shown.ts'
import { noCounts } from '../../ledger/runs/runs.ts'
import { sourceMemory } from '../../ledger/sources/memory.ts'
import { openBatch, type Taken } from './batch.ts'
import type { Run } from './begin.ts'
import type { Mapping } from './mapping.ts'

/**
 * Takes what is held of a source through the rules as they are now, where they are others than at the last run: no portal is asked and nothing is mapped.
 * What this run wrote has been judged already. Returns how many were judged anew.
 */
export async function revalidate(run: Run, mapping: Mapping): Promise<number> {
  const {
    engine,
    engine: { ledger, judgingDigest },
    source,
    options,
    keeper,
  } = run
  if (options.only !== undefined || sourceMemory(ledger, source.id).rules === judgingDigest) return 0
  // The counts of the run are of what it was sent.
  const batch = openBatch(engine, mapping, noCounts(), keeper.rejudged)
  let judged = 0
  for (const record of recordsNotOf(ledger, source.id, keeper.run)) {
    options.signal?.throwIfAborted()
    await batch.add(asMapped(ledger, record))
    judged++
  }
  await batch.settle()
  keeper.allJudged()
  return judged
}

/** The newest version of a record, as if it had just been mapped. */
function asMapped(ledger: Ledger, known: RecordRow): Taken {
  const { graph: text, dataset, portal_modified: modified } = newestVersion(ledger, known.n)!
  const { key, id, payload_digest: digest, graph_digest: held } = known
  const payload = { mediaType: '', body: '' }
  const mapped = { dataset, text, repairs: repairsOf(ledger, known.n) }
  return { key, id, known, digest, payload, held, anew: true, mapped, ...(modified && { modified }) }
}
