import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from '../../src/rdf/parse.ts'
import { corpus } from '../corpus.ts'
import { hasXmllint } from './readers.ts'
import { openPublished, type Published } from './served.ts'

// More datasets than stand on one page.
const many = Array.from({ length: 120 }, (_, at) => `jeu-${String(at).padStart(3, '0')}`)

let site: Published
beforeAll(async () => {
  site = await openPublished({ datasets: many })
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const ask = async (query: string) => (await site.get(`/oai?${query}`)).text()
const ids = (text: string) => [...text.matchAll(/<identifier>oai:127\.0\.0\.1:([^<]+)<\/identifier>/g)].map(([, id]) => id!)
const token = (text: string) => /<resumptionToken[^>]*>([^<]+)<\/resumptionToken>/.exec(text)?.[1]
const errorOf = (text: string) => /<error code="(\w+)">/.exec(text)?.[1]

/** All that a list tells, page by page; `between` is done after the first. */
async function walk(query: string, between?: () => Promise<void>): Promise<string[]> {
  const pages = [await ask(query)]
  await between?.()
  for (let next = token(pages[0]!); next; next = token(pages.at(-1)!)) pages.push(await ask(`${query.split('&')[0]}&resumptionToken=${next}`))
  return pages
}

describe('errors are told in the words of the protocol', () => {
  test.each([
    ['', 'badVerb'],
    ['verb=Destroy', 'badVerb'],
    ['verb=Identify&verb=Identify', 'badVerb'],
    ['verb=Identify&set=a', 'badArgument'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=yesterday', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-31', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'],
    ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
    [`verb=ListRecords&resumptionToken=${Buffer.from('[1,2]').toString('base64url')}`, 'badResumptionToken'],
    [`verb=ListRecords&resumptionToken=${Buffer.from('[9999,1,1,100,null,"oai_dc","","",""]').toString('base64url')}`, 'badResumptionToken'],
    ['verb=ListSets&resumptionToken=x', 'badResumptionToken'],
    ['verb=ListRecords&metadataPrefix=marc', 'cannotDisseminateFormat'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01', 'noRecordsMatch'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=theme:nothing', 'noRecordsMatch'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:nobody', 'idDoesNotExist'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=%00%3C', 'idDoesNotExist'],
    ['verb=ListMetadataFormats&identifier=oai:127.0.0.1:nobody', 'idDoesNotExist'],
  ])('%s → %s', async (query, error) => {
    const answer = await site.get(`/oai?${query}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    expect(errorOf(await answer.text())).toBe(error)
  })

  test('an identifier of a record that is kept back is none', async () => {
    const { id } = site.house.records().find(({ admission }) => admission === 'quarantined')!
    expect(errorOf(await ask(`verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:${id}`))).toBe('idDoesNotExist')
    expect((await walk('verb=ListRecords&metadataPrefix=oai_dc')).join('')).not.toContain('secret')
  })
})

test('the repository says what it is, and takes its verb in a form too', async () => {
  const posted = await site.get('/oai', {}, { method: 'POST', body: new URLSearchParams({ verb: 'Identify' }) })
  const text = await posted.text()
  for (const said of ['<repositoryName>Essai', `<baseURL>${site.url}/oai<`, '<deletedRecord>persistent<', '<granularity>YYYY-MM-DDThh:mm:ssZ<'])
    expect(text).toContain(said)
})

test('a list has every record once, and goes on by tokens', async () => {
  const pages = await walk('verb=ListRecords&metadataPrefix=oai_dc')
  expect(pages).toHaveLength(2)
  expect(pages[0]).toContain(`completeListSize="${site.shown()}" cursor="0"`)
  expect(pages[1]).toMatch(/<resumptionToken completeListSize="\d+" cursor="100"><\/resumptionToken>/)
  const all = pages.flatMap(ids)
  expect(new Set(all).size).toBe(all.length)
  expect(all).toHaveLength(site.shown())
})

test('sets are sources, themes and publishers; a record names those that it is in, and a list may be of one', async () => {
  const sets = [...(await ask('verb=ListSets')).matchAll(/<setSpec>([^<]+)</g)].map(([, spec]) => spec)
  expect(sets).toContain('source:portail')
  expect(sets).toContain('publisher:mee')
  expect(await ask('verb=ListIdentifiers&metadataPrefix=oai_dc&set=publisher:mee')).toMatch(
    /barrages<\/identifier><datestamp>[^<]+<\/datestamp>.*<setSpec>publisher:mee</,
  )
  expect(ids(await ask('verb=ListIdentifiers&metadataPrefix=oai_dc&set=publisher:mee'))).toEqual([site.idOf('dataset/barrages')])
  expect((await walk('verb=ListIdentifiers&metadataPrefix=oai_dc&set=source:portail')).flatMap(ids)).toHaveLength(site.shown())
})

test('each format holds the record: Dublin Core, DataCite, and DCAT-AP that is the graph of the record', async () => {
  const identifier = `oai:127.0.0.1:${site.idOf('dataset/barrages')}`
  const record = (prefix: string) => ask(`verb=GetRecord&metadataPrefix=${prefix}&identifier=${identifier}`)
  expect(await record('oai_dc')).toContain('<dc:title xml:lang="ar">نسبة ملء السدود</dc:title>')
  expect(await record('datacite')).toContain('<geoLocationBox><westBoundLongitude>-13</westBoundLongitude>')
  const rdf = /<rdf:RDF[\s\S]*<\/rdf:RDF>/.exec(await record('dcat_ap'))![0]
  const published = await parse(await (await site.get(`/dataset/${site.idOf('dataset/barrages')}.nt`)).text(), {
    url: site.url,
    mediaType: 'application/n-triples',
  })
  const lines = (quads: typeof published.quads) => quads.map(({ subject, predicate, object }) => `${subject.value} ${predicate.value} ${object.value}`).sort()
  expect(lines((await parse(rdf, { url: site.url, mediaType: 'application/rdf+xml' })).quads)).toEqual(lines(published.quads))
})

test('who walks a list while a harvest commits ends with the records of one revision, and learns the rest from its date on', async () => {
  const before = site.house.records().filter(({ shown }) => shown !== null)
  const since = `${new Date(Date.parse(new Date().toISOString()) + 1000).toISOString().slice(0, 19)}Z`
  await new Promise(resolve => setTimeout(resolve, 1100))
  const walked = await walk('verb=ListRecords&metadataPrefix=oai_dc', () => site.write([...many.slice(0, 60), 'nouveau'], 2))
  expect(walked.flatMap(ids).sort()).toEqual(before.map(({ id }) => id).sort())
  expect(walked.join('')).not.toContain('status="deleted"')
  expect(walked.join('')).not.toContain('version 2')

  const news = (await walk(`verb=ListRecords&metadataPrefix=oai_dc&from=${since}`)).join('')
  expect(news.match(/status="deleted"/g)).toHaveLength(60)
  expect(news).toContain('Jeu nouveau')
  expect(ids(news)).toHaveLength(121)
  // Deletions stay, in the sets that the record was in.
  expect((await walk('verb=ListIdentifiers&metadataPrefix=oai_dc&set=source:portail')).join('').match(/status="deleted"/g)).toHaveLength(60)
})

test('the date of a record, given as from, takes that record in', async () => {
  const [, id, date] = /<identifier>([^<]+)<\/identifier>\s*<datestamp>([^<]+)</.exec(await ask('verb=ListIdentifiers&metadataPrefix=oai_dc'))!
  expect((await walk(`verb=ListIdentifiers&metadataPrefix=oai_dc&from=${date}`)).join('')).toContain(`<identifier>${id}<`)
})

const schemas = join(corpus ?? '/nowhere', 'schemas/folio-org__mod-oai-pmh/ramls/schemas')
if (!hasXmllint || !existsSync(schemas)) console.warn('oai.test.ts goes without the schema of OAI-PMH: it needs xmllint and FIHRIST_CORPUS.')
test.skipIf(!hasXmllint || !existsSync(schemas))('every answer is valid by the schema of OAI-PMH 2.0 (needs xmllint and the corpus)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-oai-'))
  // What stands in a record is of another schema, most of which are not at hand.
  writeFileSync(join(folder, 'oai.xsd'), readFileSync(join(schemas, 'OAI-PMH.xsd'), 'utf8').replaceAll('processContents="strict"', 'processContents="skip"'))
  for (const query of [
    'verb=Identify',
    'verb=ListSets',
    'verb=ListMetadataFormats',
    'verb=ListIdentifiers&metadataPrefix=oai_dc',
    'verb=Nothing',
    ...['oai_dc', 'dcat_ap', 'datacite'].map(prefix => `verb=ListRecords&metadataPrefix=${prefix}`),
  ]) {
    for (const [at, page] of (await walk(query)).entries()) {
      const file = join(folder, `${at}.xml`)
      writeFileSync(file, page)
      expect(() => execFileSync('xmllint', ['--noout', '--nonet', '--schema', join(folder, 'oai.xsd'), file], { stdio: 'pipe' }), query).not.toThrow()
    }
  }
})
