import { commitRebuilt } from '../../ledger/records/rebuilt.ts'
import { selectRecords, type RecordRow } from '../../ledger/records/records.ts'
import { noCounts } from '../../ledger/runs/runs.ts'
import { readLines } from '../../rdf/turtle.ts'
import { Graph } from '../../rdf/graph.ts'
import { namedNode } from '../../rdf/terms.ts'
import { openBatch } from './batch.ts'
import { readOut, type Draft } from './draft.ts'
import { previewJudgement } from './preview.ts'
import type { State } from './state.ts'
import { newestVersion } from '../../ledger/records/shown.ts'
import { repairsOf } from '../../ledger/records/judgement.ts'
import { sourceMemory, rememberSource } from '../../ledger/sources/memory.ts'

/** Records that are read at a time. */
const page = 100

/** Of a source of which nothing is held, all will be judged by today's rules, however often its first run is interrupted. */
export function noteRules({ engine: { ledger, judgingDigest }, source, options, held }: State): void {
  if (held === 0 && !options.dryRun) rememberSource(ledger, source.id, { rules: judgingDigest })
}

/**
 * Takes what is held of a source through the rules as they are now, where they are others than at the last run: no portal is asked and nothing is mapped.
 * What this run wrote has been judged already. Returns how many were judged anew.
 */
export async function judgeAnew(state: State): Promise<number> {
  const {
    engine: { ledger, judgingDigest },
    source,
    options,
    id,
  } = state
  if (options.only !== undefined || sourceMemory(ledger, source.id).rules === judgingDigest) return 0
  const batch = openBatch({ ...state, counts: noCounts() }, entries => {
    if (options.dryRun) previewJudgement(state, entries)
    else
      commitRebuilt(
        ledger,
        new Date().toISOString(),
        entries.map(entry => ({ entry, was: entry.payload.digest })),
      )
  })
  const next = (after: number) =>
    selectRecords(
      ledger,
      `WHERE source = ? AND admission NOT IN ('removed', 'withheld') AND n > ? AND (SELECT run FROM version WHERE record = n ORDER BY id DESC LIMIT 1) <> ? ORDER BY n LIMIT ?`,
      source.id,
      after,
      id,
      page,
    )
  let judged = 0
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)!.n)) {
    options.signal?.throwIfAborted()
    for (const row of rows) await batch.add(held(state, row))
    judged += rows.length
  }
  await batch.end()
  if (!options.dryRun) rememberSource(ledger, source.id, { rules: judgingDigest })
  return judged
}

/** The newest version of a record, as if it had just been mapped. */
function held(state: State, known: RecordRow): Draft {
  const { ledger } = state.engine
  const { graph: text, dataset, portal_modified: portalModified } = newestVersion(ledger, known.n)!
  const digests = ledger.get<{ payload: string; graph: string }>('SELECT payload_digest AS payload, graph_digest AS graph FROM record WHERE n = ?', known.n)!
  const { source, key, id } = known
  return {
    source,
    key,
    id,
    dataset,
    known,
    ...readOut(state, new Graph(readLines(text)), namedNode(dataset)),
    repairs: repairsOf(ledger, known.n),
    payload: { digest: digests.payload, mediaType: '', body: '' },
    graph: { digest: digests.graph, text },
    ...(portalModified && { portalModified }),
  }
}
