import { gzipSync } from 'node:zlib'
import { zipSync, strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { politeHttp } from '../../../../src/harvest/http/fetch.ts'
import { harvestDump } from '../../../../src/harvest/protocols/dcat/dump.ts'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { collect } from '../../../memory.ts'
import type { Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { container, datasetLines, datasetTurtle, feed } from './feed.ts'

// Feeds of RDF beyond one page: packed, larger than memory, linked by LDP, nested, and in the words of schema.org.

const iri = (id: string) => `https://data.example.org/dataset/${id}`

const quads = (body: string | Uint8Array): Answer => ({ type: 'application/n-quads', body })
const file = (type: string, body: string | Uint8Array): Answer => ({ type, body })

onStage()

const harvest = (path: string, options: object = {}, more: object = {}) => house.harvest(house.source('dcat', portal.url + path, { options, ...more }))
const keys = () =>
  house
    .records()
    .map(record => record.key)
    .sort()
const graphOf = (key: string) => house.graph(house.records().find(record => record.key === key)!.id)

describe.each([{ dump: false }, { dump: true }])('packed files (dump: $dump)', options => {
  const [one, two] = [feed(['a', 'b']), datasetLines('c')]
  const zip = (files: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
  test.each<[string, string, Answer, string[]]>([
    ['Turtle, gzipped', '/feed.ttl.gz', file('application/gzip', gzipSync(one)), ['a', 'b']],
    ['gzipped, whatever it is said to be', '/feed', file('text/turtle', gzipSync(one)), ['a', 'b']],
    [
      'a zip of several files, and what is none of RDF',
      '/all.zip',
      file('application/zip', zip({ 'one.ttl': one, 'more/two.nq': two, 'readme.txt': 'Read me.', '__MACOSX/one.ttl': 'x', 'a.csv': 'a,b' })),
      ['a', 'b', 'c'],
    ],
    [
      'a zip of RDF/XML and JSON-LD',
      '/all.zip',
      file(
        'application/octet-stream',
        zip({
          'a.rdf': `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="${iri('a')}"><dct:title>A</dct:title></dcat:Dataset></rdf:RDF>`,
          'b.jsonld': JSON.stringify({ '@id': iri('b'), '@type': 'http://www.w3.org/ns/dcat#Dataset', 'http://purl.org/dc/terms/title': 'B' }),
        }),
      ),
      ['a', 'b'],
    ],
  ])('%s', async (_name, path, answer, ids) => {
    portal.answers = { [path]: answer }
    expect(await harvest(path, options)).toMatchObject({ state: 'complete', added: ids.length, failed: 0, problems: [] })
    expect(keys()).toEqual(ids.map(iri))
    expect(await harvest(path, options)).toMatchObject({ state: 'complete', unchanged: ids.length })
  })

  const bomb = Buffer.alloc(20_000_000, ' ')
  test.each<[string, string, Uint8Array, string]>([
    ['a gzip bomb', '/bomb.ttl.gz', gzipSync(bomb), 'too-large'],
    ['a zip bomb', '/bomb.zip', zipSync({ 'bomb.ttl': bomb }), 'too-large'],
    ['half a gzipped file', '/half.ttl.gz', gzipSync(one).subarray(0, 60), 'unreadable-rdf'],
    ['half a zip', '/half.zip', zip({ 'one.ttl': one.repeat(3) }).subarray(0, 120), 'unreadable-rdf'],
    ['a zip without RDF', '/none.zip', zip({ 'a.csv': 'a,b' }), 'unknown-format'],
  ])('%s is refused', async (_name, path, body, code) => {
    portal.answers = { [path]: file('application/octet-stream', body) }
    const report = await harvest(path, options, { limits: { delayMs: 0, timeoutS: 20, maxBytes: 5_000_000 } })
    expect(report).toMatchObject({ state: 'failed', seen: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(report.problems[0]!.message).toContain(portal.url)
  })
})

describe('a dump', () => {
  test('gives the records that the same file gives when it is read whole', async () => {
    const text = `${feed(['a', 'b'])}\n<https://data.example.org/api> a dcat:DataService ; dct:title "API"@fr ; dcat:servesDataset <${iri('a')}>, <${iri('b')}> .\n<https://data.example.org/r> a dcat:CatalogRecord ; foaf:primaryTopic <${iri('b')}> .\n`
    portal.answers = { '/feed.ttl': file('text/turtle', text) }
    await harvest('/feed.ttl')
    const whole = house.content()
    const other = house.fresh()
    expect(await other.harvest(other.source('dcat', `${portal.url}/feed.ttl`, { options: { dump: true } }))).toMatchObject({ state: 'complete', added: 2 })
    expect(other.content()).toEqual(whole)
    other.ledger.close()
  })

  test('a line that cannot be read costs the dataset it is said of, and the run is partial', async () => {
    portal.answers = { '/d.nq': quads(datasetLines('a') + datasetLines('b') + datasetLines('c')) }
    await harvest('/d.nq', { dump: true })
    portal.answers = {
      '/d.nq': quads(datasetLines('a', 2) + datasetLines('b', 2, `<${iri('b')}> <http://purl.org/dc/terms/title> "unfinished\n`) + datasetLines('c', 2)),
    }
    const report = await harvest('/d.nq', { dump: true })
    expect(report).toMatchObject({ state: 'partial', updated: 2, failed: 1, missing: 0, removed: 0 })
    expect(report.problems.map(problem => [problem.code, problem.place.line])).toContainEqual(['unreadable-rdf', 19])
    expect(graphOf(iri('b'))).toContain('version 1')
  })

  test('Turtle is read up to its first fault; what is held of the rest stays', async () => {
    portal.answers = { '/d.ttl': file('text/turtle', feed(['a', 'b', 'c'])) }
    await harvest('/d.ttl', { dump: true })
    portal.answers = { '/d.ttl': file('text/turtle', `${feed(['a', 'b'], { edition: 2 })} <x> <y> .. .`) }
    expect(await harvest('/d.ttl', { dump: true })).toMatchObject({ state: 'partial', missing: 0, removed: 0 })
    expect(house.published()).toBe(3)
  })

  const xml = (...datasets: string[]) => `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">${datasets.join('\n')}</rdf:RDF>`
  const inXml = (id: string, edition = 1) =>
    `<dcat:Dataset rdf:about="${iri(id)}"><dct:title xml:lang="fr">Eaux &amp; forêts ${id}</dct:title><dct:description><![CDATA[5 > 3 & <b>version ${edition}</b>]]></dct:description></dcat:Dataset>`

  test('RDF/XML is read as it comes, and gives the records that it gives when it is read whole', async () => {
    const text = xml(...['a', 'b', 'c'].map(id => inXml(id)), inXml('d').replaceAll('&amp;', '&'))
    portal.answers = { '/d.rdf': file('application/rdf+xml', text) }
    expect(await harvest('/d.rdf')).toMatchObject({ state: 'complete', added: 4 })
    const other = house.fresh()
    expect(await other.harvest(other.source('dcat', `${portal.url}/d.rdf`, { options: { dump: true } }))).toMatchObject({
      state: 'complete',
      added: 4,
      problems: [],
    })
    expect(other.content()).toEqual(house.content())
    other.ledger.close()
  })

  test('RDF/XML that breaks off is read up to there; what is held of the rest stays', async () => {
    portal.answers = { '/d.rdf': file('application/rdf+xml', xml(inXml('a'), inXml('b'), inXml('c'))) }
    await harvest('/d.rdf', { dump: true })
    const again = xml(inXml('a', 2), inXml('b', 2), inXml('c', 2))
    portal.answers = { '/d.rdf': file('application/rdf+xml', again.slice(0, again.indexOf(iri('c')))) }
    const report = await harvest('/d.rdf', { dump: true })
    expect(report).toMatchObject({ state: 'partial', missing: 0, removed: 0 })
    expect(report.problems.map(({ code }) => code)).toContain('unreadable-rdf')
    expect(keys()).toEqual(['a', 'b', 'c'].map(iri))
  })

  test('blank nodes and elements nested without end are read no further than in a page', async () => {
    portal.answers = { '/d.ttl': file('text/turtle', `${feed(['a'])}<${iri('a')}> dct:relation ${'[ dct:relation '.repeat(2000)}""${' ]'.repeat(2000)} .`) }
    portal.answers['/d.rdf'] = file(
      'application/rdf+xml',
      xml(
        `<dcat:Dataset rdf:about="${iri('a')}">${'<dct:relation><rdf:Description>'.repeat(2000)}${'</rdf:Description></dct:relation>'.repeat(2000)}</dcat:Dataset>`,
      ),
    )
    for (const dump of [true, false])
      for (const path of ['/d.ttl', '/d.rdf'])
        expect((await harvest(path, { dump })).problems).toMatchObject([
          { code: 'unreadable-rdf', message: expect.stringContaining('nested more than 1000 deep') },
        ])
  })

  const nothing = xml()
  test.each<[string, string, { head: string; dataset(at: number): string; tail: string }]>([
    [
      'N-Quads',
      'application/n-quads',
      { head: '', dataset: at => datasetLines(`n${at}`, 1, `<${iri(`n${at}`)}> <http://www.w3.org/ns/dcat#keyword> "mot ${at}"@fr .\n`), tail: '' },
    ],
    ['RDF/XML', 'application/rdf+xml', { head: nothing.replace('</rdf:RDF>', ''), dataset: at => inXml(`n${at}`).repeat(2), tail: '</rdf:RDF>' }],
  ])(
    'of 30,000 datasets in %s takes no more memory than one of 300',
    async (_name, mediaType, { head, dataset, tail }) => {
      const held = async (datasets: number) => {
        let [most, records] = [0, 0]
        const sample = () => {
          collect()
          most = Math.max(most, process.memoryUsage().heapUsed - before)
        }
        portal.answers = {
          '/big': (_request, response) => {
            response.writeHead(200, { 'content-type': mediaType }).write(head)
            let at = 0
            const more = () => {
              while (at < datasets) {
                if (at % Math.ceil(datasets / 5) === 1) sample()
                if (!response.write(dataset(at++))) return void response.once('drain', more)
              }
              response.end(tail)
            }
            more()
          },
        }
        const source = house.source('dcat', `${portal.url}/big`, { options: { dump: true }, limits: { delayMs: 0, timeoutS: 60, maxBytes: 1e9 } })
        const { open } = politeHttp(source.limits, house.engine.catalogue.http)
        collect()
        const before = process.memoryUsage().heapUsed
        for await (const harvested of harvestDump(source, { open } as never)) if ('payload' in harvested && ++records % Math.ceil(datasets / 5) === 1) sample()
        expect(records).toBe(datasets)
        return most
      }
      const [small, large] = [await held(300), await held(30_000)]
      expect(large - small).toBeLessThan(20_000_000)
    },
    180_000,
  )
})

describe('LDP containers', () => {
  const ldp = (members: string[], more?: string) => file('text/turtle', container(members, more))
  const turtle = (id: string) => file('text/turtle', datasetTurtle(id))
  test('members are followed, containers in containers too, pages of a container one after the other', async () => {
    portal.answers = {
      '/c/': ldp(['a', 'b', 'sub/'], '<> ldp:nextPage <?p=2> .'),
      '/c/?p=2': ldp(['d']),
      '/c/a': turtle('a'),
      '/c/b': turtle('b'),
      '/c/d': turtle('d'),
      '/c/sub/': ldp(['e', '/c/', 'https://elsewhere.example.org/x']),
      '/c/sub/e': turtle('e'),
    }
    expect(await harvest('/c/')).toMatchObject({ state: 'complete', added: 4, problems: [] })
    expect(portal.asked.filter(path => path === '/c/')).toHaveLength(1)
    expect(await harvest('/c/')).toMatchObject({ state: 'complete', unchanged: 4 })
  })

  test('a member that is lost makes the run partial and removes nothing; a portal that is down ends it', async () => {
    portal.answers = { '/c/': ldp(['a', 'b', 'd', 'e']), '/c/a': turtle('a'), '/c/b': turtle('b'), '/c/d': turtle('d'), '/c/e': turtle('e') }
    await harvest('/c/')
    portal.answers = { ...portal.answers, '/c/b': { status: 404 } }
    expect(await harvest('/c/')).toMatchObject({ state: 'partial', unchanged: 3, missing: 0, removed: 0 })
    portal.answers = { '/c/': portal.answers['/c/']! }
    const report = await harvest('/c/')
    expect(report).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
    expect(report.problems).toHaveLength(3)
    expect(house.published()).toBe(4)
  })

  test('without follow only the container itself is read', async () => {
    portal.answers = { '/c/': ldp(['a']), '/c/a': turtle('a') }
    expect(await harvest('/c/', { follow: [] })).toMatchObject({ state: 'failed' })
    expect(portal.asked).toEqual(['/c/'])
  })
})

describe('catalogues within a catalogue', () => {
  const catalogue = (id: string, inside: string[], datasets: string[]) =>
    file(
      'text/turtle',
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<#${id}> a dcat:Catalog ; dct:title "${id}" ${inside.map(each => `; dcat:catalog <${each}>`).join(' ')} ${datasets.map(each => `; dcat:dataset <${each}>`).join(' ')} .`,
    )
  const nested = () => {
    portal.answers = {
      '/top': catalogue('top', ['/one#one', '/two#two'], ['/d/a']),
      '/one': catalogue('one', ['/deep#deep'], ['/d/b']),
      '/two': catalogue('two', ['/top#top'], ['/d/a']),
      '/deep': catalogue('deep', [], ['/d/e']),
      ...Object.fromEntries(['a', 'b', 'e'].map(id => [`/d/${id}`, file('text/turtle', datasetTurtle(id))])),
    }
  }
  test('are followed where the source says so, with their datasets, each once, in circles and all', async () => {
    nested()
    expect(await harvest('/top', { follow: ['catalogues', 'datasets'] })).toMatchObject({ state: 'complete', added: 3, problems: [] })
    expect(new Set(portal.asked).size).toBe(portal.asked.length)
  })
  test('no further than maxDepth', async () => {
    nested()
    await harvest('/top', { follow: ['catalogues', 'datasets'], maxDepth: 2 })
    expect(keys()).toEqual([iri('a'), iri('b')])
  })
})

test('a service that serves no dataset is a record of its own; one that serves some is told with them', async () => {
  portal.answers = {
    '/f.ttl': file(
      'text/turtle',
      `${feed(['a'])}
<https://data.example.org/alone> a dcat:DataService ; dct:title "Géocodage"@fr ; dcat:endpointURL <https://api.example.org/geo> .
<https://data.example.org/with> a dcat:DataService ; dct:title "API du jeu"@fr ; dcat:endpointURL <https://api.example.org/a> ; dcat:servesDataset <${iri('a')}> .`,
    ),
  }
  expect(await harvest('/f.ttl')).toMatchObject({ state: 'complete', added: 2 })
  expect(keys()).toEqual(['https://data.example.org/alone', iri('a')].sort())
  expect(graphOf(iri('a'))).toContain('"API du jeu"@fr')
})

test('what schema.org in RDF says beyond DCAT stays as it was said; texts, dates and keywords are read whatever language they are tagged with', async () => {
  portal.answers = {
    '/s.ttl': file(
      'text/turtle',
      `@prefix s: <https://schema.org/> . @prefix time: <http://www.w3.org/2006/time#> . @prefix ex: <https://example.org/voc#> .
<https://data.example.org/s> a s:Dataset ; s:name "Pluies"@fr, "Pluies du Souss"@fr, "الأمطار"@ar ; s:headline "Il pleut"@fr ; s:description "Pluies mesurées"@fr ; s:keywords "pluie, eau"@fr, "مطر، ماء"@ar ; s:dateModified "2024-05-01"@fr ;
  s:identifier [ a s:PropertyValue ; s:propertyID "doi" ; s:value "10.5072/abc" ] ; s:publisher <https://office.example.org/> ; s:provider [ a s:Organization ; s:name "Dépôt national" ] ;
  s:temporalCoverage [ a time:Interval ; time:hasBeginning [ time:inXSDDate "2010-01-01" ] ] ; s:license <https://creativecommons.org/licenses/by/4.0/> ; ex:mine "à nous" ;
  s:distribution [ a s:DataDownload ; s:contentUrl <https://data.example.org/s.csv> ; s:encodingFormat "CSV"@fr ; s:measurementTechnique "pluviomètre" ] .
<https://office.example.org/> a s:Organization ; s:name "Office des pluies"@fr ; s:legalName "Office national des pluies"@fr ; s:parentOrganization <https://office.example.org/> .`,
    ),
  }
  expect(await harvest('/s.ttl')).toMatchObject({ state: 'complete', added: 1, failed: 0, problems: [] })
  const graph = graphOf('https://data.example.org/s')
  for (const said of [
    'title> "Pluies"@fr',
    'title> "Pluies du Souss"@fr',
    'title> "الأمطار"@ar',
    'headline> "Il pleut"@fr',
    'keyword> "eau"@fr',
    'modified> "2024-05-01"^^',
    'notation> "10.5072/abc"',
    'propertyID> "doi"',
    'name> "Office des pluies"@fr',
    'legalName> "Office national des pluies"@fr',
    'schema.org/provider>',
    'name> "Dépôt national"',
    'dc/terms/temporal>',
    '2010-01-01',
    'CC_BY_4_0>',
    'mine> "à nous"',
    'file-type/CSV>',
    'measurementTechnique> "pluviomètre"',
    '<https://schema.org/PropertyValue>',
  ])
    expect(graph).toContain(said)
  expect(graph).not.toMatch(/schema\.org\/(distribution|publisher|keywords|dateModified|Dataset|DataDownload)>/)
})

test('schema.org in RDF, written with http or https, becomes DCAT', async () => {
  const document = (base: string) =>
    file(
      'text/turtle',
      `@prefix s: <${base}> .
<https://data.example.org/s> a s:Dataset ; s:name "Pluies"@fr, "الأمطار"@ar ; s:description "Pluies mesurées"@fr ; s:keywords "pluie, eau" ; s:url <https://data.example.org/s> ;
  s:identifier [ a s:PropertyValue ; s:propertyID "doi" ; s:value "10.5072/abc" ] ; s:creator ( [ a s:Organization ; s:name "Bureau A" ] [ a s:Person ; s:name "Personne B" ] ) ;
  s:publisher [ a s:Organization ; s:name "Office des pluies" ; s:parentOrganization [ a s:Organization ; s:name "Ministère des pluies" ] ] ;
  s:datePublished "2024-05-01"^^s:Date ; s:license "https://creativecommons.org/licenses/by/4.0/" ; s:temporalCoverage "2010-01-01/2012-12-31" ;
  s:spatialCoverage [ a s:Place ; s:name "Souss" ; s:geo [ a s:GeoShape ; s:box "29 -10 31 -7" ] ] ; s:variableMeasured "mm" ;
  s:distribution [ a s:DataDownload ; s:contentUrl "https://data.example.org/s.csv" ; s:encodingFormat "text/csv" ] ; s:includedInDataCatalog [ a s:DataCatalog ; s:dataset <https://data.example.org/s>, <https://data.example.org/t> ] .
<https://data.example.org/t> a s:Dataset ; s:name "Vents"@fr ; s:description "Vents mesurés"@fr .`,
    )
  const graphs = []
  for (const base of ['http://schema.org/', 'https://schema.org/']) {
    portal.answers = { '/s.ttl': document(base) }
    const room = house.fresh()
    const source = room.source('dcat', `${portal.url}/s.ttl`)
    expect(await room.harvest(source)).toMatchObject({ state: 'complete', added: 2, failed: 0, problems: [] })
    graphs.push(room.graph(room.records().find(record => record.key === 'https://data.example.org/s')!.id).replaceAll(base, ''))
    expect(await rebuild(source, room.engine)).toMatchObject({ unchanged: 2, failed: 0 })
    room.ledger.close()
  }
  const [graph] = graphs
  for (const said of [
    'ns/dcat#Dataset>',
    '"Pluies"@fr',
    '"الأمطار"@ar',
    '"pluie"@fr',
    '10.5072/abc',
    '"Office des pluies"',
    '"Ministère des pluies"',
    '"Bureau A"',
    '"Personne B"',
    '"2024-05-01"',
    'media-types/text/csv',
    '<https://data.example.org/s.csv>',
    'POLYGON((-10 29',
    '"2012-12-31"',
    'subOrganizationOf',
    '<variableMeasured>',
  ])
    expect(graph).toContain(said)
  expect(graph).not.toContain('dataset/t')
  expect(graphs[1]!.length).toBe(graph!.length)
})
