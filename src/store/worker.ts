import { parentPort, workerData } from 'node:worker_threads'
import { addressesOf } from '../config/addresses.ts'
import oxigraph from 'oxigraph'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import type { ProblemCode } from '../problem.ts'
import { sentence } from '../problem.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import type { FromWorker, ToWorker } from './embedded.ts'
import { changesSince, overviewGraphs, type Change } from './follower.ts'

const { data, catalogue, sources } = workerData as { data: string; catalogue: Catalogue; sources: Source[] }
const ledger = openLedger(data, { readOnly: true })
const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
const publication = { ledger, catalogue, vocabulary, sources }
const store = new oxigraph.Store()
const say = (message: FromWorker) => parentPort!.postMessage(message)

function put({ graph, text }: Change, fresh: boolean): void {
  if (!fresh) store.update(`DROP SILENT GRAPH <${graph}>`)
  if (text) store.load(text, { format: 'application/n-triples', to_graph_name: oxigraph.namedNode(graph), no_transaction: true, lenient: true })
}

let applied = 0
let seenRuns = ''
let overviewAt = 0
let overviewRevision = -1

/** Applies what has changed in the ledger since the last time; the first time, everything. The graphs about the whole wait until a run pauses for breath. */
function follow(now: boolean): void {
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

function answer(sparql: string, mediaType: string): { text: string } | { code: ProblemCode; message: string } {
  try {
    return { text: store.query(sparql, { base_iri: addressesOf(catalogue.base).home, results_format: mediaType, use_default_graph_as_union: true }) as string }
  } catch (error) {
    const message = sentence(error)
    return { code: /not supported/i.test(message) ? 'query-refused' : 'query-malformed', message: `The query cannot be answered: ${message}.` }
  }
}

parentPort!.on('message', (message: ToWorker) => {
  if ('follow' in message) follow(true)
  else say({ id: message.id, ...answer(message.sparql, message.mediaType) })
})
follow(true)
setInterval(() => follow(false), 1000)
