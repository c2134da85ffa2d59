import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal, type Portal } from '../portal.ts'
import { serve, type Open } from './site.ts'

// What bodies know of and have not opened: by body, with lateness, and as a table that goes round.

let site: Open
let portal: Portal
const rows = [
  'id,title_fr,title_ar,publisher,opening,status,url',
  '1,Forages,,HCP,2020-01-31,,',
  '2,Puits,آبار,HCP,2999-12-31,,',
  '3,Sources,,HCP,,,',
  '4,Barrages,,HCP,,,https://data.example.org/barrages.csv',
  '5,Lacs,,ADD,,,',
]
beforeAll(async () => {
  portal = await startPortal({ '/a.csv': { type: 'text/csv', body: rows.join('\n') } })
  const house = await openHouse()
  const source = house.source('inventory', `${portal.url}/a.csv`, { id: 'inv' })
  await house.harvest(source)
  site = await serve(house, [source])
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const json = async (path: string) =>
  (await (await site.get(path)).json()) as { bodies: object[]; datasets: { id: string; opening: string | null; late: boolean; publisher: string }[] }

test('each body is told with what it knows, has opened, has announced and is late with', async () => {
  const { bodies } = await json('/inventory.json')
  expect(bodies).toEqual([
    { publisher: 'hcp', known: 4, unopened: 3, announced: 2, late: 1 },
    { publisher: 'add', known: 1, unopened: 1, announced: 0, late: 0 },
  ])
})

test('what is to be opened first comes first, and the page of a body has its own alone', async () => {
  const { datasets } = await json('/inventory.json?body=hcp')
  expect(datasets.map(({ opening, late }) => [opening, late])).toEqual([
    ['2020-01-31', true],
    ['2999-12-31', false],
    [null, false],
  ])
  const page = await (await site.get('/fr/inventory?body=hcp', { Accept: 'text/html' })).text()
  expect(page).toContain('31 janvier 2020')
  expect(page).toContain('En retard')
  expect(page).not.toContain('Lacs')
  const arabic = await (await site.get('/ar/inventory', { Accept: 'text/html' })).text()
  expect(arabic).toContain('جرد البيانات')
  expect((await site.get('/inventory?page=9', { Accept: 'text/html' })).status).toBe(404)
})

test.each(['csv', 'xlsx'])('the table (%s) is read as an inventory again, and says the same', async form => {
  const answer = await site.get(`/fr/inventory.${form}`)
  expect(answer.headers.get('content-disposition')).toContain(`inventory.${form}`)
  expect(answer.headers.get('content-type')!.includes('charset')).toBe(form === 'csv')
  portal.answers[`/again.${form}`] = { type: answer.headers.get('content-type')!, body: Buffer.from(await answer.arrayBuffer()) }
  const again = site.house.fresh()
  const report = await again.harvest(again.source('inventory', `${portal.url}/again.${form}`, { id: 'again' }))
  expect([report.state, report.problems]).toEqual(['complete', []])
  const graphs = again.records().map(({ id }) => again.graph(id))
  expect(graphs.filter(graph => graph.includes('/id/status/planned>')).length).toBe(2)
  expect(graphs.filter(graph => graph.includes('/id/status/inventoried>')).length).toBe(2)
})
