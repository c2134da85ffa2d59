import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../src/files.ts'
import { shippedLanguages } from '../../src/words/words.ts'
import { browser, openServed, type Served } from './site.ts'

// The query page as it comes from the server: its examples, and what it makes of answers where no script runs.

let site: Served
beforeAll(async () => {
  site = await openServed()
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const text = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
const asked = async (query: string, language = 'fr') => {
  const response = await site.get(`/${language}/sparql?${new URLSearchParams({ query })}`, browser)
  return { status: response.status, page: await response.text() }
}
/** The answer in a page: what it says, without its marks. */
const answerIn = (page: string) => /<section id="answer"[^]*?<\/section>/.exec(page)![0]
const saidIn = (page: string) => text(/role="status">([^<]*)</.exec(page)![1]!)
const cellsIn = (page: string) => [...answerIn(page).matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!)

describe.each(['fr', 'ar', 'en'])('the examples in %s', language => {
  const examples = async () =>
    [...(await (await site.get(`/${language}/sparql`, browser)).text()).matchAll(/data-query="([^"]+)">([^<]+)</g)].map(([, query, title]) => ({
      query: text(query!),
      title: text(title!),
    }))

  test('have a title of their own in it, and each finds something', async () => {
    const all = await examples()
    expect(all.length).toBeGreaterThan(15)
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
    if (language === 'ar') expect(all.filter(({ title }) => !/\p{Script=Arabic}/u.test(title))).toEqual([])
    for (const { query, title } of all) {
      const answer = await site.get('/sparql', { 'Content-Type': 'application/sparql-query', Accept: 'text/csv, text/turtle' }, { method: 'POST', body: query })
      expect([title, answer.status]).toEqual([title, 200])
      expect((await answer.text()).trim().split('\n').length, title).toBeGreaterThan(3)
    }
  })
})

test('every example says its title in each language that pages have', () => {
  const files = readdirSync(join(root, 'queries')).map(name => [name, readFileSync(join(root, 'queries', name), 'utf8')] as const)
  const untold = files.filter(([, query]) => !shippedLanguages.every(language => query.includes(`# ${language}: `)))
  expect(untold.map(([name]) => name)).toEqual([])
})

describe('an answer without a script', () => {
  test('is a table, in which a dataset, a concept and a harvest are called by name in the language of the page and lead to its pages', async () => {
    const query = `PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
      SELECT ?dataset ?theme ?run { ?record foaf:primaryTopic ?dataset . ?version prov:specializationOf ?record ; prov:wasGeneratedBy ?run . ?dataset dcat:theme ?theme
      FILTER (CONTAINS(STR(?record), "population-legale-rgph") && STRSTARTS(STR(?theme), "http://localhost:3000/")) }`
    const { status, page } = await asked(query, 'ar')
    expect(status).toBe(200)
    const [dataset, theme, run] = cellsIn(page)
    expect(dataset).toMatch(/<a href="\/ar\/dataset\/demo-national-population-legale-rgph-2024">.*السكان/)
    expect(theme).toMatch(/<a href="\/ar\/id\/theme\/societe">.*المجتمع/)
    expect(run).toMatch(/<a href="\/ar\/sources\/demo-national\/runs\/\d+">.*عملية الجمع \d+/)
  })

  test('calls what is described within a record, such as an office that no list has, by the name that is said there', async () => {
    const { page } = await asked(`SELECT DISTINCT ?body { ?d <http://purl.org/dc/terms/publisher> ?body FILTER (CONTAINS(STR(?body), "/record/")) }`)
    expect(cellsIn(page).filter(cell => />(?:https?:|\/record)/.test(cell))).toEqual([])
  })

  test('keeps terms short, texts with their language, and dates and numbers as people write them', async () => {
    const { page } = await asked(
      `SELECT * { VALUES (?a ?b ?c ?d ?e) { (<http://purl.org/dc/terms/title> "مرحبا"@ar "2024-05-01"^^<http://www.w3.org/2001/XMLSchema#date> 12345 <javascript:alert(1)>) } }`,
    )
    const cells = cellsIn(page)
    expect(cells[0]).toContain('dct:title')
    expect(cells[1]).toContain('lang="ar"')
    expect(cells[2]).toContain('1 mai 2024')
    expect(cells[3]).toMatch(/>12.345</)
    expect(cells[4]).not.toContain('<a')
  })

  test('is also a chart where it is a column of names and one of numbers, and only there', async () => {
    const chart = async (query: string) => ((await asked(query)).page.match(/<rect/g) ?? []).length
    expect(await chart('SELECT ?x ?n { VALUES (?x ?n) { ("a" 1) ("b" 2) } }')).toBe(2)
    expect(await chart('SELECT ?n ?m { VALUES (?n ?m) { (1 1) (2 2) } }')).toBe(0)
    expect(await chart('SELECT ?x ?n ?y { VALUES (?x ?n ?y) { ("a" 1 1) ("b" 2 1) } }')).toBe(0)
    expect(await chart('SELECT ?x ?n { VALUES (?x ?n) { ("a" -1) ("b" 2) } }')).toBe(0)
  })

  test('says how many rows there are, and how many of them are shown', async () => {
    const { page } = await asked('SELECT * { ?s ?p ?o } LIMIT 600')
    expect(saidIn(page)).toMatch(/^600\u00a0lignes \(les 500 premières sont affichées\) · /)
    expect(cellsIn(page)).toHaveLength(1500)
    expect(answerIn((await asked('SELECT * { ?s <x:none> ?o }')).page)).toContain('Rien ne correspond')
  })

  test('to ASK is a word, and to CONSTRUCT the text of a graph', async () => {
    expect(answerIn((await asked('ASK {}', 'en')).page)).toContain('>Yes<')
    expect(answerIn((await asked('ASK { <x:a> <x:b> <x:c> }', 'en')).page)).toContain('>No<')
    const { page } = await asked('CONSTRUCT WHERE { ?d <http://www.w3.org/ns/dcat#theme> ?t }')
    expect(text(answerIn(page))).toMatch(/@prefix dcat: .*\n[^]* dcat:theme </)
  })

  test('can be saved in every format, which its links name', async () => {
    const save = async (query: string) => {
      const links = [...answerIn((await asked(query)).page).matchAll(/href="(\/sparql\?[^"]+)"[^>]*type="([^"]+)"/g)]
      return Promise.all(
        links.map(async ([, link, type]) => {
          const response = await site.get(text(link!))
          expect([response.status, response.headers.get('content-type')!.split(';')[0]]).toEqual([200, type])
          return type
        }),
      )
    }
    expect(await save('SELECT * { ?s ?p ?o } LIMIT 1')).toHaveLength(4)
    expect(await save('CONSTRUCT WHERE { ?d <http://www.w3.org/ns/dcat#theme> ?t }')).toContain('application/ld+json')
  })

  test('leads nowhere but to pages: no address that would run something, and none of others that begins like ours', async () => {
    await site.feed(`PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
      <http://p.example/d> a dcat:Dataset ; dct:title "Jeu"@fr ; dct:description "Texte"@fr ; dct:relation <javascript:alert(1)> . <javascript:alert(1)> foaf:name "Cliquez"@fr .`)
    const { page } = await asked('SELECT ?x ("a" AS ?y) { VALUES ?x { <javascript:alert(1)> <http://localhost:3000//evil.example/> } }')
    expect(page).not.toMatch(/href="(?:javascript:|\/\/)/)
    expect(cellsIn(page)).toHaveLength(4)
  })

  test('shows the beginning of a long value, and all digits of a large number', async () => {
    const { page } = await asked(`SELECT * { VALUES (?a ?b) { ("${'x'.repeat(1500)}" 12345678901234567890) } }`)
    expect(cellsIn(page)[0]).toMatch(/>x{1000}…</)
    expect(cellsIn(page)[1]).toContain('>12345678901234567890<')
  })

  test('keeps what somebody wrote as text: nothing of it becomes part of the page', async () => {
    const { page } = await asked('SELECT ("<script>x</script>" AS ?a) ("</textarea><b>" AS ?b) {}')
    expect(page).not.toMatch(/<script>x|<\/textarea><b>/)
  })
})

describe('a query that cannot be answered', () => {
  test.each([
    ['fr', 'La requête SPARQL n’est pas valide', 'Ligne 2, colonne 8\u00a0:', 'ne peut pas se trouver ici'],
    ['ar', 'استعلام SPARQL غير صحيح', 'السطر 2، العمود 8:', 'لا يمكن أن يوجد هنا'],
    ['en', 'The SPARQL query is not valid', 'Line 2, column 8:', 'cannot stand here'],
  ])('is told in %s, with its line and column, and kept in the form', async (language, title, place, sentence) => {
    const { status, page } = await asked('SELECT *\n{ ?d a ~ }', language)
    expect(status).toBe(400)
    expect(saidIn(page)).toBe(title)
    expect(text(answerIn(page))).toContain(place)
    expect(text(answerIn(page))).toContain(sentence)
    expect(page).toMatch(/data-line="2" data-column="8"/)
    expect(text(page)).toContain('{ ?d a ~ }</textarea>')
  })

  test.each([
    ['fr', 'n’est pas déclaré'],
    ['ar', 'غير معرفة'],
  ])('for a prefix that it does not declare is told what that may stand for, in %s, and marked', async (language, sentence) => {
    const { status, page } = await asked('SELECT *\n{ ?d a dcat:Dataset }', language)
    expect(status).toBe(400)
    expect(text(answerIn(page))).toContain(sentence)
    expect(text(answerIn(page))).toContain('PREFIX dcat: <http://www.w3.org/ns/dcat#>')
    expect(page).toMatch(/data-line="2" data-column="8"/)
  })

  test('for another reason is told with what to do', async () => {
    const { status, page } = await asked('DELETE WHERE { ?s ?p ?o }')
    expect([status, saidIn(page)]).toEqual([400, 'Cette requête n’est pas permise'])
    expect(text(answerIn(page))).toContain('Retirez de la requête')
  })
})

describe('what the editor completes', () => {
  interface Terms {
    prefixes: Record<string, string>
    terms: [string, string, boolean][]
    concepts: [string, string, string][]
  }
  const terms = async (language: string) => (await (await site.get(`/${language}/sparql/terms`)).json()) as Terms

  test.each([
    ['fr', 'titre', 'jeu de données', 'Agriculture'],
    ['ar', 'العنوان', 'مجموعة بيانات', 'الفلاحة'],
    ['en', 'title', 'dataset', 'Agriculture'],
  ])('is called by its name in %s: properties, classes, concepts', async (language, title, dataset, agriculture) => {
    const all = await terms(language)
    expect(all.terms).toContainEqual(['dct:title', title, false])
    expect(all.terms).toContainEqual(['dcat:Dataset', dataset, true])
    expect(all.concepts).toContainEqual(['http://localhost:3000/id/theme/agriculture', agriculture, expect.any(String)])
  })

  test('has a prefix that is known, and a label', async () => {
    const { terms: all, prefixes } = await terms('fr')
    expect(all.filter(([name, label]) => !(name.slice(0, name.indexOf(':')) in prefixes) || label === '')).toEqual([])
    expect(all.map(([name]) => name)).toEqual(expect.arrayContaining(['dqv:isMeasurementOf', 'prov:wasGeneratedBy', 'fihrist:alternate', 'skos:prefLabel']))
  })
})
