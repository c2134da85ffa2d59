import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressesOf, startPortals, type DemoPortal } from '../../demo/portals.ts'
import { readCatalogue } from '../../src/config/catalogue.ts'
import { readSources } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { protocolOptions } from '../../src/harvest/protocols/index.ts'
import { run, type Report } from '../../src/harvest/run/run.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { dcat, dct, foaf, rdf, rdfs, skos, stat, vcard, xsd } from '../../src/rdf/namespaces.ts'
import { readLines } from '../../src/rdf/own-lines.ts'
import { namedNode, type NamedNode } from '../../src/rdf/terms.ts'
import { saidOf } from '../ledger/said.ts'
import { openHouse, type House } from './harvest.ts'

// The sample portals, harvested with the harvesters that npm start uses. Expected graphs are the files of test/portals:
// a comment line, then sorted N-Triples. FIHRIST_WRITE_EXPECTED=1 writes those that are not there; read them before keeping them.

const expectedGraphs = join(root, 'test/portals')
let house: House
let portals: DemoPortal[]
let reports: Record<string, Report>

beforeAll(async () => {
  portals = await startPortals({ files: false })
  const env = addressesOf(portals)
  house = await openHouse(readFileSync(join(root, 'demo/catalogue.yaml'), 'utf8').replace('./harvesters', join(root, 'demo/harvesters')))
  const sources = readSources(readCatalogue(join(root, 'demo/catalogue.yaml'), env), protocolOptions, env)
  reports = {}
  for (const source of sources) reports[source.id] = await run(source, house.engine)
})
afterAll(async () => {
  await house.close()
  await Promise.all(portals.map(portal => portal.close()))
})

const eu = 'http://publications.europa.eu/resource/authority'
const base = 'http://localhost:3000'
const graphOf = (id: string) => new Graph(readLines(house.graph(id)))
const datasetOf = (id: string) => namedNode(house.records().find(record => record.id === id)!.dataset)
const of = (id: string, property: NamedNode, subject = datasetOf(id)) =>
  graphOf(id)
    .objects(subject, property)
    .map(each => ('language' in each && each.language ? `${each.value}@${each.language}` : each.value))
    .sort()
const repairsOf = (id: string) => saidOf(house.ledger, id).repairs.map(({ rule, before, after }) => ({ rule, before, after }))
const sourceOf = (source: string) => house.records().filter(record => record.source === source)

test.each([
  ['demo-inventaire', 10, 0],
  ['demo-national', 85, 0],
  ['demo-souss-massa', 36, 0],
  ['demo-equipement-eau', 18, 3],
  ['demo-statistiques', 12, 0],
  ['demo-tenu', 0, 0],
  ['demo-urbanisme-safi', 6, 0],
])('%s: %i datasets, %i of them quarantined, no problem', (source, seen, quarantined) => {
  expect(reports[source]).toMatchObject({ state: 'complete', seen, added: seen, failed: 0, quarantined, problems: [] })
})

test('no blank node is left in any graph', () => {
  for (const { id } of house.records()) expect(house.graph(id)).not.toMatch(/(^| )_:/m)
})

describe('demo-national, CKAN', () => {
  const id = 'demo-national-arrivees-aux-postes-frontieres'
  test('titles and descriptions in French and Arabic', () => {
    expect(of(id, dct.title)).toEqual(['Arrivées de touristes aux postes frontières@fr', 'توافد السياح عبر المراكز الحدودية@ar'])
    expect(of(id, dct.description)).toHaveLength(2)
    for (const record of sourceOf('demo-national')) expect(Object.keys(record.title)).toEqual(expect.arrayContaining(['fr', 'ar']))
  })
  test('the publisher is a concept of the organisation list, for every dataset', () => {
    expect(of(id, dct.publisher)).toEqual([`${base}/id/organisation/mtaess`])
    for (const record of sourceOf('demo-national'))
      for (const publisher of of(record.id, dct.publisher)) expect(publisher).toMatch(new RegExp(`^${base}/id/organisation/[a-z0-9-]+$`))
  })
  test('the theme is national and European', () => {
    expect(of(id, dcat.theme)).toEqual([`${base}/id/theme/tourisme`, `${eu}/data-theme/ECON`])
  })
  test("the licence of the portal is the edition's, on every distribution", () => {
    for (const record of sourceOf('demo-national')) {
      for (const file of of(record.id, dcat.distribution)) expect(of(record.id, dct.license, namedNode(file))).toEqual([`${base}/id/licence/odbl-ma`])
    }
  })
  test('formats and media types are those of the lists', () => {
    for (const file of of(id, dcat.distribution)) {
      expect(of(id, dct.format, namedNode(file))).toEqual([`${eu}/file-type/XLSX`])
      expect(of(id, dcat.mediaType, namedNode(file))).toEqual([
        'https://www.iana.org/assignments/media-types/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ])
    }
  })
  test('territory, language, frequency of collection', () => {
    expect(of(id, dct.spatial)).toEqual([`${base}/id/territory/MA`])
    expect(of(id, dct.language)).toEqual([`${eu}/language/FRA`])
    expect(of(id, namedNode('https://w3id.org/fihrist#collectionFrequency'))).toEqual([`${eu}/frequency/MONTHLY`])
  })
  test("the dates of the portal's record are on its CatalogRecord and not on the dataset", () => {
    const [portalRecord] = graphOf(id).subjects(rdf.type, dcat.CatalogRecord)
    expect(of(id, dct.issued, portalRecord as never)).toEqual(['2018-06-25T10:30:20.440400'])
    expect(of(id, dct.issued)).toEqual([])
    expect(of(id, foaf.primaryTopic, portalRecord as never)).toEqual([datasetOf(id).value])
  })
})

describe('demo-souss-massa, DCAT in Turtle', () => {
  const id = 'demo-souss-massa-apports-aux-barrages-souss-massa'
  test('the pages are walked to the end', () => {
    expect(sourceOf('demo-souss-massa')).toHaveLength(36)
  })
  test('blank nodes are IRIs under the record', () => {
    for (const contact of of(id, dcat.contactPoint)) expect(contact).toMatch(`${base}/record/${id}#`)
  })
  test('schema:startDate is dcat:startDate', () => {
    const [period] = of(id, dct.temporal)
    expect(of(id, dcat.startDate, namedNode(period!))).toEqual(['1990-09-01'])
    expect(house.graph(id)).not.toContain('schema.org')
  })
  test('frequency, licence and publisher as words are concepts', () => {
    expect(of(id, dct.accrualPeriodicity)).toEqual([`${eu}/frequency/DAILY`])
    expect(of(id, dct.publisher)).toEqual([`${base}/id/organisation/abh-souss-massa`])
    expect(of(id, dct.license, namedNode(of(id, dcat.distribution)[0]!))).toEqual([`${eu}/licence/CC_BY_4_0`])
  })
})

describe('demo-equipement-eau, RDF/XML kept by hand', () => {
  test('addresses with blanks, quotes and braces are mended, each a repair', () => {
    expect(of('demo-equipement-eau-barrages-2023', dcat.distribution)).toHaveLength(1)
    expect(repairsOf('demo-equipement-eau-barrages-2023')).toContainEqual({
      rule: 'iri-mended',
      before: 'https://eau.example/fichiers/barrages 2023.csv',
      after: 'https://eau.example/fichiers/barrages%202023.csv',
    })
    expect(repairsOf('demo-equipement-eau-barrages-2023')).toContainEqual({
      rule: 'iri-mended',
      before: 'https://eau.example/jeux/barrages 2023',
      after: 'https://eau.example/jeux/barrages%202023',
    })
    expect(house.graph('demo-equipement-eau-debits-oueds')).toContain('<https://eau.example/api/%7Bstation%7D/debits?nom=%22Oued%20Sebou%22>')
  })
  test('an e-mail address written as a relative address is an e-mail address', () => {
    const [contact] = of('demo-equipement-eau-barrages-2023', dcat.contactPoint)
    expect(of('demo-equipement-eau-barrages-2023', vcard.hasEmail, namedNode(contact!))).toEqual(['mailto:donnees@eau.example'])
  })
  test('every date is one of the four forms, or plain text where it is none', () => {
    const forms = new Set([xsd.date, xsd.dateTime, xsd.gYear, xsd.gYearMonth].map(type => type.value))
    for (const { id } of sourceOf('demo-equipement-eau')) {
      for (const { object } of graphOf(id).quads(null, dct.issued)) {
        if ('datatype' in object && forms.has(object.datatype.value)) expect(object.value).toMatch(/^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/)
      }
    }
  })
  test('what has no title or nothing to open is quarantined, the rest is published', () => {
    expect(
      sourceOf('demo-equipement-eau')
        .filter(record => record.admission === 'quarantined')
        .map(record => record.dataset),
    ).toContain('https://eau.example/jeux/dessalement')
    expect(sourceOf('demo-equipement-eau').filter(record => record.admission === 'published')).toHaveLength(15)
  })
  test('a publisher as text, a theme as text, a format with a full stop', () => {
    // Water is nobody's national theme: that of equipment would bring transport with it.
    expect(of('demo-equipement-eau-stations-epuration', dcat.theme)).toEqual([`${eu}/data-theme/ENVI`])
    expect(of('demo-equipement-eau-stations-epuration', dct.format, namedNode(of('demo-equipement-eau-stations-epuration', dcat.distribution)[0]!))).toEqual([
      `${eu}/file-type/CSV`,
    ])
    for (const { id } of sourceOf('demo-equipement-eau')) expect(of(id, dct.publisher)).toHaveLength(1)
  })
})

describe('demo-statistiques, indicators of an institute', () => {
  const id = 'demo-statistiques-indice-de-confiance-des-menages'
  test('an indicator is a dataset with its dimensions, its unit and its source', () => {
    expect(of(id, dct.title)).toEqual(['Indice de confiance des ménages@fr'])
    expect(of(id, dct.publisher)).toEqual([`${base}/id/organisation/hcp`])
    expect(of(id, dct.type)).toEqual([`${eu}/dataset-type/STATISTICAL`])
    for (const [property, label, words] of [
      [stat.dimension, rdfs.label, 'Composantes@fr'],
      [stat.statUnitMeasure, skos.prefLabel, 'Indice@fr'],
      [dct.creator, foaf.name, 'Enquête de conjoncture (exemple)@fr'],
    ] as const) {
      expect(of(id, label, namedNode(of(id, property)[0]!))).toEqual([words])
    }
  })
  test('its themes are those of the lists, in both of its subjects', () => {
    expect(of(id, dcat.theme)).toEqual(expect.arrayContaining([`${base}/id/theme/economie-finance`, `${base}/id/theme/societe`]))
    expect(of(id, dcat.keyword)).toEqual(['Conditions de vie@fr', 'Confiance des ménages@fr', 'Conjoncture@fr', 'Ménages@fr'])
  })
  test('every indicator has a theme, a frequency, a territory, a licence and a period', () => {
    for (const { id } of sourceOf('demo-statistiques')) {
      expect(of(id, dcat.theme), id).toContainEqual(expect.stringMatching(/\/id\/theme\//))
      expect(of(id, dct.accrualPeriodicity), id).toHaveLength(1)
      expect(of(id, dct.spatial), id).toEqual([`${base}/id/territory/MA`])
      expect(of(id, dct.temporal), id).toHaveLength(1)
      expect(of(id, dct.license, namedNode(of(id, dcat.distribution)[0]!)), id).toEqual([`${eu}/licence/CC_BY_4_0`])
    }
  })
})

describe('demo-urbanisme-safi, a catalogue service with ISO 19139', () => {
  const id = 'demo-urbanisme-safi-occupation-sol-littoral'
  test('titles in French and Arabic, the publisher and the place of the lists, the period', () => {
    expect(of(id, dct.title)).toEqual(['Occupation du sol du littoral de Safi@fr', 'استعمال الأراضي بساحل آسفي@ar'])
    expect(of(id, dct.publisher)).toEqual([`${base}/id/organisation/agence-urbaine-safi-youssoufia`])
    expect(of(id, dcat.startDate, namedNode(of(id, dct.temporal)[0]!))).toEqual(['2018-05-01'])
  })
  test('every record has a theme, a frequency and a licence on its files', () => {
    for (const { id } of sourceOf('demo-urbanisme-safi')) {
      expect(of(id, dcat.theme), id).toContainEqual(expect.stringContaining('/data-theme/'))
      expect(of(id, dct.accrualPeriodicity), id).toHaveLength(1)
      for (const file of of(id, dcat.distribution)) expect(of(id, dct.license, namedNode(file)), file).toEqual([`${eu}/licence/CC_BY_4_0`])
    }
  })
})

describe('expected graphs', () => {
  const wanted = [
    'demo-national-arrivees-aux-postes-frontieres',
    'demo-souss-massa-apports-aux-barrages-souss-massa',
    'demo-equipement-eau-barrages-2023',
    'demo-equipement-eau-situation-barrages',
    'demo-equipement-eau-zones-inondables',
    'demo-equipement-eau-stations-epuration',
  ]
  if (process.env['FIHRIST_WRITE_EXPECTED'])
    test.each(wanted)('written: %s', id => {
      const file = join(expectedGraphs, `${id}.nt`)
      if (!existsSync(file)) writeFileSync(file, house.graph(id))
    })
  else
    test.each(readdirSync(expectedGraphs).filter(name => name.endsWith('.nt')))('%s', name => {
      expect(house.graph(name.replace('.nt', '')).split('\n')).toEqual(readFileSync(join(expectedGraphs, name), 'utf8').split('\n'))
    })
})
