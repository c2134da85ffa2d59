import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../src/config/sources.ts'
import { bring, contributionOf } from '../../src/ledger/programme/contributions.ts'
import { keptEntries, keptEntry } from '../../src/ledger/programme/inventory.ts'
import { invite, people, personNamed } from '../../src/ledger/programme/people.ts'
import { mayAs, roles, type Role } from '../../src/ledger/programme/roles.ts'
import { stewardRoutes } from '../../src/web/routes/steward/index.ts'
import { openHouse } from '../harvest/harvest.ts'
import { serve, type Open } from './site.ts'
import { hidden, passphrase, read, steward, visitor, type Visitor } from './visitor.ts'

// Who looks after the catalogue: how he is let in, what he may do, and what is written down of it.

let site: Open
let kept: Source
const inRole = new Map<Role, Visitor>()
beforeAll(async () => {
  const house = await openHouse()
  kept = house.source('inventory', 'ledger:inventory', { id: 'kept', title: { fr: 'Inventaire' }, removal: { threshold: 1, graceDays: 0 } })
  site = await serve(house, [kept])
  for (const role of roles) inRole.set(role, await steward(site, { email: `${role}@example.ma`, role, body: null }))
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const invited = { email: 'rod@example.ma', name: 'Salma', role: 'steward' as const, body: 'hcp', language: 'fr' }
const hour = 3_600_000
const inviteFor = (word: string, ms: number, more: Partial<typeof invited> = {}) =>
  invite(site.house.ledger, { ...invited, ...more }, word, new Date(Date.now() + ms).toISOString(), new Date().toISOString())
const request = (body: string | null, title = 'Nappes') =>
  bring(site.house.ledger, { kind: 'request', language: 'fr', said: { title, text: 'Par mois' }, body }, new Date().toISOString())

test('an invitation lets in once, until it expires, and only with a passphrase that is not easily guessed', async () => {
  inviteFor('good', hour)
  const rod = visitor(site)
  expect(await rod.page('/steward/invitation/good')).toContain('Bienvenue, Salma')
  for (const [chosen, again, sentence] of [
    ['court', 'court', 'La phrase de passe a de 12 à 200 caractères.'],
    ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 'se devine'],
    ['rod rod rod rod rod', 'rod rod rod rod rod', 'se devine'],
    [passphrase, `${passphrase}!`, "Ce n'est pas la même phrase de passe."],
  ] as const) {
    const refused = await rod.post('/steward/invitation/good', { passphrase: chosen, again })
    expect([refused.status, await read(refused)]).toEqual([422, expect.stringContaining(sentence)])
  }
  const accepted = await rod.post('/steward/invitation/good', { passphrase, again: passphrase })
  expect([accepted.status, accepted.headers.get('Location')]).toEqual([303, '/steward'])
  expect(accepted.headers.getSetCookie().join()).toMatch(/fihrist-session=[\w-]+;.*HttpOnly; SameSite=Lax/)
  expect(await rod.page('/steward')).toContain('responsable de l')
  // What is kept lets nobody in.
  expect(JSON.stringify(site.house.ledger.all('SELECT * FROM person, session'))).not.toMatch(new RegExp(`${passphrase}|${rod.cookies.get('fihrist-session')}`))

  inviteFor('late', -1, { email: 'late@example.ma' })
  for (const word of ['good', 'late', 'never']) {
    const over = await visitor(site, 'en').get(`/steward/invitation/${word}`)
    expect([over.status, await over.text()]).toEqual([404, expect.stringContaining('There is no such invitation, or it was used or has expired.')])
  }
})

test('who signs in wrongly is told the same, whether there is such a person or not, and after five times that he has to wait', async () => {
  const other = visitor(site)
  const wrong = async (email: string) => {
    const response = await other.post('/steward/sign-in', { email, passphrase: 'pas la bonne phrase' })
    return [response.status, (await response.text()).replaceAll(email, '')] as const
  }
  const [known, unknown] = [await wrong('rod@example.ma'), await wrong('personne@example.ma')]
  expect(known).toEqual(unknown)
  expect(known).toEqual([422, expect.stringContaining('Adresse ou phrase de passe inconnue.')])
  for (const _ of [1, 2, 3, 4]) await wrong('personne@example.ma')
  const waiting = await other.post('/steward/sign-in', { email: 'personne@example.ma', passphrase })
  expect([waiting.status, waiting.headers.get('Retry-After'), await waiting.text()]).toEqual([429, '900', expect.stringContaining('Attendez 15 minutes')])
})

test('who signs in is led where he wanted to go, within the room of stewards alone, and signs out again', async () => {
  const rod = visitor(site)
  const asked = await rod.get('/steward/matters/1')
  expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/steward/sign-in?to=%2Fsteward%2Fmatters%2F1'])
  const to = hidden(await rod.page(asked.headers.get('Location')!), 'to')
  const entered = await rod.post('/steward/sign-in', { email: 'ROD@example.ma', passphrase, to })
  expect(entered.headers.get('Location')).toBe('/steward/matters/1')
  for (const away of ['https://evil.example/', '//evil.example', '/steward/../x', '/datasets'])
    expect((await rod.post('/steward/sign-in', { email: 'rod@example.ma', passphrase, to: away })).headers.get('Location')).toBe('/steward')
  const page = await rod.get('/steward')
  expect([page.headers.get('Cache-Control'), page.headers.get('Access-Control-Allow-Origin')]).toEqual(['no-store', null])
  const left = await rod.post('/steward/sign-out', { sign: hidden(await page.text(), 'sign') })
  expect(left.headers.get('Location')).toBe('/')
  expect((await rod.get('/steward')).status).toBe(303)
})

test('behind TLS the cookie is sent over TLS alone, and belongs to the host alone', async () => {
  const rod = visitor(site)
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'catalogue.example.ma', Origin: 'https://catalogue.example.ma' }
  const entered = await rod.post('/steward/sign-in', { email: 'rod@example.ma', passphrase }, headers)
  expect(entered.headers.getSetCookie().join()).toMatch(/^__Host-fihrist-session=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/)
})

test('a form that another page sends for somebody who has signed in does nothing', async () => {
  const rod = await steward(site)
  const { id, step } = request('hcp')
  const move = { move: 'publish', seen: String(step) }
  const sign = hidden(await rod.page(`/steward/matters/${id}`), 'sign')
  for (const forged of [
    await rod.post(`/steward/matters/${id}`, move),
    await rod.post(`/steward/matters/${id}`, { ...move, sign: sign.slice(1) }),
    await rod.post(`/steward/matters/${id}`, { ...move, sign }, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }),
  ])
    expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining('Ce formulaire ne vient pas')])
  expect(contributionOf(site.house.ledger, id)?.state).toBe('received')
})

test('each sees to what is his: a reader reads, a steward decides for his body, the administration for all', async () => {
  const [own, other, open] = [request('hcp'), request('add'), request(null)]
  const rod = await steward(site, { email: 'hcp@example.ma', role: 'steward', body: 'hcp' })
  expect((await rod.get(`/steward/matters/${own.id}`)).status).toBe(200)
  for (const { id } of [other, open]) expect((await rod.get(`/steward/matters/${id}`)).status).toBe(404)
  for (const path of ['/steward/people', '/steward/log', '/steward/log.csv']) expect((await rod.get(path)).status).toBe(403)

  const reader = await steward(site, { email: 'comite@example.ma', role: 'reader' }, 'en')
  const page = await reader.page(`/en/steward/matters/${own.id}`)
  expect(page).toContain('Nothing to decide.')
  const tried = await reader.post(`/steward/matters/${own.id}`, { sign: hidden(page, 'sign'), seen: String(own.step), move: 'publish' })
  expect([tried.status, await tried.text()]).toEqual([403, expect.stringContaining('Your role does not allow this.')])
  expect(contributionOf(site.house.ledger, own.id)?.state).toBe('received')
})

test('of two stewards who decide at once the second is told, and keeps what he wrote', async () => {
  const { id } = request('hcp')
  const [one, two] = [await steward(site), await steward(site, { email: 'two@example.ma', name: 'Karim' })]
  const [first, second] = [await one.page(`/steward/matters/${id}`), await two.page(`/steward/matters/${id}`)]
  const decide = (who: typeof one, page: string, fields: Record<string, string>) =>
    who.post(`/steward/matters/${id}`, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), ...fields })
  expect((await decide(one, first, { move: 'publish' })).status).toBe(303)
  const late = await decide(two, second, { move: 'refuse', exception: 'secret', answer: 'Le secret statistique.' })
  const page = await late.text()
  expect(late.status).toBe(409)
  expect(page).toContain('Quelqu’un d’autre a décidé entre-temps.')
  expect(page).toContain('Le secret statistique.')
  expect(contributionOf(site.house.ledger, id)?.state).toBe('published')
})

test('the administration invites by a link that is shown once, and takes access away at once; all of it is in the log', async () => {
  const admin = await steward(site, { email: 'chef@example.ma', name: '=Admin' })
  const sign = hidden(await admin.page('/steward/people'), 'sign')
  const bad = await admin.post('/steward/people', { sign, name: 'Ali', email: 'ali', role: 'king', body: 'nobody', language: 'fr' })
  expect([bad.status, await read(bad)]).toEqual([422, expect.stringContaining("Ce n'est pas une adresse électronique.")])
  const made = await (await admin.post('/steward/people', { sign, name: 'Ali', email: 'Ali@Example.ma', role: 'manager', body: 'hcp', language: 'ar' })).text()
  const link = new URL(/http[^<]*\/steward\/invitation\/[\w-]+/.exec(made)![0])
  const ali = visitor(site, 'ar')
  expect((await ali.post(link.pathname, { passphrase, again: passphrase })).status).toBe(303)
  expect(await ali.page('/steward')).toContain('مدبر البيانات')
  expect(people(site.house.ledger).find(({ name }) => name === 'Ali')).toMatchObject({ email: 'ali@example.ma', role: 'manager', body: 'hcp', active: 1 })

  expect((await admin.post('/steward/people', { sign, dismiss: 'ali@example.ma' })).status).toBe(303)
  expect((await ali.get('/steward')).status).toBe(303)
  expect(personNamed(site.house.ledger, 'ali@example.ma')).toBeUndefined()

  expect(await admin.page('/fr/steward/log')).toMatch(/Invitation acceptée/)
  const table = await (await admin.get('/steward/log.csv')).text()
  expect(table).toMatch(/,invite,Ali,"\{""role"":""manager""\}"\r\n/)
  expect(table).toContain(",'=Admin,")
})

/** Opens a row of the inventory as a form, and sends it with what is written over. */
async function writeRow(who: Visitor, path: string, fields: Record<string, string>) {
  const page = await who.page(path)
  return who.post(path, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), do: 'keep', ...fields })
}
/** Hands a table back, and returns the page that tells what it would change. */
async function handBack(who: Visitor, name: string, body: string | Uint8Array, language = 'fr') {
  const path = `/${language}/steward/inventory`
  const answer = await who.post(path, { sign: hidden(await who.page(path), 'sign'), table: new File([body as Uint8Array<ArrayBuffer>], name) })
  return { status: answer.status, page: await read(answer) }
}
const apply = (who: Visitor, page: string, more: Record<string, string> = {}) =>
  who.post('/steward/inventory', { sign: hidden(page, 'sign'), upload: hidden(page, 'upload'), seen: hidden(page, 'seen'), ...more })
const row = { title_fr: 'Forages', description_fr: 'Chaque forage autorisé.', publisher: 'HCP', opening: '2027-06-30', exception: 'art. 7' }

test('a steward writes a dataset into the inventory by a form, changes it and takes it out; the catalogue shows it with its planned date', async () => {
  const rod = await steward(site, { email: 'hcp@example.ma', role: 'manager', body: 'hcp' })
  for (const [fields, sentence] of [
    [{ title_fr: '' }, 'Ce champ est à remplir.'],
    [{ opening: 'bientôt' }, "« bientôt » n'est ni oui, ni non, ni une date."],
    [{ modified: '31 février' }, "n'est pas une date que nous sachions lire"],
    [{ publisher: 'ADD' }, "Ce jeu est d'un autre organisme que le vôtre."],
    [{ remark: 'a\u202Eb' }, 'signes invisibles'],
    [{ theme: 'Nulle part' }, "n'est dans aucune de nos listes"],
  ] as const) {
    const refused = await writeRow(rod, '/fr/steward/inventory/new', { ...row, ...fields })
    const page = await read(refused)
    expect([refused.status, page]).toEqual([422, expect.stringContaining(sentence)])
    expect(page).toContain('Chaque forage autorisé.')
  }
  expect((await writeRow(rod, '/steward/inventory/new', row)).status).toBe(303)
  const { key } = keptEntries(site.house.ledger, 'hcp')[0]!
  await site.house.harvest(kept, { acceptRemovals: true })
  expect(await visitor(site).page('/fr/inventory')).toMatch(/Forages.*30 juin 2027/s)

  const path = `/fr/steward/inventory/entries/${key}`
  const [one, two] = [await rod.page(path), await rod.page(path)]
  const send = (page: string, fields: Record<string, string>) =>
    rod.post(path, { sign: hidden(page, 'sign'), seen: hidden(page, 'seen'), do: 'keep', ...row, ...fields })
  expect((await send(one, { opening: '2027-09-30' })).status).toBe(303)
  const late = await send(two, { opening: '2028-01-31' })
  expect([late.status, await read(late)]).toEqual([409, expect.stringMatching(/Quelqu'un d'autre a décidé entre-temps.*2028-01-31/s)])
  expect(keptEntry(site.house.ledger, key)?.values['opening']).toBe('2027-09-30')

  const other = await steward(site, { email: 'add@example.ma', role: 'manager', body: 'add' })
  expect((await other.get(path)).status).toBe(404)
  expect((await writeRow(rod, path, { do: 'remove' })).status).toBe(303)
  // That nothing is left is no fault.
  expect(await site.house.harvest(kept)).toMatchObject({ state: 'complete', seen: 0, removed: 1, problems: [] })
  expect(await visitor(site).page('/fr/inventory')).not.toContain('Forages')
})

test('the workbook of the inventory goes round: what comes back is shown before it changes anything, and changes what was changed alone', async () => {
  const admin = await steward(site, { email: 'gdd@example.ma' })
  for (const n of [1, 2, 3]) await writeRow(admin, '/steward/inventory/new', { ...row, id: `row-${n}`, title_fr: `=Jeu ${n}`, contact: '+212 600' })
  const csv = await (await admin.get('/fr/steward/inventory.csv')).text()
  const same = await handBack(admin, 'inventaire.csv', csv)
  expect(same.page).toContain('Nouveaux 0 · Modifiés 0 · Inchangés 3')

  const { sheets } = await readXlsx(new Uint8Array(await (await admin.get('/fr/steward/inventory.xlsx')).arrayBuffer()))
  const [heads, first, , third] = sheets[0]!.rows as string[][]
  const at = heads!.indexOf('ouverture_prevue')
  const edited = await writeXlsx({
    sheets: [
      {
        name: 'Inventaire',
        rows: [
          heads!,
          first!.with(at, '2027-10-01'),
          third!.with(at, 'un jour').with(heads!.indexOf('theme*'), 'Nulle part'),
          first!.with(0, 'row-4').with(heads!.indexOf('titre_fr*'), 'Nouveau'),
        ],
      },
    ],
  })
  const before = keptEntries(site.house.ledger)
  const { page } = await handBack(admin, 'inventaire.xlsx', edited)
  expect(page).toContain('Nouveaux 1 · Modifiés 1 · Inchangés 0 · Absents du fichier 1 · Refusés 1')
  expect(page).toContain('« Nulle part » n')
  expect(page).toMatch(/<del><bdi>2027-06-30<\/bdi><\/del>.*<ins><bdi>2027-10-01/s)
  expect(page).toMatch(/inventaire.xlsx, ligne 3, cellule [A-Z]+3 \(ouverture_prevue\) : « un jour » n'est ni oui, ni non, ni une date\./)
  expect(keptEntries(site.house.ledger)).toEqual(before)
  expect((await handBack(admin, 'inventaire.xlsx', edited, 'ar')).page).toMatch(/الجديدة.*1.*un jour/s)

  // Somebody changes a row meanwhile: who agreed to something else is asked again.
  await writeRow(admin, '/steward/inventory/entries/row-1', { ...row, title_fr: 'Autre titre' })
  const overtaken = await apply(admin, page)
  expect(overtaken.status).toBe(409)
  const again = await read(overtaken)
  expect(again).toContain('Autre titre')
  expect((await apply(admin, again, { absent: 'remove' })).status).toBe(303)
  expect(keptEntries(site.house.ledger).map(({ key, values }) => [key, values['title_fr'], values['opening']])).toEqual([
    ['row-1', '=Jeu 1', '2027-10-01'],
    ['row-3', '=Jeu 3', '2027-06-30'],
    ['row-4', 'Nouveau', '2027-06-30'],
  ])
  expect((await apply(admin, again)).status).toBe(422)
})

test.each([
  ['a page of HTML', 'a.csv', '<!doctype html><p>Request Rejected', 'ni un CSV ni un classeur XLSX lisible'],
  ['a table of something else', 'a.csv', 'prix;ville\n3;Rabat\n', "Aucune ligne d'intitulés reconnue"],
  ['a CSV that breaks off', 'a.csv', 'identifiant;titre_fr;organisme_responsable\n1;"Jeu;HCP\n', 'Le CSV s'],
  ['a workbook that is none', 'a.xlsx', 'PK\u0003\u0004nothing', 'ni un CSV ni un classeur XLSX lisible'],
  ['nothing', 'a.csv', '', 'Choisissez un fichier.'],
])('of %s nothing is taken', async (_what, name, body, sentence) => {
  const admin = await steward(site, { email: 'gdd@example.ma' })
  const before = keptEntries(site.house.ledger)
  expect(await handBack(admin, name, body)).toEqual({ status: 422, page: expect.stringContaining(sentence) })
  expect(keptEntries(site.house.ledger)).toEqual(before)
})

// Every page of the room, by every role: what its row says is what happens.
const params: Record<string, string> = { id: '999999', key: 'nothing', word: 'nothing' }
test.each(stewardRoutes.map(route => [route.path, route] as const))('%s is open to those alone whom its row names', async (path, route) => {
  const address = path.replace(/:(\w+)/g, (_, name: string) => params[name]!)
  if (!('role' in route))
    return expect(['/steward/sign-in', '/steward/sign-in/oidc', '/steward/sign-in/oidc/callback', '/steward/invitation/:word']).toContain(path)
  const { role, methods = ['get'] } = route
  for (const method of methods) {
    const ask = (who: Visitor) => (method === 'get' ? who.get(address) : who.post(address, { sign: 'forged' }))
    const stranger = await ask(visitor(site))
    expect([stranger.status, stranger.headers.get('Location')]).toEqual([303, expect.stringMatching(/^\/steward\/sign-in/)])
    for (const each of roles) {
      const { status, headers } = await ask(inRole.get(each)!)
      // A form that does not bear the sign of its session does nothing, whoever sends it.
      if (!mayAs(each, role) || method === 'post') expect([each, method, status]).toEqual([each, method, 403])
      else expect([200, 404]).toContain(status)
      expect(headers.get('Cache-Control')).toBe('no-store')
    }
  }
})
