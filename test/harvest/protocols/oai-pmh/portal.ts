import type { Answer } from '../../../portal.ts'

/** One item of a repository. */
export interface Item {
  id: string
  date: string
  deleted?: boolean
  metadata: string
  sets?: string[]
}

export const dublinCore = (
  id: string,
  edition = 1,
  inside = '',
) => `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title xml:lang="fr">Jeu ${id}</dc:title><dc:description xml:lang="fr">Description de ${id}, version ${edition}</dc:description><dc:identifier>https://depot.example.org/${id}.csv</dc:identifier><dc:type>dataset</dc:type>${inside}</oai_dc:dc>`

export const item = (id: string, edition = 1, more: Partial<Item> = {}): Item => ({
  id: `oai:depot.example.org:${id}`,
  date: '2024-01-01T00:00:00Z',
  metadata: dublinCore(id, edition),
  ...more,
})

const formats: Record<string, string> = {
  oai_dc: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  oai_datacite: 'http://datacite.org/schema/kernel-4',
  iso19139: 'http://www.isotc211.org/2005/gmd',
  dcat_ap: 'http://data.europa.eu/r5r/',
}

export const envelope = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T00:00:00Z</responseDate><request>http://depot.example.org/oai</request>${inside}</OAI-PMH>`
export const error = (code: string, text = '') => envelope(`<error code="${code}">${text}</error>`)

export const recordXml = ({ id, date, deleted, metadata, sets = [] }: Item) =>
  `<record><header${deleted ? ' status="deleted"' : ''}>${id && `<identifier>${id}</identifier>`}<datestamp>${date}</datestamp>${sets.map(set => `<setSpec>${set}</setSpec>`).join('')}</header>${deleted ? '' : `<metadata>${metadata}</metadata>`}</record>`

/** How a repository is played. */
export interface Repository {
  items: Item[]
  rows?: number
  granularity?: string
  prefixes?: string[]
  answer?: (query: URLSearchParams) => string | number | undefined
}

/** An OAI-PMH repository: Identify, ListMetadataFormats, ListRecords with tokens that say where they stand, GetRecord. */
export function oaiAnswers(repository: () => Repository): Record<string, Answer> {
  return {
    '/oai?*': (request, response) => {
      const query = new URL(request.url!, 'http://portal').searchParams
      const { items, rows = 3, granularity = 'YYYY-MM-DDThh:mm:ssZ', prefixes = ['oai_dc'], answer } = repository()
      const said = answer?.(query)
      const send = (body: string) => response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(body)
      if (typeof said === 'number') return response.writeHead(said, { 'content-type': 'text/plain' }).end('no')
      if (said !== undefined) return send(said)
      const verb = query.get('verb')
      if (verb === 'Identify')
        return send(
          envelope(
            `<Identify><repositoryName>Dépôt</repositoryName><deletedRecord>persistent</deletedRecord><granularity>${granularity}</granularity></Identify>`,
          ),
        )
      if (verb === 'ListMetadataFormats')
        return send(
          envelope(
            `<ListMetadataFormats>${prefixes.map(prefix => `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema/><metadataNamespace>${formats[prefix]}</metadataNamespace></metadataFormat>`).join('')}</ListMetadataFormats>`,
          ),
        )
      if (verb === 'GetRecord') {
        const found = items.find(each => each.id === query.get('identifier'))
        return send(found ? envelope(`<GetRecord>${recordXml(found)}</GetRecord>`) : error('idDoesNotExist'))
      }
      const [, from = '', until = '9', set = '', start = '0'] = /^(.*)\|(.*)\|(.*)\|(\d+)$/.exec(query.get('resumptionToken') ?? '') ?? [
        '',
        query.get('from') ?? '',
        query.get('until') ?? '9',
        query.get('set') ?? '',
        '0',
      ]
      const all = items.filter(each => each.date >= from && each.date.slice(0, until.length) <= until && (!set || each.sets?.includes(set)))
      const page = all.slice(Number(start), Number(start) + rows)
      if (page.length === 0) return send(error('noRecordsMatch'))
      const next = Number(start) + rows
      const token =
        all.length > rows
          ? `<resumptionToken completeListSize="${all.length}" cursor="${start}">${next < all.length ? `${from}|${until}|${set}|${next}` : ''}</resumptionToken>`
          : ''
      send(envelope(`<ListRecords>${page.map(recordXml).join('')}${token}</ListRecords>`))
    },
  }
}
