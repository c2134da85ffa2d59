import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { politeHttp } from '../../src/harvest/http/fetch.ts'
import type { Harvested } from '../../src/harvest/protocol.ts'
import { protocols } from '../../src/harvest/protocols/index.ts'
import { corpus, recordedTypes } from '../corpus.ts'
import type { Answer } from '../portal.ts'
import { lent } from './harvest.ts'
import { house, onStage, portal } from './stage.ts'

// What a source holds is counted here without any reader of ours: by its keys, its elements or its statements. Every one of them has to come out as a record,
// as a problem, or as one that is said to be left out; and a protocol that has no such count fails.

if (!corpus) console.warn('counts.test.ts counts the samples alone: set FIHRIST_CORPUS to the folder of recorded portal responses.')

interface Counted {
  name: string
  url: string
  options?: object
  answers: Record<string, Answer>
  /** How many datasets, series and services the answers hold. */
  holds: number
}

const read = (file: string) => readFileSync(join(corpus ?? '', file))
const json = (body: Buffer | string | object): Answer => ({
  type: 'application/json',
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
})
const xml = (body: Buffer | string): Answer => ({ type: 'application/xml', body })
const times = (text: string, what: RegExp) => text.match(what)?.length ?? 0
const parsed = (body: Buffer | string) => JSON.parse(String(body))
const files = (folder: string, end: RegExp) =>
  corpus
    ? readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
        .filter(each => end.test(each))
        .sort()
        .map(each => `${folder}/${each}`)
    : []
const index = corpus
  ? read('INDEX.tsv')
      .toString('utf8')
      .split('\n')
      .slice(1)
      .map(line => line.split('\t'))
  : []

/** Datasets, series and services of a data.json, wherever they lie. */
function inDataJson(sent: unknown, list = ''): number {
  const value = sent as Record<string, unknown> | unknown[] | null
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + inDataJson(each, list), 0)
  if (typeof value !== 'object' || value === null) return list === 'dataset' ? 1 : 0
  const type = String((value['@type'] as string | undefined) ?? '')
  const own = /Dataset$|DatasetSeries$|DataService$/.test(type) && value['title'] !== undefined ? 1 : list === 'dataset' || list === 'service' ? 1 : 0
  return (
    own +
    ['dataset', 'datasetSeries', 'service', 'catalog', 'seriesMember', 'servesDataset'].reduce(
      (sum, name) => sum + (value[name] === undefined ? 0 : inDataJson(value[name], name)),
      0,
    )
  )
}

/** Subjects that statements of N-Triples call a dataset, a series, or a dataset of schema.org. */
const inTriples = (text: string) =>
  new Set(
    [
      ...text.matchAll(
        /^(\S+) <http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type> <(?:http:\/\/www\.w3\.org\/ns\/dcat#(?:Dataset|DatasetSeries|DataService)|https?:\/\/schema\.org\/Dataset)> \./gm,
      ),
    ].map(([, subject]) => subject),
  ).size

const package_ = (id: string, more: object = {}) => ({ id, name: id, title: `Jeu ${id}`, state: 'active', resources: [], ...more })
const triples = ['a', 'b', 'c']
  .map(
    id =>
      `<https://data.example.org/${id}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#${id === 'c' ? 'DataService' : 'Dataset'}> .\n<https://data.example.org/${id}> <http://purl.org/dc/terms/title> "Jeu ${id}" .\n`,
  )
  .join('')
const recordOf = (id: string) =>
  `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>${id}</gco:CharacterString></gmd:fileIdentifier><gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="${id === 'c' ? 'application' : 'dataset'}"/></gmd:hierarchyLevel></gmd:MD_Metadata>`
const pageOfCsw = (records: string) =>
  xml(
    `<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults numberOfRecordsMatched="${times(records, /<gmd:MD_Metadata /g)}" numberOfRecordsReturned="${times(records, /<gmd:MD_Metadata /g)}" nextRecord="0">${records}</csw:SearchResults></csw:GetRecordsResponse>`,
  )
const collections = (ids: string[]) => ids.map(id => ({ type: 'Collection', id, title: id, extent: {}, links: [] }))

/** Protocol → what is counted. */
const counts: Record<string, () => Counted[]> = {
  ckan: (): Counted[] => [
    {
      name: 'packages that are private, deleted, nameless or right',
      url: '/',
      answers: {
        '/api/3/action/package_search?*': json({
          success: true,
          result: {
            count: 5,
            results: [package_('a'), package_('b', { private: true }), package_('c', { state: 'deleted' }), { title: 'Sans nom' }, package_('d')],
          },
        }),
      },
      holds: 5,
    },
    ...index
      .filter(([file = '', , , unit = '']) => file.startsWith('ckan/') && unit.startsWith('CKAN results'))
      .map(([file = '']) => {
        const { results } = parsed(read(file)).result
        return {
          name: file,
          url: '/',
          answers: { '/api/3/action/package_search?*': json({ success: true, result: { count: results.length, results } }) },
          holds: results.length,
        }
      }),
  ],
  'data-json': () =>
    files('data-json', /\.json$/)
      .filter(file => !/cassettes|schemas|healthdata|states|broken|invalid_dataset_type/.test(file))
      .flatMap((file): Counted[] => {
        try {
          const document = parsed(read(file))
          const holds = inDataJson(Array.isArray(document) ? { dataset: document } : { ...document, '@type': 'Catalog' })
          return holds > 0 && holds < 500 ? [{ name: file, url: '/data.json', answers: { '/data.json': json(read(file)) }, holds }] : []
        } catch {
          return []
        }
      }),
  dcat: () => [
    { name: 'N-Triples', url: '/feed.nt', answers: { '/feed.nt': { type: 'application/n-triples', body: triples } }, holds: inTriples(triples) },
    ...index
      .filter(([file = '', , count, unit]) => file.startsWith('dcat-feeds/') && file.endsWith('.nt') && unit === 'dataset' && Number(count) > 0)
      .map(([file = '']) => ({
        name: file,
        url: '/feed.nt',
        answers: { '/feed.nt': { type: recordedTypes[extname(file)]!, body: read(file) } },
        holds: inTriples(read(file).toString('utf8')),
      })),
  ],
  folder: () => [
    {
      name: 'a list of files',
      url: '/list.txt',
      answers: {
        '/list.txt': { type: 'text/plain', body: 'one.nt\ntwo.nt\n' },
        '/one.nt': { type: 'application/n-triples', body: triples },
        '/two.nt': { type: 'application/n-triples', body: triples.replaceAll('example.org', 'example.net') },
      },
      holds: 2 * inTriples(triples),
    },
  ],
  csw: (): Counted[] => [
    {
      name: 'a page of records',
      url: '/csw',
      answers: { '/csw?*': pageOfCsw(['a', 'b', 'c'].map(recordOf).join('')), '/csw': pageOfCsw(['a', 'b', 'c'].map(recordOf).join('')) },
      holds: 3,
    },
    {
      name: 'a folder',
      url: '/waf/',
      options: { folder: true },
      answers: {
        '/waf/': { type: 'text/html', body: '<a href="a b.xml">a</a><a href=\'c.xml\'>c</a><a href=saved.xml>s</a>' },
        '/waf/a%20b.xml': xml(recordOf('a')),
        '/waf/c.xml': xml(recordOf('c')),
        '/waf/saved.xml': pageOfCsw(['d', 'e'].map(recordOf).join('')),
      },
      holds: 4,
    },
    ...files('csw-iso/geonetwork__geonetwork-ui', /\.xml$/)
      .filter(file => times(read(file).toString('utf8'), /<(?:gmd|mdb):MD_Metadata[\s>]/g) > 0)
      .map(file => ({
        name: file,
        url: '/waf/',
        options: { folder: true },
        answers: { '/waf/': { type: 'text/html', body: '<a href="one.xml">one</a>' }, '/waf/one.xml': xml(read(file)) },
        holds: times(read(file).toString('utf8'), /<(?:gmd|mdb):MD_Metadata[\s>]/g),
      })),
  ],
  'oai-pmh': () => [
    {
      name: 'records, one of them deleted',
      url: '/oai',
      options: { metadataPrefix: 'iso19139' },
      answers: {
        '/oai?*': xml(
          `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${['a', 'b'].map(id => `<record><header><identifier>${id}</identifier></header><metadata>${recordOf(id)}</metadata></record>`).join('')}<record><header status="deleted"><identifier>c</identifier></header></record></ListRecords></OAI-PMH>`,
        ),
      },
      holds: 3,
    },
    ...files('oai-pmh', /get_ListRecords_\w+\.xml$/).map(file => {
      const body = read(file)
        .toString('utf8')
        .replace(/<oai:resumptionToken[\s\S]*?<\/oai:resumptionToken>/g, '')
      return { name: file, url: '/oai', options: { metadataPrefix: 'oai_dc' }, answers: { '/oai?*': xml(body) }, holds: times(body, /<oai:record>/g) }
    }),
  ],
  'ogc-records': () => [
    {
      name: 'records, one of them of a service',
      url: '/',
      answers: {
        '/collections': json({ collections: [{ id: 'r', itemType: 'record' }] }),
        '/collections?*': json({ collections: [{ id: 'r', itemType: 'record' }] }),
        '/collections/r/items?*': json({
          numberMatched: 3,
          features: ['a', 'b', 'c'].map(id => ({ type: 'Feature', id, properties: { title: id, type: id === 'c' ? 'service' : 'dataset' } })),
        }),
      },
      holds: 3,
    },
  ],
  stac: () => [
    {
      name: 'collections of an API',
      url: '/',
      answers: {
        '/': json({ conformsTo: [], stac_version: '1.0.0', links: [{ rel: 'data', href: '/collections' }] }),
        '/collections': json({ collections: collections(['a', 'b', 'c']) }),
      },
      options: { collections: ['a', 'b'] },
      holds: 3,
    },
  ],
  opendatasoft: () => [
    ...files('opendatasoft', /\/datasets\.json$/).map(file => ({
      name: file,
      url: '/',
      options: { api: 'v2.0' },
      answers: { '/api/v2/catalog/datasets?*': json(read(file)) },
      holds: times(read(file).toString('utf8'), /"dataset_id"\s*:/g),
    })),
    {
      name: 'an own and a federated one',
      url: '/',
      options: { api: 'v2.1', federated: false },
      answers: {
        '/api/explore/v2.1/catalog/datasets?*': json({
          total_count: 2,
          results: [{ dataset_id: 'a' }, { dataset_id: 'b', metas: { default: { federated: true } } }],
        }),
      },
      holds: 2,
    },
  ],
  udata: () => [
    {
      name: 'datasets, one private and one archived',
      url: '/',
      answers: {
        '/api/1/datasets/?*': json({ total: 3, data: [{ id: 'a' }, { id: 'b', private: true }, { id: 'c', archived: '2020-01-01' }], next_page: null }),
      },
      holds: 3,
    },
  ],
  socrata: () => [
    {
      name: 'assets, one derived',
      url: '/',
      answers: { '/api/catalog/v1?*': json({ resultSetSize: 2, results: [{ resource: { id: 'a' } }, { resource: { id: 'b', parent_fxf: ['a'] } }] }) },
      holds: 2,
    },
    ...files('socrata', /search-first5\.json$/).map(file => {
      const body = parsed(read(file))
      return {
        name: file,
        url: '/',
        answers: { '/api/catalog/v1?*': json({ ...body, resultSetSize: body.results.length }) },
        holds: times(read(file).toString('utf8'), /"resource"\s*:\s*\{/g),
      }
    }),
  ],
  arcgis: () => [
    {
      name: 'items, one of them not public',
      url: '/sharing/rest',
      answers: {
        '/sharing/rest/search?*': json({
          total: 2,
          results: [
            { id: 'a', access: 'public' },
            { id: 'b', access: 'org' },
          ],
          nextStart: -1,
        }),
      },
      holds: 2,
    },
    ...files('arcgis-hub', /ArcGisPortal\/search-result\.json$/).map(file => ({
      name: file,
      url: '/sharing/rest',
      answers: { '/sharing/rest/search?*': json(read(file)) },
      holds: parsed(read(file)).results.length as number,
    })),
  ],
  'schema-org': () => [
    {
      name: 'two pages of three datasets',
      url: '/sitemap.xml',
      answers: {
        '/sitemap.xml': (request, response) =>
          response
            .writeHead(200, { 'content-type': 'application/xml' })
            .end(
              `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${['one', 'two'].map(page => `<url><loc>http://${request.headers.host}/${page}</loc></url>`).join('')}</urlset>`,
            ),
        ...Object.fromEntries(
          [['one', ['a', 'b']] as const, ['two', ['c']] as const].map(([page, ids]) => [
            `/${page}`,
            {
              type: 'text/html',
              body: ids
                .map(
                  id =>
                    `<script type="application/ld+json">{"@context":"https://schema.org/","@type":"Dataset","@id":"https://data.example.org/${id}","name":"${id}","description":"${id}"}</script>`,
                )
                .join(''),
            },
          ]),
        ),
      },
      holds: 3,
    },
  ],
  sdmx: () => [
    {
      name: 'dataflows, one not for production',
      url: '/rest',
      options: { format: 'json', references: 'none', nonProduction: false },
      answers: {
        '/rest/dataflow/all/all/latest?*': json({
          data: {
            dataflows: ['A', 'B'].map(id => ({
              id,
              agencyID: 'X',
              version: '1.0',
              name: id,
              annotations: id === 'B' ? [{ type: 'NonProductionDataflow' }] : [],
            })),
          },
        }),
      },
      holds: 2,
    },
  ],
  'hcp-bds': () => [
    {
      name: 'indicators, one without a code',
      url: '/api/v1',
      answers: {
        '/api/v1/subject-groups': json([{ code: 't', label: 'T', indicators: [{ code: 'a' }, { code: 'b' }, { label: 'sans code' }] }]),
        '/api/v1/indicators/a': json({ code: 'a', label: 'A', data: [] }),
        '/api/v1/indicators/b': json({ code: 'z', label: 'Z', data: [] }),
      },
      holds: 3,
    },
  ],
  inventory: () => [
    {
      name: 'rows',
      url: '/inventory.csv',
      answers: {
        '/inventory.csv': { type: 'text/csv', body: 'identifiant,titre_fr*,organisme_responsable*\na,Jeu A,Agence\nb,Jeu B,Agence\n,,\nc,,Agence\n' },
      },
      holds: 3,
    },
  ],
  sparql: () => [
    {
      name: 'datasets of an endpoint, one without a description',
      url: '/sparql',
      options: { method: 'get' },
      answers: {
        '/sparql?*': (request, response) => {
          const query = new URL(request.url!, 'http://portal').searchParams.get('query')!
          const of = (...bindings: Record<string, string>[]) => ({
            results: { bindings: bindings.map(each => Object.fromEntries(Object.entries(each).map(([name, value]) => [name, { value }]))) },
          })
          const iris = ['a', 'b', 'c'].map(id => `https://data.example.org/${id}`)
          if (query.startsWith('CONSTRUCT'))
            return void response.writeHead(200, { 'content-type': 'application/n-triples' }).end(triples.replaceAll('#DataService', '#Dataset'))
          const answer = /COUNT\(DISTINCT/.test(query)
            ? of({ n: '3' })
            : /COUNT\(\*\)/.test(query)
              ? of(...iris.slice(0, 2).map(d => ({ d, n: '2' })))
              : query.includes('STR(?d) > ""')
                ? of(...iris.map(d => ({ d })))
                : of()
          response.writeHead(200, { 'content-type': 'application/sparql-results+json' }).end(JSON.stringify(answer))
        },
      },
      holds: 3,
    },
  ],
  ldes: () => [
    {
      name: 'members of a stream',
      url: '/stream',
      answers: {
        '/stream': {
          type: 'text/turtle',
          body: `@prefix tree: <https://w3id.org/tree#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<> a <https://w3id.org/ldes#EventStream> ; tree:member <https://data.example.org/a>, <https://data.example.org/b> .
<https://data.example.org/a> a dcat:Dataset ; dct:title "A" . <https://data.example.org/b> a dcat:Dataset ; dct:title "B" .`,
        },
      },
      holds: 2,
    },
  ],
}

test('every protocol has a count of its own', () => {
  expect(Object.keys(counts).sort()).toEqual(Object.keys(protocols).sort())
})

describe('what a source holds comes out as a record, as a problem, or is said to be left out', () => {
  onStage()
  const all = Object.entries(counts).flatMap(([protocol, of]) => of().map((each): [string, string, Counted] => [protocol, each.name, each]))
  test.each(all)('%s: %s', async (protocol, _name, { url, options, answers, holds }) => {
    portal.answers = answers
    const row = protocols[protocol]!
    const source = house.source(protocol, portal.url + url, options ? { options } : {})
    const http = politeHttp(source.limits, house.engine.catalogue.http)
    const told = { records: 0, problems: 0, leftOut: 0, lost: 0 }
    for await (const each of row.harvest(source, lent(http)) as AsyncIterable<Harvested>) {
      if ('leftOut' in each) told.leftOut += each.leftOut
      else if ('lost' in each) told.lost++
      else if ('gone' in each) told.records++
      else if ('problem' in each) told.problems++
      else if ('key' in each) told.records++
    }
    expect({ all: told.records + told.problems + told.leftOut, lost: told.lost }).toEqual({ all: holds, lost: 0 })
  })
})
