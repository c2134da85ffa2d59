import { afterAll, beforeAll, expect, test } from 'vitest'
import { toJson } from '../../src/cli/harvest.ts'
import type { Source } from '../../src/config/sources.ts'
import { argsOf, joined } from '../../src/harvest/schedule/job.ts'
import { bring } from '../../src/ledger/programme/contributions.ts'
import { contributions } from '../../src/ledger/programme/lists.ts'
import { recordById } from '../../src/ledger/records/records.ts'
import { facetsOf } from '../../src/ledger/records/traits.ts'
import { keepForeseen } from '../../src/ledger/runs/foreseen.ts'
import { waitingRequests } from '../../src/ledger/runs/run-requests.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal, type Portal } from '../portal.ts'
import { png } from './picture.ts'
import { serve, type Open } from './site.ts'
import { hidden, read, steward, visitor, type Visitor } from './visitor.ts'

// What people made of datasets, with a picture; and what is wrong with one.

let site: Open
let portal: Portal
let rod: Visitor
let source: Source
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']) } })
  const house = await openHouse(`${edition}programme: { withholdReported: 2 }\n`)
  source = house.source('dcat', `${portal.url}/feed.ttl`)
  await house.harvest(source)
  site = await serve(house, [source])
  rod = await steward(site)
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const made = {
  title: 'خريطة السدود',
  type: 'visualisation',
  text: 'رسم بياني',
  address: 'https://sudud.example.org/',
  author: 'جمعية الماء',
  datasets: 'portal-jeu-a',
}
const picture = () => new File([new Uint8Array(png(4, 3, { tEXt: 'GPS\u00001,2' }))], 'map.png', { type: 'image/png' })
const latest = () => contributions(site.house.ledger, { most: 1 })[0]!
const decide = async (id: number, move: string, fields: Record<string, string> = {}) => {
  const page = await rod.page(`/steward/matters/${id}`)
  return rod.post(`/steward/matters/${id}`, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), move, ...fields })
}

test('a reuse with its picture is shown once a steward has read it, and is linked both ways', async () => {
  const citizen = visitor(site, 'ar')
  expect((await citizen.fill('/reuses/new', { ...made, picture: picture() })).status).toBe(303)
  const { id } = latest()
  expect((await citizen.get(`/reuses/${id}/picture`)).status).toBe(404)
  expect((await rod.get(`/steward/matters/${id}/picture`)).headers.get('Content-Type')).toBe('image/png')
  expect((await decide(id, 'publish')).status).toBe(303)

  expect(await citizen.page('/ar/reuses')).toMatch(new RegExp(`<img src="/reuses/${id}/picture\\?`))
  const page = await citizen.page(`/fr/reuses/${id}`)
  expect(page).toMatch(/<bdi lang="ar">خريطة السدود/)
  expect(page).toContain('/fr/dataset/portal-jeu-a')
  const shown = await citizen.get(`/reuses/${id}/picture`)
  expect([shown.status, shown.headers.get('Content-Type'), shown.headers.get('X-Content-Type-Options')]).toEqual([200, 'image/png', 'nosniff'])
  expect(Buffer.from(await shown.arrayBuffer()).equals(png(4, 3))).toBe(true)
  expect(await citizen.page('/ar/dataset/portal-jeu-a')).toContain('خريطة السدود')

  // It is found by the bodies and themes of the datasets that it is made of.
  const { publisher } = facetsOf(site.house.ledger, [recordById(site.house.ledger, 'portal-jeu-a')!.n])
    .values()
    .next().value!
  const of = new URLSearchParams({ publisher: publisher![0]! })
  expect(await citizen.page(`/ar/reuses?${of}`)).toContain('خريطة السدود')
  expect(await citizen.page('/ar/reuses?publisher=nobody')).not.toContain('خريطة السدود')
  expect(await citizen.page(`/fr/organisation/${encodeURIComponent(publisher![0]!)}`)).toMatch(/href="\/fr\/reuses\?publisher=[^"]+">1 réutilisation</)

  await site.ready()
  const query = `PREFIX duv: <http://www.w3.org/ns/duv#> PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
    ASK { ?dataset duv:hasUsage ?reuse ; dcat:qualifiedRelation [ a dcat:Relationship ; dct:relation ?reuse ] . ?reuse duv:refersTo ?dataset }`
  const answer = await site.get(`/sparql?${new URLSearchParams({ query })}`, { Accept: 'application/sparql-results+json' })
  expect(await answer.json()).toMatchObject({ boolean: true })

  expect((await decide(id, 'withdraw')).status).toBe(303)
  expect((await citizen.get(`/reuses/${id}`)).status).toBe(404)
  expect(await citizen.page('/ar/dataset/portal-jeu-a')).not.toContain('خريطة السدود')
})

test.each([
  ['a picture that is none', { picture: new File(['<svg onload="x()"/>'], 'x.png', { type: 'image/png' }) }, "L'image doit être un fichier PNG, JPEG ou WebP."],
  ['a private address', { address: 'http://192.168.1.1/admin' }, 'Donnez une adresse publique complète'],
  ['a program for an address', { address: 'javascript:alert(1)' }, 'Donnez une adresse publique complète'],
  ['an address with a password', { address: 'https://user:pass@example.org/' }, 'Donnez une adresse publique complète'],
  ['a dataset that there is not', { datasets: 'nothing' }, "Aucun jeu de données du catalogue ne s'appelle « nothing »."],
  ['a kind that there is not', { type: 'virus' }, 'Choisissez une valeur de la liste.'],
])('%s is refused with a sentence', async (_what, fields: Record<string, string | Blob>, sentence) => {
  const citizen = visitor(site)
  const ticket = hidden(await citizen.page('/reuses/new'), 'ticket')
  const refused = await citizen.post('/reuses/new', { ticket, ...made, picture: picture(), ...fields })
  expect([refused.status, await read(refused)]).toEqual([422, expect.stringContaining(sentence)])
})

test('a report of a problem reaches the stewards of the dataset, is answered, and is public at no time', async () => {
  const citizen = visitor(site)
  expect(await citizen.page('/fr/dataset/portal-jeu-a')).toContain('href="/fr/dataset/portal-jeu-a/report"')
  const sent = await citizen.fill('/fr/dataset/portal-jeu-a/report', { type: 'link', text: 'Le lien du fichier répond 404.', file: 'a.csv' })
  const { id, kind, datasets } = latest()
  expect([kind, datasets]).toEqual(['report', ['portal-jeu-a']])
  expect(await rod.page('/steward')).toContain('Un lien rompu – portal-jeu-a')
  expect(await (await decide(id, 'mend')).text()).toContain('Ce champ est à remplir.')
  expect((await decide(id, 'mend', { answer: 'Corrigé.' })).status).toBe(303)
  const receipt = await citizen.page(sent.headers.get('Location')!)
  expect(receipt).toContain('Corrigé')
  expect(receipt).not.toContain('404')
  for (const path of [`/requests/${id}`, `/reuses/${id}`]) expect((await citizen.get(path)).status).toBe(404)
})

test('personal data that two people report withhold a dataset until a steward releases it; one who reports twice is one', async () => {
  const report = { type: 'personal', text: 'Des noms et des téléphones.' }
  const one = visitor(site)
  for (const _ of [1, 2]) expect((await one.fill('/fr/dataset/portal-jeu-b/report', report)).status).toBe(303)
  expect((await one.get('/fr/dataset/portal-jeu-b')).status).toBe(200)
  expect((await visitor(site).fill('/fr/dataset/portal-jeu-b/report', report)).status).toBe(303)
  expect((await one.get('/fr/dataset/portal-jeu-b')).status).toBe(404)

  expect(await rod.page('/steward')).toContain('/steward/records/portal-jeu-b')
  const page = await rod.page('/steward/records/portal-jeu-b')
  expect(page).toContain('Données personnelles signalées par 2 personnes.')
  const silent = await rod.post('/steward/records/portal-jeu-b', { sign: hidden(page, 'sign'), do: 'release', reason: '' })
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('Ce champ est à remplir.')])
  expect((await rod.post('/steward/records/portal-jeu-b', { sign: hidden(page, 'sign'), do: 'release', reason: 'Noms de rues' })).status).toBe(303)
  expect(waitingRequests(site.house.ledger)).toMatchObject([{ source: 'portal', record: null, origin: 'admin' }])
  await site.house.harvest(source)
  expect((await one.get('/fr/dataset/portal-jeu-b')).status).toBe(200)
  // What a steward has decided stands.
  expect((await visitor(site).fill('/fr/dataset/portal-jeu-b/report', report)).status).toBe(303)
  expect((await one.get('/fr/dataset/portal-jeu-b')).status).toBe(200)
})

test('a steward corrects what a portal says, with a text or an entry of a list, and takes it back', async () => {
  const address = '/steward/records/portal-jeu-a'
  const sign = hidden(await rod.page(address), 'sign')
  const say = (fields: Record<string, string>) => rod.post(address, { sign, do: 'correct', property: 'title', language: 'fr', value: '', ...fields })
  for (const [fields, sentence] of [
    [{ value: '' }, 'Ce champ est à remplir.'],
    [{ value: 'a\u202Eb' }, 'signes invisibles'],
    [{ property: 'publisher', value: 'Nulle part' }, "La liste n'a pas d'entrée de ce nom."],
    [{ property: 'rights', value: 'x' }, 'Choisissez une valeur de la liste.'],
  ] as const) {
    const refused = await say(fields)
    expect([refused.status, await read(refused)]).toEqual([422, expect.stringContaining(sentence)])
  }
  expect((await say({ value: 'Débits des oueds' })).status).toBe(303)
  expect((await say({ property: 'publisher', value: 'HCP' })).status).toBe(303)
  await site.house.harvest(source)
  const page = await visitor(site).page('/fr/dataset/portal-jeu-a')
  expect(page).toContain('Débits des oueds')
  expect(page).toContain('Haut-Commissariat au Plan')
  // Everybody is told what was corrected and by what office, and nobody by whom.
  expect(page).toMatch(/Corrigé par le catalogue.*Titre<\/strong> \(Français\).*responsables du catalogue, <time/s)
  expect(page).not.toContain('Salma')
  expect(await rod.page(`/fr${address}`)).toMatch(/Titre.*Débits des oueds.*Salma/s)
  expect((await say({ do: 'take-back' })).status).toBe(303)
  await site.house.harvest(source)
  expect(await visitor(site).page('/fr/dataset/portal-jeu-a')).not.toContain('Débits des oueds')
})

test('what a run would bring is shown before it is made, and is asked of the schedule as a dry run', async () => {
  const path = '/fr/steward/sources/portal'
  const sign = hidden(await rod.page(path), 'sign')
  expect((await rod.post(path, { sign, do: 'look' })).headers.get('Location')).toBe(path)
  const asked = waitingRequests(site.house.ledger).find(({ dry }) => dry === 1)!
  expect(argsOf(joined(source, [asked]))).toEqual(['harvest', 'portal', '--json', '--dry-run', '--most=100'])
  expect(await rod.page(path)).toContain('Le portail est lu')

  portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'c'], { edition: 2 }) } }
  const before = site.house.content()
  const report = await site.house.harvest(source, { dryRun: true, listed: 100 })
  expect(site.house.content()).toEqual(before)
  keepForeseen(site.house.ledger, 'portal', toJson(report, site.house.engine.catalogue.base), new Date().toISOString())
  const page = await rod.page(path)
  expect(page).toMatch(/Nouvelles.*portal-jeu-c/s)
  expect(page).toMatch(/portal-jeu-a.*dct:description.*<del><bdi>Description a.*<ins><bdi>Description a, version 2/s)
  expect(page).toMatch(/Trop de fiches manquent.*Disparues du portail.*portal-jeu-b/s)

  const hcp = await steward(site, { email: 'hcp@example.ma', role: 'steward', body: 'hcp' })
  expect((await hcp.get(path)).status).toBe(403)
})

test('who decides of a reuse sees whether its address answers', async () => {
  const at = new Date().toISOString()
  for (const [address, sentence] of [
    [`${portal.url}/feed.ttl`, '>répond<'],
    [`${portal.url}/gone`, 'ne répond pas'],
    ['http://10.0.0.1/', 'ne répond pas'],
  ] as const) {
    const { id } = bring(site.house.ledger, { kind: 'reuse', language: 'fr', said: { ...made, address } }, at)
    expect(await rod.page(`/fr/steward/matters/${id}?reach=1`)).toContain(sentence)
  }
})
