import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '../../src/config/sources.ts'
import type { Report, RunOptions } from '../../src/harvest/run/run.ts'
import { fihrist, type Ended } from '../cli/fihrist.ts'
import { edition as strict, openHouse } from '../harvest/harvest.ts'
import { startPortal, type Answer, type Portal } from '../portal.ts'
import { serve, type Open } from '../web/site.ts'

/** An edition that asks of a record no more than it needs to be admitted: what the other profiles find matters to few reports. */
export const edition = `${strict.replace('profiles: [admission, dcat-ap]', 'profiles: [admission]')}store: { kind: oxigraph, replicas: 1 }\n`

/** One portal, the catalogue that harvests it, and its web side: the whole way that a reader relies on. */
export interface Whole extends Open {
  portal: Portal
  source: Source
  /** Declares one more source, at a path of the same portal. */
  also(protocol: 'ckan' | 'dcat', path: string, more: Partial<Source> & { id: string }): Source
  harvest(options?: RunOptions): Promise<Report>
  /** Harvests, and waits until SPARQL knows it too. */
  settle(options?: RunOptions): Promise<Report>
  /** The command line over the same catalogue, in a process of its own. */
  cli(...args: string[]): Promise<Ended>
  /** What a reader sees: how many datasets the list, the feed, the sitemap and SPARQL hold. */
  counts(): Promise<{ list: number; feed: number; sitemap: number; sparql: number }>
  /** The readable id of the record with this key. */
  id(key: string): string
}

export async function openWhole(
  protocol: 'ckan' | 'dcat',
  answers: Record<string, Answer>,
  more: Partial<Source> & { path?: string; yaml?: string } = {},
): Promise<Whole> {
  const { path = protocol === 'dcat' ? '/feed.ttl' : '', yaml = edition, ...declared } = more
  const portal = await startPortal(answers)
  const house = await openHouse(yaml)
  const source = house.source(protocol, portal.url + path, declared)
  const { id, file: _file, folder: _folder, limits: _limits, ca: _ca, ...written } = source
  mkdirSync(join(house.folder, 'harvesters'))
  // What is JSON is YAML too.
  writeFileSync(join(house.folder, `harvesters/${id}.yaml`), JSON.stringify(written))
  const sources = [source]
  const open = await serve(house, sources)
  const harvest = (options?: RunOptions) => house.harvest(source, options)
  const count = async (path: string, pattern: RegExp) => [...(await (await open.get(path)).text()).matchAll(pattern)].length
  return {
    ...open,
    portal,
    source,
    harvest,
    also: (protocol, path, more) => sources[sources.push(house.source(protocol, portal.url + path, more)) - 1]!,
    settle: async options => {
      const report = await harvest(options)
      await open.ready()
      return report
    },
    cli: (...args) => fihrist(args, { cwd: house.folder }),
    counts: async () => {
      const { results } = (await (
        await open.get(
          `/sparql?query=${encodeURIComponent('SELECT (COUNT(DISTINCT ?d) AS ?n) { ?r <http://xmlns.com/foaf/0.1/primaryTopic> ?d . ?d a <http://www.w3.org/ns/dcat#Dataset> }')}`,
        )
      ).json()) as { results: { bindings: { n: { value: string } }[] } }
      return {
        list: Number(/id="results-count"[^>]*>(\d+)/.exec(await (await open.get('/fr/datasets', { Accept: 'text/html' })).text())?.[1] ?? 0),
        feed: Number(/totalItems "?(\d+)/.exec(await (await open.get('/catalog.ttl')).text())?.[1] ?? 0),
        sitemap: await count('/sitemap.xml', /\/dataset\/[^/<]+<\/loc>/g),
        sparql: Number(results.bindings[0]!.n.value),
      }
    },
    id: key => house.records().find(record => record.key === key || record.key.endsWith(`/${key}`))!.id,
    close: async () => {
      await open.close()
      await portal.close()
    },
  }
}

/** The same number everywhere. */
export const everywhere = (count: number) => ({ list: count, feed: count, sitemap: count, sparql: count })
