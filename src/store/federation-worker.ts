import { parentPort, workerData } from 'node:worker_threads'
import { QueryEngine } from '@comunica/query-sparql'
import { sentence } from '../problem.ts'
import { formats } from '../rdf/formats.ts'
import { sd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import type { Quad } from '../rdf/terms.ts'
import type { Federated, FromFederation, ToFederation } from './federation.ts'
import { wholeRows } from './whole-rows.ts'
import type { Cut } from './written.ts'

type Result = Awaited<ReturnType<QueryEngine['query']>>

// One query that names other endpoints, in a thread of its own: Comunica joins what they and our own store answer. All that is asked goes through the thread
// that began this one.

const { sparql, mediaType, own, base, rows, most } = workerData as Federated
const say = (message: FromFederation) => parentPort!.postMessage(message)
const waiting = new Map<number, (answer: Response | Error) => void>()
let asked = 0

parentPort!.on('message', (message: ToFederation) => {
  waiting.get(message.id)?.(
    'failed' in message ? new Error(message.failed) : new Response(message.body as BodyInit, { headers: { 'content-type': message.mediaType } }),
  )
  waiting.delete(message.id)
})

/** Comunica's requests: it looks at an endpoint before it asks, which can be told it from here. */
async function ask(input: Request | URL | string, init?: RequestInit): Promise<Response> {
  const address = new URL(input instanceof Request ? input.url : input)
  const query = address.searchParams.get('query') ?? (init?.body instanceof URLSearchParams ? init.body.get('query') : null)
  address.searchParams.delete('query')
  const url = address.href
  if (query === null) return new Response(`<${url}> <${sd.endpoint.value}> <${url}> .`, { headers: { 'content-type': 'text/turtle' } })
  const id = asked++
  const answer = await new Promise<Response | Error>(resolve => {
    waiting.set(id, resolve)
    say({ ask: { id, url, query } })
  })
  if (answer instanceof Error) throw answer
  return answer
}

async function answer(): Promise<{ text: string; cut?: Cut }> {
  const engine = new QueryEngine()
  // What has another destination for updates, of which there are none here, is not handed to one source as a whole, SERVICE included.
  const result = await engine.query(sparql, {
    sources: [{ type: 'sparql', value: own }],
    destination: 'http://none.invalid/',
    baseIRI: base,
    fetch: ask as typeof fetch,
  })
  if (result.resultType === 'quads') return graph(result)
  let counted = 0
  const upTo: Result =
    result.resultType === 'bindings'
      ? {
          ...result,
          execute: async () =>
            (await result.execute()).take(rows + 1).transform({
              transform: (row, done, push) => {
                if (++counted <= rows) push(row)
                done()
              },
            }) as never,
        }
      : result
  const { data } = await engine.resultToString(upTo, mediaType)
  let text = ''
  for await (const piece of data as AsyncIterable<string>) {
    text += piece
    if (text.length > most) return wholeRows(text, mediaType, rows, false)
  }
  return { text, ...(counted > rows && { cut: 'rows' as const }) }
}

/** A graph is written by our own writers, which know every format. */
async function graph(result: Extract<Result, { resultType: 'quads' }>): Promise<{ text: string; cut?: Cut }> {
  const quads: Quad[] = []
  for await (const quad of (await result.execute()) as unknown as AsyncIterable<Quad>) if (quads.push(quad) > rows) break
  const format = formats.find(each => each.mediaType === mediaType)!
  return { text: await serialise(quads.slice(0, rows), format), ...(quads.length > rows && { cut: 'rows' as const }) }
}

say({ loaded: true })
try {
  say(await answer())
} catch (error) {
  say({ failed: sentence(error) })
}
