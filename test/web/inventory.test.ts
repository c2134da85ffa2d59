import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// What pages say of datasets that are only known or planned, and of rows that cannot be read.

let site: Open
let portal: Portal
beforeAll(async () => {
  portal = await startPortal({
    '/a.csv': 'المعرف;العنوان;titre_fr;الجهة المسؤولة;الفتح المرتقب\n1;مجموعة;Jeu;ADD;01/01/2027\n2;أخرى;Autre;ADD;لا\n2;ثالثة;Troisième;ADD;لا\n',
    '/b.csv': 'identifiant;titre;description\n7;Puits;Eau\n7;Forages;Eau\n',
  })
  const house = await openHouse()
  const source = house.source('inventory', `${portal.url}/a.csv`, { id: 'jard', language: 'ar' })
  const french = house.source('inventory', `${portal.url}/b.csv`, { id: 'inventaire', language: 'fr' })
  await house.harvest(source)
  await house.harvest(french)
  site = await serve(house, [source, french])
}, 60_000)
afterAll(async () => {
  await site.close()
  await portal.close()
})

test('a planned dataset says so, with its day, where it has no file yet', async () => {
  const page = await (await site.get('/fr/dataset/jard-jeu', browser)).text()
  expect(page).toMatch(/Ouverture des données<\/dt>.{0,200}Publication prévue/s)
  expect(page).toMatch(/<section class="notice unopened-box".{0,200}1(?:er)? janvier 2027/s)
})

test('what is wrong with a row is said in the language of who keeps the inventory, and marked as such', async () => {
  const page = await (await site.get('/fr/sources/jard', browser)).text()
  expect(page).toMatch(/<p class="soft" lang="ar" dir="rtl">[^<]*السطر 4: المعرف «2» مستعمل في السطر 3/)
  const run = await (await site.get('/fr/sources/inventaire/runs/2?part=problems', browser)).text()
  expect(run).toMatch(/<p class="soft" lang="fr" dir="ltr">[^<]*ligne 3 : l(?:'|&#39;)identifiant « 7 » est déjà celui de la ligne 2/)
})
