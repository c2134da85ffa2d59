import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetSource } from '../../src/ledger/sources/forget.ts'
import { openHouse } from '../harvest/harvest.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// What pages say of sources that are harvested no more: the file is gone, or says enabled: false.

let site: Open
let portal: Portal
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a']) }, '/other.ttl': { type: 'text/turtle', body: feed(['z']) } })
  const house = await openHouse()
  const gone = house.source('dcat', `${portal.url}/feed.ttl`, { id: 'gone' })
  const disabled = house.source('dcat', `${portal.url}/new.ttl`, {
    id: 'new',
    title: { fr: 'Nouveau portail' },
    enabled: false,
    note: { fr: 'Ne répond pas encore.', ar: 'لا يجيب بعد.' },
  })
  const kept = house.source('dcat', `${portal.url}/other.ttl`, { id: 'kept', title: { fr: 'Portail gardé' } })
  for (const source of [gone, kept]) await house.harvest(source)
  site = await serve(house, [kept, disabled])
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const page = async (path: string) => (await site.get(path, browser)).text()

test('the list of sources tells of those that have records and no file', async () => {
  for (const [language, words] of [
    ['fr', 'Sources qui ne sont plus moissonnées'],
    ['ar', 'مصادر لم تعد مشمولة بالجمع'],
    ['en', 'Sources that are no longer harvested'],
  ]) {
    const text = await page(`/${language}/sources`)
    expect(text).toContain(words)
    expect(text).toContain(`href="/${language}/datasets?source=gone"`)
  }
  const { orphans } = (await (await site.get('/sources.json')).json()) as { orphans: object[] }
  expect(orphans).toMatchObject([{ id: 'gone', records: { published: 1 } }])
})

test('nothing leads to the page of a source that has none, and its address says why', async () => {
  for (const path of ['/fr/record/gone-jeu-a', '/fr/dataset/gone-jeu-a', '/fr/record/gone-jeu-a/versions']) {
    const text = await page(path)
    expect(text).toContain('Jeu a')
    expect(text).not.toContain('/sources/gone')
  }
  for (const path of ['/sources/gone', '/sources/gone/runs/1']) {
    const response = await site.get(path, { Accept: 'application/json' })
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      404,
      "La source « gone » n'est plus moissonnée : aucun fichier de l'édition ne la décrit.",
    ])
  }
})

test('a source that was never asked says in the list why, and is none of those the data come from', async () => {
  expect(await page('/fr/sources')).toContain('Ne répond pas encore.')
  expect(await page('/ar/sources')).toContain('لا يجيب بعد.')
  const home = await page('/fr')
  expect(home).toContain('Portail gardé')
  expect(home).not.toContain('Nouveau portail')
})

test('the tombstone of a record of a forgotten source says that its portal is harvested no more', async () => {
  forgetSource(site.house.ledger, 'gone', new Date().toISOString())
  const response = await site.get('/fr/record/gone-jeu-a', browser)
  expect(response.status).toBe(410)
  expect(await response.text()).toContain('Son portail n’est plus moissonné')
  expect(await (await site.get('/record/gone-jeu-a.ttl', { Accept: 'application/json' })).text()).toContain("son portail n'est plus moissonné")
  expect(await page('/fr/sources')).not.toContain('Sources qui ne sont plus moissonnées')
})
