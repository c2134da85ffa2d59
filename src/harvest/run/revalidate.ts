import { recordsNotOf } from '../../ledger/records/held.ts'
import { repairsOf } from '../../ledger/records/judgement.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { newestVersion } from '../../ledger/records/shown.ts'
import { noCounts } from '../../ledger/runs/runs.ts'
import { sourceMemory } from '../../ledger/sources/memory.ts'
import { Graph } from '../../rdf/graph.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { namedNode } from '../../rdf/terms.ts'
import { openBatch } from './batch.ts'
import type { Run } from './begin.ts'
import { readOut, type Draft } from './draft.ts'

/**
 * Takes what is held of a source through the rules as they are now, where they are others than at the last run: no portal is asked and nothing is mapped.
 * What this run wrote has been judged already. Returns how many were judged anew.
 */
export async function revalidate(run: Run): Promise<number> {
  const {
    engine,
    engine: { ledger, judgingDigest },
    source,
    options,
    keeper,
  } = run
  if (options.only !== undefined || sourceMemory(ledger, source.id).rules === judgingDigest) return 0
  // The counts of the run are of what it was sent.
  const batch = openBatch(engine, noCounts(), keeper.rejudged)
  let judged = 0
  for (const record of recordsNotOf(ledger, source.id, keeper.run)) {
    options.signal?.throwIfAborted()
    await batch.add(asDraft(run, record))
    judged++
  }
  await batch.end()
  keeper.allJudged()
  return judged
}

/** The newest version of a record, as if it had just been mapped. */
function asDraft({ source, engine }: Run, known: RecordRow): Draft {
  const { ledger, vocabulary, catalogue } = engine
  const { graph: text, dataset, portal_modified: portalModified } = newestVersion(ledger, known.n)!
  const { key, id, payload_digest: payload, graph_digest: graph } = known
  return {
    source: source.id,
    key,
    id,
    dataset,
    known,
    ...readOut({ source, base: catalogue.base, vocabulary }, new Graph(readLines(text)), namedNode(dataset)),
    repairs: repairsOf(ledger, known.n),
    payload: { digest: payload, mediaType: '', body: '' },
    graph: { digest: graph, text },
    ...(portalModified && { portalModified }),
  }
}
