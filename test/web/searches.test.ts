import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServed, type Served } from './site.ts'

// What people ask the demonstration for: a line is the language of the page, what is asked, how many are found at least, what comes first, and a word that a
// link offers instead. Nothing may be found where it says 0.

let served: Served
beforeAll(async () => {
  served = await openServed()
}, 300_000)
afterAll(() => served.close())

interface Results {
  total: number
  words: { suggestion?: string; fewer?: { met: number; of: number } }
  datasets: { id: string; title: Record<string, string> }[]
}
const search = async (language: string, query: string, more = ''): Promise<Results> =>
  (await (await served.get(`/${language}/datasets.json?q=${encodeURIComponent(query)}${more}`)).json()) as Results

const rows = readFileSync(join(import.meta.dirname, 'searches.tsv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter(Boolean)
  .map(line => line.split('\t') as [language: string, query: string, found: string, first: string, offered: string])

test.each(rows)('%s: "%s" finds %s', async (language, query, found, first, offered) => {
  const { total, words, datasets } = await search(language, query)
  if (found === '0') expect(total).toBe(0)
  else expect(total).toBeGreaterThanOrEqual(Number(found))
  if (first) expect(datasets[0]!.title['fr']).toBe(first)
  if (offered) expect(words.suggestion).toBe(offered)
})

describe('a page of results', () => {
  test.each([
    ['الإحصاء', 'الاحصاء'],
    ['جهة', 'جهه'],
    ['أكـــادير', 'أگادير'],
    ["l'eau", 'eau'],
  ])('is the same for "%s" and "%s"', async (one, other) => {
    const ids = async (query: string) => (await search('fr', query)).datasets.map(({ id }) => id)
    expect((await ids(one)).toSorted()).toEqual((await ids(other)).toSorted())
  })

  test('says which word was meant, marks what it found, and offers the body that is named', async () => {
    const page = async (query: string) => (await served.get(`/fr/datasets?q=${encodeURIComponent(query)}`)).text()
    expect(await page('marakech')).toContain('/fr/datasets?q=marrakech')
    expect(await page('barrage')).toContain('<mark>barrages</mark>')
    expect(await page('HCP')).toContain('href="/fr/organisation/hcp"')
    expect(await page('population csv')).toContain('q=population&amp;format=CSV')
  })

  test('can be had as CSV and RDF, and by a browser from its address bar', async () => {
    const csv = await (await served.get('/fr/datasets.csv?q=FNM')).text()
    expect(csv.split('\r\n')[1]).toMatch(/^demo-national-frequentation-des-musees,Fréquentation des musées nationaux,/)
    // A table has no pages: it holds the whole list.
    const { total, pages } = (await (await served.get('/datasets.json')).json()) as { total: number; pages: number }
    expect(pages).toBeGreaterThan(1)
    const lines = (await (await served.get('/datasets.csv?page=2')).text()).trim().split(/\r\n(?=\S+,)/)
    expect(new Set(lines.map(line => line.split(',')[0])).size).toBe(total + 1)
    expect(await (await served.get('/datasets.ttl?q=FNM')).text()).toContain('dcat:Dataset')
    expect(await (await served.get('/opensearch.xml')).text()).toContain('/datasets?q={searchTerms}')
  })

  const page = async (path: string) => (await served.get(path)).text()

  test('without a hit offers words that find something, and the same words without the filters', async () => {
    expect(await page('/fr/datasets?q=popult')).toMatch(/Essayez plutôt[^]*href="\/fr\/datasets\?q=population"/)
    expect(await page('/ar/datasets?q=zzzqqq')).toMatch(/class="searches"[^]*q=%D8%A7%D9%84%D8%B3%D9%83%D8%A7%D9%86/)
    expect(await page('/fr/datasets?q=barrage&theme=tourisme&format=PDF')).toMatch(/href="\/fr\/datasets\?q=barrage">Sans les filtres/)
  })

  test('has provinces below their regions, and comes back to the filter that was changed', async () => {
    const found = await page('/fr/datasets?territory=MA-07')
    const [region] = /<li><a class="value"[^>]*#filter-territory"[^>]*aria-current="true"[^]*?<\/details><\/li>/.exec(found)!
    expect(region).toContain('Marrakech-Safi')
    expect(region).toContain('Safi</bdi>')
    expect(region.match(/<ul>/g)).toHaveLength(1)
  })

  test('tells of each dataset its language, its places, its licence and whether it is up to date', async () => {
    const arabic = await page('/ar/datasets?q=HCP')
    expect(arabic).toContain('<abbr class="card-language" title="Français" lang="">FR</abbr>')
    const french = await page('/fr/datasets?q=Population+légale')
    expect(french).toMatch(/class="card-licence"><bdi>CC BY 4.0<\/bdi>/)
    expect(french).toMatch(/class="card-date stands-(on-time|late)"><time datetime="[^"]+">[^<]+<\/time> \((à jour|en retard)\)/)
    expect(french).toMatch(/class="card-by"><bdi[^>]*>Haut-Commissariat au Plan<\/bdi> · <bdi[^>]*>Maroc/)
  })

  test('narrows by how long ago the publisher updated a dataset', async () => {
    const found = await page('/fr/datasets?updated=older&theme=none')
    const [, feed] = /href="(\/feed\.atom[^"]*)" type="application\/atom\+xml" rel="nofollow"/.exec(found)!
    expect(await page(feed!.replaceAll('&amp;', '&'))).toContain('<feed')
    expect((await served.get('/feed.atom?updated=yesterday')).status).toBe(400)
    expect(found).toContain('<bdi>plus d’un an</bdi>')
    expect(await page('/fr/datasets')).toMatch(/updated=none&amp;#filter-updated/)
  })

  test('shows the names of lists with the apostrophe of print, and finds them by either', async () => {
    const found = await page('/fr/datasets?q=Barrages')
    expect(found).toContain('<bdi>Ministère de l’Équipement et de l’Eau</bdi>')
    expect(found).not.toContain("Ministère de l'Équipement")
    const ids = async (query: string) => (await search('fr', query)).datasets.map(({ id }) => id)
    expect(await ids('ministère de l’équipement')).toEqual(await ids("ministère de l'équipement"))
    const dataset = await page('/fr/dataset/demo-equipement-eau-ports')
    expect(dataset).toContain('Ministère de l’Équipement et de l’Eau</bdi></a>')
    expect(await page('/fr/datasets')).toContain('<bdi>MEF</bdi> · <bdi>Ministère de l’Économie et des Finances</bdi>')
    // In the facts, and in the tree of places.
    expect(dataset).toContain('adaptée de l’ODbL')
    expect(await page('/fr/territories')).toContain('<bdi>M’diq-Fnideq</bdi>')
  })
})
