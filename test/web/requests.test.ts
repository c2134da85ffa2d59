import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../src/config/sources.ts'
import { publicStates } from '../../src/ledger/programme/kinds.ts'
import { lettersDue } from '../../src/ledger/programme/letters.ts'
import { contributions } from '../../src/ledger/programme/lists.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { waitingRequests } from '../../src/ledger/runs/run-requests.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal, type Portal } from '../portal.ts'
import { serve, type Open } from './site.ts'
import { hidden, read, steward, visitor } from './visitor.ts'

// A dataset that somebody asks for: from the form to the answer, and what the public sees of it.

let site: Open
let portal: Portal
let kept: Source
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']) } })
  const house = await openHouse(`${edition}notices: { mail: { smtp: "smtp://127.0.0.1:1", from: catalogue@example.ma } }\n`)
  const source = house.source('dcat', `${portal.url}/feed.ttl`)
  await house.harvest(source)
  kept = house.source('inventory', 'ledger:inventory', { id: 'kept', title: { fr: 'Inventaire' }, removal: { threshold: 1, graceDays: 0 } })
  site = await serve(house, [source, kept])
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const asked = {
  title: 'Débit des sources',
  text: 'Par mois et par source,\r\ndepuis 2010.',
  purpose: 'Pour une thèse',
  body: 'hcp',
  email: 'Nadia@example.org',
}
const latest = () => contributions(site.house.ledger, { most: 1 })[0]!
const sparql = async (query: string) => {
  await site.ready()
  const answer = await site.get(`/sparql?${new URLSearchParams({ query })}`, { Accept: 'application/sparql-results+json' })
  return ((await answer.json()) as { results: { bindings: Record<string, { value: string }>[] } }).results.bindings
}

test('a request goes from the form by moderation and an answer to the dataset that closes it, with the state and the date of each step', async () => {
  const citizen = visitor(site)
  const sent = await citizen.fill('/requests/new', asked)
  expect(sent.status).toBe(303)
  const { id } = latest()
  expect(await citizen.page(sent.headers.get('Location')!)).toMatch(/Demande n° \d+.*Reçue/s)
  // Nobody sees it before it was read.
  expect((await citizen.get(`/requests/${id}`)).status).toBe(404)
  expect(await citizen.page('/requests')).not.toContain('Débit des sources')

  const rod = await steward(site)
  const before = currentRevision(site.house.ledger)
  const move = async (name: string, fields: Record<string, string> = {}) => {
    const page = await rod.page(`/steward/matters/${id}`)
    return rod.post(`/steward/matters/${id}`, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), move: name, ...fields })
  }
  expect(await rod.page('/steward')).toContain('Débit des sources')
  expect((await move('publish')).status).toBe(303)
  expect(currentRevision(site.house.ledger)).toBe(before + 1)
  expect(await citizen.page('/fr/requests')).toContain('Débit des sources')
  // A list that is narrowed counts what it lists, and says what it was narrowed from.
  expect(await citizen.page('/fr/requests?body=hcp')).toContain('En cours (1)')
  expect(await citizen.page('/fr/requests?body=mef')).toContain('En cours (0)')
  expect(await citizen.page('/fr/requests?theme=sante')).toMatch(/Santé.*Toutes \(1\).*Toutes \(0\).*Aucune demande/s)

  expect((await move('plan', { date: '2027-02-31', answer: 'Bientôt.' })).status).toBe(422)
  const wrong = await move('plan', { date: '31/12/2027', answer: 'Bientôt.' })
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('Donnez une date comme 2027-03-31.')])
  expect((await move('plan', { date: '2027-12-31', answer: 'Nous y travaillons.' })).status).toBe(303)
  expect(await citizen.page(`/fr/requests/${id}`)).toMatch(/Publication prévue : 31 décembre 2027.*Nous y travaillons\./s)

  // What is planned for stands in the inventory, and both name each other.
  expect(waitingRequests(site.house.ledger)).toMatchObject([{ source: 'kept', accept_removals: 1 }])
  await site.house.harvest(kept, { acceptRemovals: true })
  const planned = /\/fr\/dataset\/(kept-[\w-]+)/.exec(await citizen.page(`/fr/requests/${id}`))![1]!
  expect(await citizen.page('/fr/inventory')).toMatch(new RegExp(`/fr/dataset/${planned}.*Débit des sources.*31 décembre 2027`, 's'))
  expect(await citizen.page(`/fr/dataset/${planned}`)).toContain(`/fr/requests/${id}`)
  expect(await (await citizen.get(`/requests/${id}.ttl`)).text()).toMatch(/dataset\/kept-[^>]*> dct:isReferencedBy.*fihrist:plannedAs </s)

  const unknown = await move('open', { datasets: 'portal-nothing' })
  expect(await read(unknown)).toContain("Aucun jeu de données du catalogue ne s'appelle")
  expect((await move('open', { datasets: `${site.url}/fr/dataset/portal-jeu-a` })).status).toBe(303)
  await site.house.harvest(kept, { acceptRemovals: true })
  expect((await citizen.get(`/fr/dataset/${planned}`)).status).toBe(410)
  expect(await citizen.page('/fr/dataset/portal-jeu-a')).toContain(`/fr/requests/${id}`)
  const closed = await citizen.page(`/ar/requests/${id}`)
  expect(closed).toContain('فتحت البيانات')
  expect(closed).toContain('/ar/dataset/portal-jeu-a')
  expect(closed).not.toContain('أطلب هذه البيانات أيضا')
})

test('it is linked data, with its answer and the dataset that closes it, in SPARQL and in a feed; of who asked it says nothing', async () => {
  const { id } = latest()
  const iri = `https://catalogue.example.ma/requests/${id}`
  const [found] = await sparql(`PREFIX f: <https://w3id.org/fihrist#> PREFIX s: <http://schema.org/> PREFIX adms: <http://www.w3.org/ns/adms#>
    SELECT ?status ?dataset ?answer ?due { GRAPH <https://catalogue.example.ma/graph/programme> {
      <${iri}> a f:DatasetRequest ; adms:status ?status ; f:answeredBy ?dataset ; f:plannedFor ?due ; s:acceptedAnswer/s:text ?answer } }`)
  expect(found).toMatchObject({
    status: { value: 'https://w3id.org/fihrist#request-opened' },
    dataset: { value: expect.stringContaining('/a') as string },
    answer: { value: 'Nous y travaillons.' },
    due: { value: '2027-12-31' },
  })
  const everywhere = await Promise.all(
    [`/requests/${id}.ttl`, `/requests/${id}.json`, `/requests/${id}`, '/requests.atom', '/requests.ttl', '/requests.json', `/brought/${id}`].map(
      async path => {
        const answer = await site.get(path, { Accept: '*/*' })
        expect([path, answer.status]).toEqual([path, 200])
        return answer.text()
      },
    ),
  )
  expect(everywhere[3]).toMatch(/^<\?xml[^>]*>\s*<feed [^>]*>.*<entry .*<category term="opened"/s)
  for (const text of everywhere) expect(text.toLowerCase()).not.toContain('nadia')
})

test('the address of who asked is kept until the answer is sent, and no longer', () => {
  const { ledger } = site.house
  const letters = lettersDue(ledger, new Date().toISOString())
  expect(letters.map(({ email, step }) => [email, step.state])).toEqual([
    ['Nadia@example.org', 'planned'],
    ['Nadia@example.org', 'opened'],
  ])
})

test('a browser supports a request once, however often it is asked to', async () => {
  const citizen = visitor(site)
  await citizen.fill('/requests/new', { ...asked, title: 'Nappes' })
  const { id } = latest()
  const rod = await steward(site)
  const page = await rod.page(`/steward/matters/${id}`)
  await rod.post(`/steward/matters/${id}`, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), move: 'publish' })
  const other = visitor(site)
  for (const _ of [1, 2, 3]) expect((await other.post(`/requests/${id}/support`, {})).status).toBe(303)
  await citizen.post(`/requests/${id}/support`, {})
  expect(await other.page(`/fr/requests/${id}`)).toContain('2 personnes la demandent')
})

test.each([
  ['nothing', { title: '' }, 'Ce champ est à remplir.'],
  ['too long a title', { title: 'x'.repeat(201) }, 'Le texte a 201 caractères : 200 au plus.'],
  ['signs that turn the writing round', { text: 'abc\u202Edef' }, 'signes invisibles'],
  ['a body that there is not', { body: 'nobody' }, "Cet organisme n'est pas dans la liste."],
  ['no address', { email: 'nadia' }, "Ce n'est pas une adresse électronique."],
  ['what people do not see', { website: 'https://spam.example' }, 'Un champ caché a été rempli.'],
])('%s is refused with a sentence, and nothing that was written is lost', async (_what, fields: Record<string, string>, sentence) => {
  const citizen = visitor(site)
  const count = contributions(site.house.ledger, {}).length
  const ticket = hidden(await citizen.page('/requests/new'), 'ticket')
  const response = await citizen.post('/requests/new', { ticket, ...asked, ...fields })
  const page = await read(response)
  expect(response.status).toBe(422)
  expect(page).toContain(sentence)
  expect(page).toContain('Pour une thèse')
  expect(contributions(site.house.ledger, {}).length).toBe(count)
})

test('forms that are forged, replayed, sent by machines or too large are refused', async () => {
  const citizen = visitor(site, 'ar')
  const ticket = hidden(await citizen.page('/requests/new'), 'ticket')
  const early = await citizen.post('/requests/new', { ...asked, ticket })
  expect([early.status, await early.text()]).toEqual([422, expect.stringContaining('وصل الإرسال أسرع مما يكتب الناس')])
  const unknown = await citizen.post('/requests/new', { ...asked, ticket: 'a.b.c' })
  expect(unknown.status).toBe(422)
  for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'null' }]) {
    const forged = await citizen.post('/requests/new', { ...asked, ticket }, headers as unknown as Record<string, string>)
    expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining('لا تأتي من صفحة من صفحات هذا الفهرس')])
  }
  const large = await citizen.post('/requests/new', { ...asked, text: 'x'.repeat(70_000), ticket })
  expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('64 كيلوبايت على الأكثر')])
  const json = await fetch(`${site.url}/requests/new`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } })
  expect(json.status).toBe(415)
})

test('a form that is sent twice is taken once, and leads to the same page', async () => {
  const citizen = visitor(site)
  const ticket = hidden(await citizen.page('/requests/new'), 'ticket')
  await wait(2100)
  const count = contributions(site.house.ledger, {}).length
  for (const _ of [1, 2]) {
    const sent = await citizen.post('/requests/new', { ...asked, title: 'Deux fois', ticket })
    expect(sent.headers.get('Location')).toBe(`/brought/${latest().id}`)
  }
  expect(contributions(site.house.ledger, {}).length).toBe(count + 1)
})

test('datasets that exist already are suggested, without a script by a button and with it piece by piece', async () => {
  const citizen = visitor(site)
  const page = await citizen.page('/fr/requests/new?title=Jeu+a')
  expect(page).toContain('Ces jeux de données existent déjà')
  expect(page).toContain('/fr/dataset/portal-jeu-a')
  expect(page).toContain('value="Jeu a"')
  const piece = await citizen.page('/fr/requests/new?title=Jeu+a&part=suggestions')
  expect(piece).toMatch(/^<div class="notice">.*portal-jeu-a/s)
})

test('however many votes come from one address, sixty at most count in an hour; the others are refused with a sentence, and when to come back', async () => {
  const { id } = contributions(site.house.ledger, { kind: 'request', states: publicStates('request'), most: 1 })[0]!
  const supporters = async () => Number(/(\d+) personnes? la demand/.exec(await visitor(site).page(`/fr/requests/${id}`))?.[1] ?? 0)
  const before = await supporters()
  const statuses = new Map<number, number>()
  for (let sent = 0; sent < 1000; sent += 100)
    for (const answer of await Promise.all(Array.from({ length: 100 }, () => visitor(site).post(`/requests/${id}/support`, {})))) {
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 429) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
      await answer.arrayBuffer()
    }
  expect([...statuses.keys()].sort()).toEqual([303, 429])
  expect(statuses.get(303)).toBeLessThanOrEqual(60)
  expect(await supporters()).toBe(before + statuses.get(303)!)
  expect(await read(await visitor(site).post(`/requests/${id}/support`, {}))).toContain("Trop d'envois depuis cette adresse")
}, 120_000)
