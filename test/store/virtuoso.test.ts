import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openStore } from '../../src/store/open.ts'
import { textOf } from '../../src/store/store.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { embedded as embeddedStore, openFilled } from './catalogue.ts'

const present = spawnSync('virtuoso-t', ['-?']).error === undefined
if (!present) console.warn('skipped: virtuoso-t is not on this machine (Debian: virtuoso-opensource-7)')

test.runIf(present)(
  'OpenLink Virtuoso holds and answers the same as the embedded store, and goes on where it stood after a restart of ours',
  async () => {
    const virtuoso = await startVirtuoso()
    const house = await openFilled()
    const configuration = {
      kind: 'sparql',
      query: `${virtuoso.url}/sparql`,
      update: `${virtuoso.url}/sparql-auth`,
      graphStore: `${virtuoso.url}/sparql-graph-crud-auth`,
      user: 'dba',
      password: 'dba',
      timeoutS: 60,
    } as const
    const embedded = openEmbedded(embeddedStore({ timeoutS: 60 }), house.publication, house.data)
    let remote = openStore(configuration, house.publication, house.data)
    try {
      await Promise.all([embedded.ready(), remote.ready()])
      const rows = async (store: typeof remote, sparql: string) =>
        textOf(await store.query(sparql, { mediaType: 'text/csv' }))
          .trim()
          .split(/\r?\n/)
          .slice(1)
          .map(row => row.replaceAll('"', ''))
          .sort()
      const questions = [
        'SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }',
        'SELECT DISTINCT ?g { GRAPH ?g { ?r a <http://www.w3.org/ns/dcat#CatalogRecord> } } ORDER BY ?g',
        'SELECT DISTINCT ?f { ?d <http://www.w3.org/ns/dcat#distribution> ?x . ?x <http://purl.org/dc/terms/format> ?f } ORDER BY ?f',
        'SELECT ?t { ?d a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> ?t . FILTER (LANG(?t) = "ar") } ORDER BY ?t',
        'SELECT ?v ?run ?program { ?v <http://www.w3.org/ns/prov#specializationOf> ?r ; <http://www.w3.org/ns/prov#wasGeneratedBy> ?run . ?run <http://www.w3.org/ns/prov#wasAssociatedWith> ?program . ?program a <http://www.w3.org/ns/prov#SoftwareAgent> } ORDER BY ?v',
      ]
      for (const question of questions) expect(await rows(remote, question), question).toEqual(await rows(embedded, question))
      expect(await rows(remote, questions[3]!)).not.toEqual([])
      expect(await rows(remote, questions[4]!)).toHaveLength(house.published())

      const other = await openHouse(edition.replace('catalogue.example.ma', 'other.example.ma'))
      for (const method of ['post', 'get']) {
        const harvested = await other.harvest(other.source('sparql', `${virtuoso.url}/sparql`, { id: `by-${method}`, options: { method, pageSize: 25 } }))
        expect(harvested).toMatchObject({ state: 'complete', added: Number((await rows(remote, questions[0]!))[0]), failed: 0, problems: [] })
      }
      await other.close()

      await remote.close()
      remote = openStore(configuration, house.publication, house.data)
      await house.harvest(house.source('dcat', house.portals[2]!.url, { id: 'ministry' }))
      await Promise.all([embedded.ready(), remote.ready()])
      for (const question of questions) expect(await rows(remote, question), question).toEqual(await rows(embedded, question))
    } finally {
      await Promise.all([embedded.close(), remote.close()])
      await house.close()
      await virtuoso.stop()
    }
  },
  180_000,
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function startVirtuoso(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-virtuoso-'))
  const [http, sql] = [await freePort(), await freePort()]
  writeFileSync(
    join(folder, 'virtuoso.ini'),
    `[Database]
DatabaseFile = ${folder}/virtuoso.db
ErrorLogFile = ${folder}/virtuoso.log
LockFile = ${folder}/virtuoso.lck
TransactionFile = ${folder}/virtuoso.trx
xa_persistent_file = ${folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = ${folder}/temp.db
TransactionFile = ${folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:${sql}
NumberOfBuffers = 10000
DirsAllowed = ${folder}
[HTTPServer]
ServerPort = 127.0.0.1:${http}
ServerRoot = ${folder}
[SPARQL]
ResultSetMaxRows = 100000
`,
  )
  const child = spawn('virtuoso-t', ['+foreground', '+configfile', join(folder, 'virtuoso.ini')], { cwd: folder, stdio: 'ignore' })
  const url = `http://127.0.0.1:${http}`
  for (let tries = 0; tries < 120; tries++) {
    if (
      await fetch(`${url}/sparql`).then(
        answer => answer.ok,
        () => false,
      )
    ) {
      return {
        url,
        stop: async () => {
          child.kill('SIGKILL')
          await once(child, 'exit')
          rmSync(folder, { recursive: true, force: true })
        },
      }
    }
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  child.kill('SIGKILL')
  throw new Error('Virtuoso did not start')
}
