import { createReadStream } from 'node:fs'
import { QueryEngine } from '@comunica/query-sparql'
import { DataFactory, Store, StreamParser, type Quad } from 'n3'

/**
 * Comunica over the store of N3 in memory, in a process of its own, which can be ended: `node bench/peers/comunica.ts STATEMENTS.nq`. It says `{ loaded }`,
 * the statements it holds, and then answers each query that it is sent with `{ ms, rows }`, or with `{ failed }`.
 */
const store = new Store()
const statements = createReadStream(process.argv[2]!).pipe(new StreamParser({ format: 'N-Quads' })) as AsyncIterable<Quad>
// Without their graphs: the others are asked of the union of all.
for await (const { subject, predicate, object } of statements) store.add(DataFactory.quad(subject, predicate, object))
const engine = new QueryEngine()

process.on('message', async (query: string) => {
  const started = performance.now()
  try {
    const result = await engine.query(query, { sources: [store] })
    const answer = result.resultType === 'bindings' || result.resultType === 'quads' ? await result.execute() : []
    let rows = 0
    for await (const _row of answer as AsyncIterable<unknown>) rows++
    process.send!({ ms: performance.now() - started, rows })
  } catch (error) {
    process.send!({ failed: String(error).slice(0, 200) })
  }
})
process.send!({ loaded: store.size })
