import { afterAll, beforeAll, expect, it } from 'vitest'
import { browser, openServed, type Served } from './site.ts'

let served: Served
beforeAll(async () => {
  served = await openServed()
})
afterAll(() => served.close())

const get = (path: string, headers: Record<string, string> = browser) => fetch(served.url + path, { headers })

it('lists the standards, each with what it is a profile of', async () => {
  const text = await (await get('/profiles')).text()
  expect(text).toContain('href="/profiles/dcat-ap-ma"')
  expect(text).toContain('DCAT-AP-MA, standard marocain de métadonnées')
})

it.each(['fr', 'ar', 'en'])('says each rule with its level, advice and example in %s', async language => {
  const text = await (await get(`/${language}/profiles/dcat-ap-ma`)).text()
  const said = {
    fr: ['obligatoire', 'Il manque l’identifiant'],
    ar: ['إلزامي', 'لم يتم تحديد معرّف'],
    en: ['mandatory', 'The identifier of the dataset is missing'],
  }[language]!
  for (const words of said) expect(text.replaceAll('&#39;', "'")).toContain(words)
  expect(text).toContain('rgph-2024-population-commune')
})

it('names a standard in Arabic from the right, though its name begins in Latin letters', async () => {
  expect(await (await get('/ar/profiles/dcat-ap-ma')).text()).toMatch(/<h1><bdi dir="rtl">DCAT-AP-MA، المعيار المغربي/)
})

it('gives the check itself as RDF, and the standard as JSON', async () => {
  const turtle = await (await get('/profiles/dcat-ap-ma.ttl', {})).text()
  expect(turtle).toContain('isProfileOf')
  expect(turtle).toContain('languageIn')
  const { classes } = (await (await get('/profiles/dcat-ap-ma.json', {})).json()) as { classes: { properties: { path: string; level: string }[] }[] }
  const levelOf = (path: string) => classes.flatMap(({ properties }) => properties).find(each => each.path.endsWith(path))?.level
  expect([levelOf('dct:identifier'), levelOf('terms/identifier')]).toContain('mandatory')
  expect(levelOf('terms/spatial')).toBe('recommended')
})

it('names the standards there are where one is asked for that there is not', async () => {
  const answer = await get('/profiles/dcat-ap-fr', { Accept: 'application/problem+json' })
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('dcat-ap-ma')
})
