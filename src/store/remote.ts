import fetch from 'node-fetch'
import { addressesOf } from '../config/addresses.ts'
import type { StoreConfiguration } from '../config/catalogue.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import { Problem, sentence } from '../problem.ts'
import { fihrist } from '../rdf/namespaces.ts'
import { authorisedFetch } from './authorise.ts'
import { changesSince, overviewGraphs, qualityGraph, type Change } from './follower.ts'
import { answerOf, type Store, type Wanted } from './store.ts'

type Remote = Extract<StoreConfiguration, { kind: 'sparql' }>

/**
 * A SPARQL 1.1 server that follows the ledger: queries by form-encoded POST (SPARQL 1.1 Protocol, 2.1.2), graphs by the Graph Store Protocol.
 * The revision it has applied stands in its own catalogue graph: after a restart it goes on from there. Its default graph must be the union of all, as
 * Virtuoso's is.
 */
export function openRemote(remote: Remote, publication: Publication): Store {
  const send = authorisedFetch(remote.user, remote.password)
  let applied = 0
  let runs = ''
  let following: Promise<void> | undefined

  const put = async ({ graph, text }: Change) => {
    const url = `${remote.graphStore}?graph=${encodeURIComponent(graph)}`
    const response = await (text
      ? send(url, { method: 'PUT', headers: { 'content-type': 'application/n-triples' }, body: text })
      : send(url, { method: 'DELETE' }))
    const said = await response.text()
    if (!response.ok && !(response.status === 404 && !text))
      throw new Problem('store-busy', `The store ${remote.graphStore} answered ${response.status} to a graph: ${said.slice(0, 300)}`)
  }

  const ask = async (sparql: string, { mediaType, dataset, timeoutS = remote.timeoutS, signal: left }: Wanted): Promise<string> => {
    const inTime = AbortSignal.timeout(Math.min(timeoutS, remote.timeoutS) * 1000)
    const signal = left ? AbortSignal.any([inTime, left]) : inTime
    const graphs = [...(dataset?.default ?? []).map(graph => ['default-graph-uri', graph]), ...(dataset?.named ?? []).map(graph => ['named-graph-uri', graph])]
    try {
      const response = await fetch(remote.query, {
        method: 'POST',
        headers: { accept: mediaType, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams([['query', sparql], ...graphs]).toString(),
        signal,
      })
      const text = await response.text()
      if (response.ok) return text
      throw new Problem(response.status < 500 ? 'query-malformed' : 'store-busy', `The store answered ${response.status}: ${text.slice(0, 500)}`)
    } catch (error) {
      if (error instanceof Problem) throw error
      if (signal.aborted) throw new Problem('query-timeout', `The query ran longer than ${remote.timeoutS} s and was given up.`, {}, error)
      throw new Problem('store-busy', `The store ${remote.query} cannot be reached: ${sentence(error)}.`, {}, error)
    }
  }

  /** Where the server stood when it was last followed; 0 where it holds nothing of ours, or more than the ledger knows. */
  const standing = async (): Promise<number> => {
    const { base } = publication.catalogue
    const answer = await ask(
      `SELECT ?n { GRAPH <${addressesOf(base).graph('catalogue')}> { <${addressesOf(base).catalogue}> <${fihrist.revision.value}> ?n } }`,
      { mediaType: 'text/csv' },
    ).catch(() => '')
    const revision = Number(/(\d+)\D*$/.exec(answer)?.[1] ?? 0)
    return revision <= currentRevision(publication.ledger) ? revision : 0
  }

  const follow = async () => {
    if (runs === '') applied = await standing()
    const next = changesSince(publication, applied)
    for (const change of next.changes) await put(change)
    if (next.revision !== applied || next.runs !== runs)
      for (const change of [...overviewGraphs(publication, next.revision, runs === ''), qualityGraph(publication)]) await put(change)
    applied = next.revision
    runs = next.runs
  }
  // One at a time; a server that is away is tried again at the next turn.
  const turn = () =>
    (following ??= follow().finally(() => {
      following = undefined
    }))
  const timer = setInterval(() => void turn().catch(() => undefined), 1000)
  void turn().catch(() => undefined)

  return {
    query: async (sparql, wanted) => answerOf(applied, await ask(sparql, wanted)),
    copies: async () => [{ revision: applied, ready: runs !== '' }],
    get revision() {
      return applied
    },
    async ready() {
      const target = currentRevision(publication.ledger)
      while (applied < target || runs === '') await turn()
    },
    async close() {
      clearInterval(timer)
      await following?.catch(() => undefined)
    },
  }
}
