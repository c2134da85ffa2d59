import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Asking, Fetch } from '../../http/fetch.ts'
import { withoutParameters, withParameters } from '../../readers/addresses.ts'
import { attribute, children, descendants, readXml, textOf, type Element } from '../../readers/xml/xml.ts'

/** The two versions in use: 2.0.2 is asked by POST, which it makes every server understand; 3.0 by GET, for the same reason. */
export const versions = {
  '2.0.2': { csw: 'http://www.opengis.net/cat/csw/2.0.2', filter: 'http://www.opengis.net/ogc', name: 'PropertyName', method: 'post' },
  '3.0.0': { csw: 'http://www.opengis.net/cat/csw/3.0', filter: 'http://www.opengis.net/fes/2.0', name: 'ValueReference', method: 'get' },
} as const

/** What records may be asked for in, the most telling first. */
export const schemas = {
  iso19139: { schema: 'http://www.isotc211.org/2005/gmd', types: 'gmd:MD_Metadata', id: 'apiso:Identifier' },
  'iso19115-3': { schema: 'http://standards.iso.org/iso/19115/-3/mdb/2.0', types: 'mdb:MD_Metadata', id: 'apiso:Identifier' },
  'geodcat-ap': { schema: 'http://data.europa.eu/930/', types: 'gmd:MD_Metadata', id: 'apiso:Identifier' },
  dcat: { schema: 'http://www.w3.org/ns/dcat#', types: 'gmd:MD_Metadata', id: 'apiso:Identifier' },
  'dublin-core': { schema: '', types: 'csw:Record', id: 'dc:identifier' },
} as const
export type SchemaName = keyof typeof schemas

/** One way to ask a server: its version and method, the schema, and whether it is asked to sort. */
export interface Manner {
  version: keyof typeof versions
  method: 'get' | 'post'
  schema: SchemaName
  sorted: boolean
}

/** What is asked for: so many records from a position (the first is 1), those that a filter lets pass. */
export interface Query {
  start: number
  rows: number
  filter?: string | undefined
  since?: string | undefined
}

const namespaces = {
  gmd: 'http://www.isotc211.org/2005/gmd',
  mdb: 'http://standards.iso.org/iso/19115/-3/mdb/2.0',
  apiso: 'http://www.opengis.net/cat/csw/apiso/1.0',
  dc: 'http://purl.org/dc/elements/1.1/',
  dct: 'http://purl.org/dc/terms/',
}

/** The address of the service without what a GetCapabilities link asks. */
export const endpointOf = (url: string): string => withoutParameters(url, /^(service|version|request|acceptversions)$/i)

/** GetRecords as KVP in an address, or as XML to be posted (OGC 07-006r1, 10.8; OGC 12-176r7, 7.3). */
export function getRecords(url: string, manner: Manner, query: Query): { address: string; asking: Asking } {
  const { csw, filter, name, method } = { ...versions[manner.version], method: manner.method }
  const { types, id } = schemas[manner.schema]
  const outputSchema = schemas[manner.schema].schema || csw
  const modified = types === 'csw:Record' ? 'dct:modified' : 'apiso:Modified'
  const endpoint = endpointOf(url)
  if (method === 'get') {
    const constraint = [query.filter && `(${query.filter})`, query.since && `${modified} >= '${query.since}'`].filter(Boolean).join(' AND ')
    const parameters = {
      service: 'CSW',
      version: manner.version,
      request: 'GetRecords',
      typeNames: types,
      namespace: Object.entries(namespaces)
        .map(([prefix, space]) => `xmlns(${prefix}${manner.version === '2.0.2' ? '=' : ','}${space})`)
        .join(','),
      resultType: 'results',
      elementSetName: 'full',
      outputSchema,
      startPosition: String(query.start),
      maxRecords: String(query.rows),
      ...(manner.sorted && { sortBy: `${id}:${manner.version === '2.0.2' ? 'A' : 'ASC'}` }),
      ...(constraint && { constraintLanguage: 'CQL_TEXT', constraint_language_version: '1.1.0', constraint }),
    }
    return { address: withParameters(endpoint, parameters), asking: {} }
  }
  const newer =
    query.since &&
    `<f:PropertyIsGreaterThanOrEqualTo><f:${name}>${modified}</f:${name}><f:Literal>${query.since}</f:Literal></f:PropertyIsGreaterThanOrEqualTo>`
  const all = query.filter && newer ? `<f:And>${query.filter}${newer}</f:And>` : (query.filter ?? newer)
  const constraint = all ? `<csw:Constraint version="1.1.0"><f:Filter>${all}</f:Filter></csw:Constraint>` : ''
  const sort = manner.sorted ? `<f:SortBy><f:SortProperty><f:${name}>${id}</f:${name}><f:SortOrder>ASC</f:SortOrder></f:SortProperty></f:SortBy>` : ''
  const spaces = Object.entries({ csw, f: filter, ogc: versions['2.0.2'].filter, fes: versions['3.0.0'].filter, ...namespaces })
    .map(([prefix, space]) => ` xmlns:${prefix}="${space}"`)
    .join('')
  const text =
    `<?xml version="1.0" encoding="UTF-8"?><csw:GetRecords${spaces} service="CSW" version="${manner.version}" resultType="results" ` +
    `startPosition="${query.start}" maxRecords="${query.rows}" outputFormat="application/xml" outputSchema="${outputSchema}">` +
    `<csw:Query typeNames="${types}"><csw:ElementSetName>full</csw:ElementSetName>${constraint}${sort}</csw:Query></csw:GetRecords>`
  return { address: endpoint, asking: { body: { type: 'application/xml', text } } }
}

/** GetRecordById, which every server understands as KVP. */
export function getRecordById(url: string, manner: Manner, id: string): string {
  const parameters = {
    service: 'CSW',
    version: manner.version,
    request: 'GetRecordById',
    elementSetName: 'full',
    outputSchema: schemas[manner.schema].schema || versions[manner.version].csw,
    id,
  }
  return withParameters(endpointOf(url), parameters)
}

/** The server understood the request, and refuses it: asked in another manner it may answer. */
export class Refusal extends Problem {
  constructor(address: string, said: string, excerpt: string) {
    super('portal-refused', `${address} answered with an exception: ${said}. Check the source's options, or ask the portal.`, { url: address, excerpt })
  }
}

/** One page of records, as far as it could be read. */
export interface RecordsPage {
  records: Element[]
  matched?: number
  returned?: number
  next?: number
  problem?: Problem
}

/** Asks, and opens the envelope. Throws a Refusal with the server's own words for an exception, whatever status it came with. */
export async function askCsw(fetch: Fetch, address: string, asking: Asking = {}): Promise<RecordsPage> {
  let answer: Awaited<ReturnType<Fetch>>
  try {
    answer = await fetch(address, 'application/xml, text/xml;q=0.9, */*;q=0.1', asking)
  } catch (error) {
    if (error instanceof StatusProblem && /ExceptionReport/.test(error.place.excerpt ?? ''))
      throw new Refusal(address, `HTTP ${error.answered}`, error.place.excerpt!)
    throw error
  }
  const { root, problem } = readXml(answer)
  if (/^ExceptionReport|^ServiceExceptionReport/.test(root.name)) {
    const said =
      [...new Set(allNamed(root, 'ExceptionText').concat(allNamed(root, 'ServiceException')).map(textOf))].join(' ') ||
      attribute(children(root)[0], 'exceptionCode') ||
      'no reason'
    throw new Refusal(address, said.replace(/\s+/g, ' ').slice(0, 300), textOf(root).slice(0, 300))
  }
  if (/^GetRecordByIdResponse$/.test(root.name)) return { records: children(root), ...(problem && { problem }) }
  const [results] = root.name === 'SearchResults' ? [root] : children(root).filter(({ name }) => name === 'SearchResults')
  if (!results) {
    // CSW 3.0 answers GetRecordById with the bare record.
    if (!/Response$|Capabilities$/.test(root.name)) return { records: [root], ...(problem && { problem }) }
    throw (
      problem ??
      new Problem('unexpected-answer', `${address} answered with XML (${root.name}) without search results: this is not a CSW. Check the source's url.`, {
        url: address,
      })
    )
  }
  const count = (name: string) => (/^\d+$/.test(attribute(results, name)) ? Number(attribute(results, name)) : undefined)
  const [matched, returned, next] = [count('numberOfRecordsMatched'), count('numberOfRecordsReturned'), count('nextRecord')]
  return {
    records: children(results),
    ...(matched !== undefined && { matched }),
    ...(returned !== undefined && { returned }),
    ...(next !== undefined && { next }),
    ...(problem && { problem }),
  }
}

const allNamed = (root: Element, name: string) =>
  [...new Set([root, ...children(root)].map(({ space }) => space))].flatMap(space => descendants(root, space, name))
