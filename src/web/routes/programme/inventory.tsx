import { spoken } from '../../../inventory/columns.ts'
import { openings, unopened, type Opening, type Unopened } from '../../../ledger/records/unopened.ts'
import { inventoryCsv, inventoryXlsx } from '../../../outlets/inventory.ts'
import { saidProblem } from '../../../words/said.ts'
import { csv, html, json } from '../../http/forms.ts'
import type { Resource } from '../../http/route.ts'
import { InventoryView } from '../../views/programme/inventory.tsx'

/** What bodies know of and have not opened, as an address asks for it: `?body=…&page=2`. */
export interface Inventory {
  today: string
  bodies: Opening[]
  body: string | undefined
  all: Unopened[]
  at: number
  last: number
}

const perPage = 50

const fileOf = (body: string | undefined) => (body === undefined ? 'inventory' : `inventory-${body.replace(/[^\w-]/g, '')}`)

/** Datasets that are known and not opened, by body, with the day on which they were to be. */
export const inventory: Resource<Inventory> = {
  find: ({ query, site }) => {
    const { ledger } = site.publication
    const today = new Date().toISOString().slice(0, 10)
    const body = query.get('body')?.slice(0, 200) || undefined
    const bodies = openings(ledger, today)
    const total = bodies.filter(({ publisher }) => body === undefined || publisher === body).reduce((sum, each) => sum + each.unopened, 0)
    const last = Math.max(1, Math.ceil(total / perPage))
    const at = Math.max(1, Math.min(Math.trunc(Number(query.get('page'))) || 1, 1e6))
    if (at > last) throw saidProblem('not-found', 'form.no_page', { last, at })
    return { today, bodies, body, all: unopened(ledger, today, { publisher: body, most: perPage, offset: (at - 1) * perPage }), at, last }
  },
  as: [
    html((found, page) => <InventoryView page={page} inventory={found} />),
    json(({ bodies, all }) => ({ bodies, datasets: all })),
    csv(
      ({ today, body }, { site }) => inventoryCsv(site.publication, today, body),
      ({ body }) => `${fileOf(body)}.csv`,
    ),
    {
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      extension: 'xlsx',
      isPage: true,
      fileName: ({ body }) => `${fileOf(body)}.xlsx`,
      write: ({ today, body }, { site, language }) => inventoryXlsx(site.publication, today, spoken(language), body),
    },
  ],
  // What is late depends on the day.
  seconds: 3600,
}
