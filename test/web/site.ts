import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { addressesOf, startPortals } from '../../demo/portals.ts'
import { endpointsOf } from '../../src/cli/endpoints.ts'
import { feedsOf } from '../../src/cli/feeds.ts'
import { previewsOf } from '../../src/cli/previews.ts'
import { reachOf } from '../../src/cli/reach.ts'
import { readCatalogue } from '../../src/config/catalogue.ts'
import { readSources, type Source } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { proxied } from '../../src/harvest/http/proxied.ts'
import { protocolOptions } from '../../src/harvest/protocols/index.ts'
import { rebuild } from '../../src/harvest/run/rebuild.ts'
import { run } from '../../src/harvest/run/run.ts'
import { openStore } from '../../src/store/open.ts'
import { openChecks } from '../../src/validate/checks/checks.ts'
import { loadProfile, rulesOf } from '../../src/validate/profiles.ts'
import { standardOf } from '../../src/validate/standard.ts'
import { webApp } from '../../src/web/app.ts'
import { serverOf } from '../../src/web/http/server.ts'
import { keptLedger, openHouse, type House } from '../harvest/harvest.ts'
import { startPortal } from '../portal.ts'

/** A house and its web side. */
export interface Open {
  house: House
  url: string
  get(path: string, headers?: Record<string, string>, more?: RequestInit): Promise<Response>
  /** Waits until the store has followed the ledger. */
  ready(): Promise<void>
  /** What went wrong that we did not foresee. */
  failures: unknown[]
  close(): Promise<void>
}

/** The demonstration edition, harvested and served; and a portal whose feed is ours to write. */
export interface Served extends Open {
  /** Writes the feed of a portal beside the samples and harvests it. */
  feed(turtle: string): Promise<void>
  /** Harvests one of the sources again, or makes its records anew of what is kept. */
  harvest(id: string): Promise<void>
  rebuild(id: string): Promise<void>
}

export const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'Accept-Language': 'fr' }

interface Harvested {
  env: Record<string, string>
  ledger: Buffer
}
/** The demonstration edition, by its sample portals: it stands beside them in its own folder. */
const demo = () => readFileSync(join(root, 'demo/catalogue.yaml'), 'utf8').replace('./harvesters', join(root, 'demo/harvesters'))
const sourcesOf = (env: Record<string, string>) => readSources(readCatalogue(join(root, 'demo/catalogue.yaml'), env), protocolOptions, env)

let harvested: Promise<Harvested> | undefined
/** The sample portals, and the ledger of what was harvested of them: once for all tests of a process, as no test changes anything in these portals. */
async function harvestDemo(): Promise<Harvested> {
  const env = addressesOf(await startPortals())
  const house = await openHouse(demo())
  for (const source of sourcesOf(env)) await run(source, house.engine)
  const ledger = keptLedger(house.ledger)
  await house.close()
  return { env, ledger }
}

export async function openServed(): Promise<Served> {
  const { env, ledger } = await (harvested ??= harvestDemo())
  const house = await openHouse(demo(), ledger)
  const written = await startPortal({})
  const small = house.source('dcat', `${written.url}/feed.ttl`, { id: 'small', title: { fr: 'Petit portail' }, removal: { threshold: 1, graceDays: 0 } })
  const sources = [...sourcesOf(env), small]
  const open = await serve(house, sources)
  return {
    ...open,
    feed: async turtle => {
      written.answers = { '/feed.ttl': { type: 'text/turtle', body: turtle } }
      await run(small, house.engine)
      await open.ready()
    },
    harvest: async id => {
      await run(
        sources.find(source => source.id === id)!,
        house.engine,
      )
      await open.ready()
    },
    rebuild: async id => {
      await rebuild(
        sources.find(source => source.id === id)!,
        house.engine,
      )
      await open.ready()
    },
    close: async () => {
      await open.close()
      await written.close()
    },
  }
}

/** Serves what a house holds, at a port that is free or by a server that listens already; closes the house with it. */
export async function serve(house: House, sources: Source[], front?: Server): Promise<Open> {
  const { catalogue, ledger, vocabulary } = house.engine
  const profiles = await Promise.all(catalogue.profiles.map(name => loadProfile(catalogue.shapes, catalogue.base, name)))
  const publication = { catalogue, ledger, vocabulary, sources }
  const store = openStore(catalogue.store, publication, join(house.folder, 'data'), { outside: endpointsOf(catalogue) })
  const failures: unknown[] = []
  const { shapes, base, words, compliance = 'dcat-ap' } = catalogue
  const checks = openChecks({ shapes, base, profile: compliance, words, vocabulary, fetch: feedsOf(catalogue) })
  const app = webApp({
    publication,
    store,
    checks,
    rules: new Map(profiles.flatMap(profile => [...rulesOf(profile)])),
    standards: profiles.map(standardOf),
    version: 'test',
    preview: previewsOf(catalogue),
    reach: reachOf(catalogue),
    ...(catalogue.http.proxy && { outside: proxied(catalogue.http.proxy) }),
    report: error => failures.push(error),
  })
  const server =
    front?.on('request', app) ??
    (await new Promise<Server>(resolve => {
      const listening = serverOf(app).listen(0, '127.0.0.1', () => resolve(listening))
    }))
  // A slow machine may take longer between two requests than a server waits by itself.
  server.keepAliveTimeout = 60_000
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await store.ready()
  return {
    house,
    url,
    failures,
    ready: () => store.ready(),
    get: (path, headers = {}, more = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...more, headers: { Accept: '*/*', ...headers } }),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await Promise.all([store.close(), checks.close()])
      await house.close()
    },
  }
}
