import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Source } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { run } from '../../src/harvest/run/run.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { countShownAt } from '../../src/ledger/records/shown.ts'
import { serverOf } from '../../src/web/http/server.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { datasetTurtle } from '../harvest/protocols/dcat/feed.ts'
import { startPortal } from '../portal.ts'
import { serve, type Open } from '../web/site.ts'

/** A catalogue that is served under its own base, so that whoever follows its links stays with it; and the portal that it harvests. */
export interface Published extends Open {
  source: Source
  /** Harvests these datasets (`feed.ts`) beside the fixed ones; at another time than now where one is given. */
  write(datasets: string[], version?: number, at?: string): Promise<void>
  revision(): number
  shown(): number
  /** Our id of a dataset of the portal. */
  idOf(dataset: string): string
}

const fixed = readFileSync(join(root, 'test/outlets/cases/portal.ttl'), 'utf8')

/** Serves what a portal says in `cases/portal.ttl`, and more datasets of nothing special. */
export async function openPublished({ datasets = [], yaml = edition, at }: { datasets?: string[]; yaml?: string; at?: string } = {}): Promise<Published> {
  const front = serverOf(() => {})
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  const house = await openHouse(yaml.replace(/^base: .*$/m, `base: ${base}`))
  const portal = await startPortal({})
  const source = house.source('dcat', `${portal.url}/feed.ttl`, { id: 'portail', title: { fr: 'Portail' }, removal: { threshold: 1, graceDays: 0 } })
  const write = async (more: string[], version = 1, at?: string) => {
    const body =
      fixed.replaceAll('https://catalogue.example.ma', base).replaceAll('https://portail.example', portal.url) +
      more.map(id => datasetTurtle(id, version)).join('')
    portal.answers = {
      '/feed.ttl': { type: 'text/turtle', body },
      '/table.csv': { type: 'text/csv', body: 'année;barrage\n2024;Al Massira\n2025;"Bin; Ouidane"\n' },
    }
    await run(source, at === undefined ? house.engine : { ...house.engine, now: () => new Date(at) })
  }
  await write(datasets, 1, at)
  const open = await serve(house, [source], front)
  return {
    ...open,
    source,
    write,
    revision: () => currentRevision(house.ledger),
    shown: () => countShownAt(house.ledger, currentRevision(house.ledger)),
    idOf: dataset => house.records().find(record => record.dataset === `https://data.example.org/${dataset}`)!.id,
    close: async () => {
      await open.close()
      await portal.close()
    },
  }
}
