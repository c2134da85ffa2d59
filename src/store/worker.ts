import { parentPort, workerData } from 'node:worker_threads'
import oxigraph from 'oxigraph'
import { addressesOf } from '../config/addresses.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import type { ProblemCode } from '../problem.ts'
import { sentence } from '../problem.ts'
import { unpackVocabulary } from '../vocabulary/packed.ts'
import type { FromWorker, Given, ToAnswer, ToWorker } from './embedded.ts'
import { changesSince, overviewGraphs, type Change } from './follower.ts'

const { data, catalogue, sources, lists, stop } = workerData as Given
const ledger = openLedger(data, { readOnly: true })
const publication = { ledger, catalogue, vocabulary: unpackVocabulary(lists), sources }
const store = new oxigraph.Store()
const say = (message: FromWorker) => parentPort!.postMessage(message)

/** Ends the thread where that is asked for. */
function endIfAsked(): void {
  if (Atomics.load(stop, 0) === 1) process.exit()
}

function put({ graph, text }: Change, fresh: boolean): void {
  endIfAsked()
  if (!fresh) store.update(`DROP SILENT GRAPH <${graph}>`)
  if (text) store.load(text, { format: 'application/n-triples', to_graph_name: oxigraph.namedNode(graph), no_transaction: true, lenient: true })
}

let applied = 0
let seenRuns = ''
let overviewAt = 0
let overviewRevision = -1

/** Applies what has changed in the ledger since the last time; the first time, everything. The graphs about the whole wait until a run pauses for breath. */
function follow(now: boolean): void {
  endIfAsked()
  const { revision, runs, changes } = changesSince(publication, applied)
  for (const change of changes) put(change, applied === 0)
  const quiet = revision === applied
  applied = revision
  const first = seenRuns === ''
  const stale = runs !== seenRuns || overviewRevision !== revision
  if (stale && (now || first || quiet || Date.now() - overviewAt > 30_000)) {
    for (const change of overviewGraphs(publication, revision, first)) put(change, first)
    seenRuns = runs
    overviewRevision = revision
    overviewAt = Date.now()
  }
  say({ revision })
}

function answer({ sparql, mediaType, ownDataset }: ToAnswer): { text: string } | { code: ProblemCode; message: string } {
  try {
    return {
      text: store.query(sparql, { base_iri: addressesOf(catalogue.base).home, results_format: mediaType, use_default_graph_as_union: !ownDataset }) as string,
    }
  } catch (error) {
    // Its memory is in disorder: it would answer no other query.
    if (error instanceof WebAssembly.RuntimeError) throw error
    const message = sentence(error)
    return { code: /not supported/i.test(message) ? 'query-refused' : 'query-malformed', message: `The query cannot be answered: ${message}.` }
  }
}

parentPort!.on('message', (message: ToWorker) => {
  if ('follow' in message) follow(true)
  else say({ id: message.id, ...answer(message) })
})
follow(true)
setInterval(() => follow(false), 1000)
