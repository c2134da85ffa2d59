import type { Source } from '../../../config/sources.ts'
import { Problem } from '../../../problem.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { jsonRecord } from '../../readers/json/record.ts'
import { isObject, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { mapService, type Service } from './server-mapping.ts'

/** Kinds of services that serve data, in the order in which they describe it best. Locators, geoprocessing and printing do not. */
const kinds = ['MapServer', 'FeatureServer', 'ImageServer', 'SceneServer', 'VectorTileServer', 'WFSServer', 'WMSServer', 'StreamServer']
/** Servers have one level of folders; deeper ones are read as far as this. */
const maxDepth = 5

const rootOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/(\/rest\/services)\b.*$/, '$1')
    .replace(/\/+$/, '')

/** An error of ArcGIS comes with status 200. Codes 498 and 499 ask for a token, 403 for a right: what is not for everybody. */
export async function askArcgis(url: string, fetch: Fetch): Promise<JsonObject> {
  const answer = readJson(await fetch(url, 'application/json'))
  if (!isObject(answer)) throw new Problem('unexpected-answer', `${url} answered without an object: this is no ArcGIS. Check the source's url.`, { url })
  if (!isObject(answer['error'])) return answer
  const { code, message } = answer['error']
  throw new RefusedBy(
    `${url} answered with the error ${text(code)}: ${text(message) || 'no reason is given'}. Ask the portal what is wrong there.`,
    url,
    Number(text(code)),
    text(answer['error']['messageCode']),
  )
}

/** An error in ArcGIS's own words. */
export class RefusedBy extends Problem {
  readonly answered: number
  readonly word: string
  constructor(message: string, url: string, answered: number, word: string) {
    super('portal-refused', message, { url })
    this.answered = answered
    this.word = word
  }

  get isPrivate(): boolean {
    return [403, 498, 499].includes(this.answered)
  }
}

interface ListedService {
  name: string
  kinds: string[]
}

/** The services of a server, folder by folder. A folder that cannot be read is lost; a service that cannot costs itself alone. */
export async function* servicesOf(source: Source, fetch: Fetch, only: string | undefined, expect: (total: number) => void): AsyncGenerator<Harvested> {
  const root = rootOf(source.url)
  const within = only === undefined ? /\/rest\/services\/([^?#]+?)\/?$/.exec(source.url.replace(/[?#].*$/, ''))?.[1] : only.split('/').slice(0, -1).join('/')
  const folders = [{ path: within ?? '', depth: 0 }]
  const seen = new Set(folders.map(({ path }) => path))
  let total = 0
  for (let at = 0; at < folders.length; at++) {
    const { path, depth } = folders[at]!
    let listing: JsonObject
    try {
      listing = await askArcgis(`${root}${path && `/${path}`}?f=json`, fetch)
      if (!Array.isArray(listing['services']) && !Array.isArray(listing['folders']))
        throw new Problem('unexpected-answer', `${root}/${path} answered without services: this is no catalogue of ArcGIS Server. Check the source's url.`, {
          url: root,
        })
    } catch (error) {
      if (!(error instanceof Problem) || at === 0) throw error
      if (!(error instanceof RefusedBy && error.isPrivate)) yield { lost: error }
      continue
    }
    const listed = grouped(objects(listing['services']), path).filter(({ name }) => only === undefined || name === only)
    expect((total += listed.length))
    for (const nameless of objects(listing['services']).filter(({ name }) => !text(name)))
      yield jsonRecord(nameless, { key: undefined, nameless: 'A service of the server has no "name"' }, () => {
        throw new Error('never mapped')
      })
    for (const each of listed) {
      const harvested = await serviceOf(each, source, root, fetch)
      if (harvested) yield harvested
      else if (only !== undefined) yield { gone: only }
    }
    if (only !== undefined) {
      if (listed.length === 0) yield { gone: only }
      return
    }
    const names = Array.isArray(listing['folders']) ? listing['folders'].map(text) : []
    for (const name of names.map(name => (path && !name.startsWith(`${path}/`) ? `${path}/${name}` : name))) {
      // `System` and `Utilities` are the server's own.
      if (!name || seen.has(name) || depth === maxDepth || /^(System|Utilities)$/i.test(name)) continue
      seen.add(name)
      folders.push({ path: name, depth: depth + 1 })
    }
  }
}

/** One name may stand for several types of service: views of the same data. ArcGIS Online names services without their folder. */
function grouped(services: JsonObject[], path: string): ListedService[] {
  const found = new Map<string, string[]>()
  for (const { name, type } of services) {
    const whole = path && !text(name).startsWith(`${path}/`) ? `${path}/${text(name)}` : text(name)
    if (text(name) && kinds.includes(text(type))) found.set(whole, [...(found.get(whole) ?? []), text(type)])
  }
  return [...found].map(([name, types]) => ({ name, kinds: kinds.filter(kind => types.includes(kind)) }))
}

/** A service of which at least one type can be read; undefined where all are private. */
async function serviceOf({ name, kinds: types }: ListedService, source: Source, root: string, fetch: Fetch): Promise<Harvested | undefined> {
  const service: Service = { name, types: {} }
  for (const type of types) {
    try {
      service.types[type] = await askArcgis(`${root}/${name.split('/').map(encodeURIComponent).join('/')}/${type}?f=json`, fetch)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // A type that cannot be read makes the service a problem: without it the record would look changed.
      if (!(error instanceof RefusedBy && error.isPrivate)) return { problem: error, key: name }
    }
  }
  return Object.keys(service.types).length > 0 ? serviceRecord(service, source) : undefined
}

export const serviceRecord = (service: Service, source: Source): Harvested =>
  jsonRecord(service, { key: service.name, nameless: 'A service has no "name"' }, mapService(service, { root: rootOf(source.url), language: source.language }))
