import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Parser, Store as Statements, type Term } from 'n3'
import oxigraph from 'oxigraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem, sentence } from '../../src/problem.ts'
import { ask } from '../../src/store/ask.ts'
import { answerOf, type Store } from '../../src/store/store.ts'
import { webApp } from '../../src/web/app.ts'
import { serverOf } from '../../src/web/http/server.ts'
import { corpus } from '../corpus.ts'
import { openHouse, type House } from '../harvest/harvest.ts'

// The test suite of the SPARQL 1.1 protocol, as W3C describes it in its manifest, asked of the whole web side over a store with the data of the tests.

const suite = corpus && join(corpus, 'w3c/w3c__rdf-tests/sparql/sparql11/protocol')
const present = suite !== undefined && existsSync(join(suite, 'manifest.ttl'))
if (!present) console.warn('The W3C tests of the SPARQL protocol are not run: set FIHRIST_CORPUS to a folder that holds them as w3c/w3c__rdf-tests.')

/** Tests of what this endpoint does not do: it is for reading. What they send must be refused, and not be done. */
const updates = /^(update_|bad_update_|bad_multiple_updates)/

const mf = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#'
const ht = 'http://www.w3.org/2011/http#'
const base = 'http://manifest.example/'
const manifest = new Statements(present ? new Parser({ baseIRI: base }).parse(readFileSync(join(suite, 'manifest.ttl'), 'utf8')) : [])
const value = (subject: Term, property: string) => manifest.getObjects(subject, property, null)[0]
const lists = manifest.extractLists()
const listOf = (node: Term | undefined): Term[] => (node ? ((lists[node.value] as Term[] | undefined) ?? []) : [])
const entries = listOf(manifest.getObjects(base, `${mf}entries`, null)[0])

let house: House
let url: string
let close: () => void
beforeAll(async () => {
  if (!present) return
  house = await openHouse()
  const { catalogue, ledger, vocabulary } = house.engine
  const engine = new oxigraph.Store()
  for (const n of [1, 2, 3])
    engine.load(readFileSync(join(suite!, `data${n}.nt`), 'utf8'), {
      format: 'application/n-triples',
      to_graph_name: oxigraph.namedNode(`http://kasei.us/2009/09/sparql/data/data${n}.rdf`),
    })
  const store: Store = {
    query: async (sparql, wanted) => {
      try {
        return answerOf(1, ask(oxigraph, engine, base, { sparql, ...wanted }, { rows: 1000, most: 1e6 }).text)
      } catch (error) {
        throw new Problem('query-malformed', sentence(error))
      }
    },
    revision: 1,
    waiting: 0,
    learn: () => {},
    copies: async () => [{ revision: 1, ready: true }],
    ready: async () => {},
    close: async () => {},
  }
  const server = serverOf(webApp({ publication: { catalogue, ledger, vocabulary, sources: [] }, store, rules: new Map(), version: 'test' })).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => server.close()
}, 60_000)
afterAll(async () => {
  close?.()
  await house?.close()
})

describe.skipIf(!present)('the W3C tests of the SPARQL protocol', () => {
  test.each(entries.map(entry => [entry.value.split('#').pop()!, entry] as const))('%s', async (name, entry) => {
    for (const request of listOf(value(value(entry, `${mf}action`)!, `${ht}requests`))) {
      const headers = listOf(value(request, `${ht}headers`)).map(header => [value(header, `${ht}fieldName`)!.value, value(header, `${ht}fieldValue`)!.value])
      const body = value(request, `${ht}body`)
      const chars = body ? value(body, 'http://www.w3.org/2011/content#chars')?.value : undefined
      const encoding = body ? value(body, 'http://www.w3.org/2011/content#characterEncoding')?.value : undefined
      const asked = httpRequest(`${url}${value(request, `${ht}absolutePath`)!.value}`, {
        method: value(request, `${ht}methodName`)!.value,
        headers: Object.fromEntries(headers),
      })
      asked.end(chars === undefined ? undefined : Buffer.from(chars, /utf-?16/i.test(encoding ?? '') ? 'utf16le' : 'utf8'))
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      const text = (await response.setEncoding('utf8').toArray()).join('')
      if (updates.test(name)) {
        const isUpdate = /\bupdate=/.test(`${chars} ${value(request, `${ht}absolutePath`)!.value}`) || headers.flat().includes('application/sparql-update')
        if (isUpdate) expect([name, Math.floor(response.statusCode! / 100)], text).toEqual([name, 4])
        // What is asked afterwards is whether it was done.
        else if (response.statusCode === 200) expect(JSON.parse(text)).toMatchObject({ boolean: false })
        continue
      }
      const wanted = value(request, `${ht}resp`)!
      const statuses = manifest.getObjects(wanted, `${mf}expectedStatus`, null).map(status => /(\d)xx$/.exec(status.value)![1])
      expect(statuses, `${response.statusCode} ${text}`).toContain(String(response.statusCode)[0])
      const boolean = value(wanted, `${mf}expectedBoolean`)?.value
      if (boolean !== undefined) expect(JSON.parse(text)).toMatchObject({ boolean: boolean === 'true' })
      const kind = value(wanted, `${mf}expectedFormat`)?.value
      const types: Record<string, RegExp> = {
        boolean: /sparql-results\+json/,
        tabular: /sparql-results|csv|tab-separated/,
        RDF: /turtle|n-triples|rdf\+xml|ld\+json/,
      }
      if (kind) expect(response.headers['content-type']).toMatch(types[kind]!)
    }
  })
})
