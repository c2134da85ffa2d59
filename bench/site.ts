import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { readCatalogue } from '../src/config/catalogue.ts'
import type { Publication } from '../src/outlets/publication.ts'
import { openStore } from '../src/store/open.ts'
import type { WebOptions } from '../src/web/app.ts'
import { serverOf } from '../src/web/http/server.ts'

// The store of a site whose pages are measured by themselves: it is never there.
const nowhere = 'http://127.0.0.1:9/'

/** Serves an edition in this process, from its catalogue's file, on a port of its own. What is served is compiled: Node reads TypeScript, but no JSX. */
export async function serveAlone(file: string, published: Omit<Publication, 'catalogue'>, more: Pick<WebOptions, 'checks'> = {}): Promise<string> {
  appendFileSync(file, `store: { kind: sparql, query: "${nowhere}", update: "${nowhere}", graphStore: "${nowhere}" }\n`)
  const catalogue = readCatalogue(file, process.env)
  const publication = { ...published, catalogue }
  const { webApp } = (await import(new URL('../dist/web/app.js', import.meta.url).href)) as typeof import('../src/web/app.ts')
  const app = webApp({ publication, store: openStore(catalogue.store, publication, join(dirname(file), 'data')), rules: new Map(), version: 'bench', ...more })
  const server = serverOf(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
