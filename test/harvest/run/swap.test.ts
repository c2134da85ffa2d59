import { expect, test } from 'vitest'
import type { Answer } from '../../portal.ts'
import { house, onStage, portal } from '../stage.ts'

// Three datasets give way to three others while one stays: the portal counts as many as before, and an incremental run must notice all the same.

interface Swapped {
  protocol: string
  url: string
  options?: object
  /** The portal's answers where it holds these ids, the new ones changed lately. */
  answers(ids: string[]): Record<string, Answer>
}

const old = '2024-01-01T00:00:00Z'
const late = '2024-06-01T00:00:00Z'
const dateOf = (id: string) => (id.startsWith('new') ? late : old)
const newestFirst = (ids: string[]) => ids.toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1))
const json =
  (of: (query: URLSearchParams) => unknown): Answer =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(of(new URL(request.url!, 'http://portal').searchParams)))
  }
const since = (ids: string[], from: string | undefined) => ids.filter(id => from === undefined || dateOf(id) >= from)
const iso = (id: string) =>
  `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>${id}</gco:CharacterString></gmd:fileIdentifier><gmd:dateStamp><gco:DateTime>${dateOf(id)}</gco:DateTime></gmd:dateStamp><gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Jeu ${id}</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>`

const swapped: Swapped[] = [
  {
    protocol: 'ckan',
    url: '/',
    answers: ids => ({
      '/api/3/action/package_search?*': json(query => {
        const found = since(ids, /metadata_modified:\[(\S+)/.exec(query.get('fq') ?? '')?.[1])
        return {
          success: true,
          result: {
            count: found.length,
            results: query.get('rows') === '0' ? [] : found.map(id => ({ id, name: id, title: id, metadata_modified: dateOf(id), resources: [] })),
          },
        }
      }),
    }),
  },
  {
    protocol: 'opendatasoft',
    url: '/',
    options: { api: 'v2.1' },
    answers: ids => ({
      '/api/explore/v2.1/catalog/datasets?*': json(query => {
        const found = since(ids, /modified >= date'(\S+?)'/.exec(query.get('where') ?? '')?.[1])
        return { total_count: found.length, results: found.map(id => ({ dataset_id: id, metas: { default: { title: id, modified: dateOf(id) } } })) }
      }),
    }),
  },
  {
    protocol: 'udata',
    url: '/',
    answers: ids => ({
      '/api/1/datasets/?*': json(() => ({
        total: ids.length,
        data: newestFirst(ids).map(id => ({ id, title: id, last_modified: dateOf(id) })),
        next_page: null,
      })),
    }),
  },
  {
    protocol: 'socrata',
    url: '/',
    answers: ids => ({
      '/api/catalog/v1?*': json(() => ({
        resultSetSize: ids.length,
        results: newestFirst(ids).map(id => ({ resource: { id, name: id, updatedAt: dateOf(id) } })),
      })),
    }),
  },
  {
    protocol: 'ogc-records',
    url: '/collections/r',
    answers: ids => ({
      '/collections/r/items?*': json(() => ({
        numberMatched: ids.length,
        features: newestFirst(ids).map(id => ({ type: 'Feature', id, properties: { title: id, updated: dateOf(id) } })),
      })),
    }),
  },
  {
    protocol: 'arcgis',
    url: '/sharing/rest',
    answers: ids => ({
      '/sharing/rest/search?*': json(() => ({
        total: ids.length,
        nextStart: -1,
        results: newestFirst(ids).map(id => ({ id, title: id, access: 'public', modified: Date.parse(dateOf(id)) })),
      })),
    }),
  },
  {
    protocol: 'csw',
    url: '/csw',
    options: { schema: 'iso19139', version: '3.0.0' },
    answers: ids => ({
      '/csw?*': (request, response) => {
        const found = since(ids, /Modified >= '(\S+?)'/.exec(new URL(request.url!, 'http://portal').searchParams.get('constraint') ?? '')?.[1])
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(
            `<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/3.0"><csw:SearchResults numberOfRecordsMatched="${found.length}" numberOfRecordsReturned="${found.length}" nextRecord="0">${found.map(iso).join('')}</csw:SearchResults></csw:GetRecordsResponse>`,
          )
      },
    }),
  },
  {
    protocol: 'oai-pmh',
    url: '/oai',
    options: { metadataPrefix: 'iso19139' },
    answers: ids => ({
      '/oai?*': (request, response) => {
        const query = new URL(request.url!, 'http://portal').searchParams
        const records = since(ids, query.get('from') ?? undefined).map(
          id => `<record><header><identifier>${id}</identifier><datestamp>${dateOf(id)}</datestamp></header><metadata>${iso(id)}</metadata></record>`,
        )
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end(
            `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${query.get('verb') === 'Identify' ? '<Identify><deletedRecord>no</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>' : `<ListRecords>${records.join('')}</ListRecords>`}</OAI-PMH>`,
          )
      },
    }),
  },
  {
    protocol: 'schema-org',
    url: '/sitemap.xml',
    answers: ids => ({
      '/sitemap.xml': (request, response) => {
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(
            `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${ids.map((id, at) => `<url><loc>http://${request.headers.host}/p${at}</loc><lastmod>${dateOf(id)}</lastmod></url>`).join('')}</urlset>`,
          )
      },
      ...Object.fromEntries(
        ids.map((id, at) => [
          `/p${at}`,
          {
            type: 'text/html',
            body: `<script type="application/ld+json">{"@context":"https://schema.org/","@type":"Dataset","@id":"https://data.example.org/${id}","url":"https://data.example.org/${id}","name":"Jeu ${id}","description":"d"}</script>`,
          },
        ]),
      ),
    }),
  },
]

onStage()
test.each(swapped)('$protocol', async ({ protocol, url, options, answers }) => {
  const source = house.source(protocol, portal.url + url, { robots: false, removal: { threshold: 1, graceDays: 7 }, ...(options && { options }) })
  portal.answers = answers(['stays', 'old-1', 'old-2', 'old-3'])
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 4, problems: [] })
  portal.answers = answers(['stays', 'new-1', 'new-2', 'new-3'])
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 4, added: 3, missing: 3, unchanged: 1, problems: [] })
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 0, updated: 0, problems: [] })
})
