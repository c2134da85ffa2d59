import { afterAll, expect, test } from 'vitest'
import { getRun } from '../../src/ledger/runs/runs.ts'
import { allLines } from '../../src/outlets/report/lines.ts'
import { openReport } from '../../src/outlets/report/report.ts'
import { allSaid } from '../ledger/said.ts'
import { startPortal } from '../portal.ts'
import { edition, openHouse } from './harvest.ts'
import { packageSearch } from './protocols/ckan/portal.ts'

const dataset = {
  id: 'a1',
  name: 'eau',
  title: 'Eau potable',
  notes: 'Écrire à salma.idrissi@example.ma ou au 06 12 34 56 78.',
  author: 'Mohamed Alaoui',
  author_email: 'm.alaoui@gmail.com',
  temporal_coverage: '2010-2020',
  organization: { name: 'hcp', title: 'HCP' },
  resources: [{ id: 'r1', url: 'https://eau.example.ma/f.csv', format: 'CSV', name: 'Fichier' }],
}
const personal = /alaoui|idrissi|06 12 34/i
const portal = await startPortal({ '/api/3/action/package_search?*': packageSearch([dataset]) })
const house = await openHouse(`${edition}contacts: { replacePersonal: true, functional: opendata@example.ma, mobile: ['^0[67]\\d{8}$'] }\n`)
const open = await openHouse()
afterAll(async () => {
  await house.close()
  await open.close()
  await portal.close()
})

test('of people nothing is in the ledger but the payload as it was sent, where the edition says so', async () => {
  const report = await house.harvest(house.source('ckan', portal.url))
  expect(report).toMatchObject({ state: 'complete', added: 1 })
  const [record] = house.records()
  expect(house.graph(record!.id)).not.toMatch(personal)
  expect(house.graph(record!.id)).toContain('mailto:opendata@example.ma')
  expect(JSON.stringify(allSaid(house.ledger))).not.toMatch(personal)
  for (const table of ['record', 'problem']) expect(JSON.stringify(house.ledger.all(`SELECT * FROM ${table}`)), table).not.toMatch(personal)
  expect(allSaid(house.ledger).repairs.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['contact-replaced', 'personal-data', 'period-read', 'language-assumed']),
  )
})

test('nor is there in the report on the run, which shows what the portal sent', async () => {
  const source = house.source('ckan', portal.url)
  const report = await house.harvest(source, { full: true })
  const { catalogue, vocabulary } = house.engine
  const lines = [
    ...allLines(
      openReport(
        { catalogue, vocabulary, ledger: house.ledger, sources: [source] },
        () => ({ title: {}, mend: {} }),
        source,
        getRun(house.ledger, source.id, report.run)!,
      ),
    ),
  ]
  expect(lines.filter(({ excerpt }) => excerpt).length).toBeGreaterThan(0)
  expect(JSON.stringify(lines)).not.toMatch(personal)
})

test('where it says nothing all is kept; records are mapped anew once it does', async () => {
  await open.harvest(open.source('ckan', portal.url))
  expect(open.graph(open.records()[0]!.id)).toMatch(personal)
  expect(open.engine.editionDigest).not.toBe(house.engine.editionDigest)
})
