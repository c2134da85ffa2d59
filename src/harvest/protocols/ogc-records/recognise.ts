import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { objects, text } from '../../readers/json/values.ts'
import { behind, firstOf, ifAnswered, objectIn, titled } from '../../readers/recognise.ts'

/** Where pygeoapi (also in a WIS 2.0 box), pycsw, ldproxy and GeoServer have their landing pages. */
const paths = ['', 'oapi', 'ogcapi', 'ogc', 'pygeoapi', 'oarec']
const data = new Set(['data', 'http://www.opengis.net/def/rel/ogc/1.0/data'])

/** OGC APIs: a landing page that leads to collections. Catalogues of records count theirs; where there is none, the collections are the datasets. */
export const recogniseOgcRecords = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, paths)].map(landingOf), async address => {
    const asked = async (path: string, parameters: Record<string, string> = {}) =>
      objectIn(readJson(await fetch(`${address}${path}?${new URLSearchParams({ f: 'json', ...parameters })}`, 'application/json')))
    const landing = await asked('')
    // STAC's landing pages are like these, and are read by its own protocol.
    if (landing['stac_version'] !== undefined || !objects(landing['links']).some(({ rel }) => data.has(text(rel)))) return undefined
    const { collections } = await asked('/collections')
    if (!Array.isArray(collections)) return undefined
    let records = 0
    const catalogues = objects(collections).filter(({ itemType }) => itemType === 'record')
    for (const { id } of catalogues)
      records += Number(await ifAnswered(async () => (await asked(`/collections/${encodeURIComponent(text(id))}/items`, { limit: '1' }))['numberMatched'])) || 0
    return { url: address, sure: collections.length > 0, datasets: catalogues.length > 0 ? records : collections.length, ...titled(landing['title']) }
  })

const landingOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(collections|conformance|openapi)(\/.*)?$/, '')
    .replace(/\/+$/, '')
