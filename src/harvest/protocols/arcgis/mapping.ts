import { plain } from '../../../normalise/html.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri } from '../../../rdf/iri.ts'
import { dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { isObject, items, text, type JsonObject } from '../../readers/json/values.ts'

/** Fields of an item of ArcGIS Online, ArcGIS Enterprise or Hub. `publisher`, `topics`, `place` and `terms` are made of more than one of them. */
export const itemFields: JsonRow[] = [
  [['title', 'name'], dct.title, 'text'],
  [['description', 'searchDescription', 'snippet'], dct.description, 'text'],
  [['id'], dct.identifier, 'list'],
  [['tags'], dcat.keyword, 'keywords'],
  [['topics'], dcat.theme, 'concept'],
  [['publisher'], dct.publisher, 'agent'],
  [['created'], dct.issued, 'epoch'],
  [['modified'], dct.modified, 'epoch'],
  [['culture'], dct.language, 'words'],
  [['place'], dct.spatial, 'place'],
  [['accessInformation'], dct.provenance, 'provenance'],
  [['terms'], dct.rights, 'rights'],
]

/** A service, a file or an export of an item; or a service of ArcGIS Server. */
export const distributionFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['url'], dcat.accessURL, 'link'],
  [['download'], dcat.downloadURL, 'link'],
  [['format'], dct.format, 'words'],
  [['size'], dcat.byteSize, 'list'],
  [['dataset.licence'], dct.license, 'licence'],
  [['service'], dcat.accessService, 'service'],
]

/** What the mapping needs to know of the portal. */
export interface ArcgisSite {
  site: string
  language: string
  /** Whether the site is one of Hub, that writes exports, or a portal of items. */
  hub: boolean
  formats: string[]
}

/** An item as one object, whichever API gave it: a feature, a resource of JSON:API, or the item itself. */
export function itemIn(sent: JsonObject): JsonObject {
  const inner = [sent['properties'], sent['attributes']].find(isObject)
  return inner ? { ...inner, id: sent['id'] ?? inner['id'], geometry: sent['geometry'] } : sent
}

/** An item → DCAT-AP, before normalising (tables in docs/mapping.md). Its dataset has the address of its page, where that is public. */
export const mapItem =
  (sent: JsonObject, { site, language, hub, formats }: ArcgisSite) =>
  (mint: Mint): Mapped => {
    const item = itemIn(sent)
    const id = encodeURIComponent(text(item['id']))
    const page = hub ? `${site}/datasets/${id}` : `${site}/home/item.html?id=${id}`
    const dataset = namedNode(isPublicIri(page) ? page : mint.dataset)
    const to = new Graph()
    const target = { to, mint, language }
    const { licence, terms } = licenceIn(item)
    add(to, dataset, rdf.type, dcat.Dataset)
    mapRows(
      dataset,
      {
        ...item,
        terms,
        publisher: [item['source'], item['orgName'], item['owner']].find(each => text(each)),
        topics: items(item['categories'])
          .map(each => each.split('/').pop()!)
          .filter(each => each && each !== 'Categories'),
        place: isObject(item['geometry']) ? item['geometry'] : at(item, 'extent.coordinates') === undefined ? item['extent'] : cornersOf(item['extent']),
        description: withoutEmpty(item['description']),
        searchDescription: withoutEmpty(item['searchDescription']),
      },
      itemFields,
      target,
    )
    add(to, dataset, dcat.landingPage, namedNode(page))
    mapFiles(
      dataset,
      filesOf(item, site, id, hub, formats).map(file => ({ ...file, dataset: { licence } })),
      distributionFields,
      target,
    )
    mapPortalRecord(dataset, { modified: isoOf(item['modified']), issued: isoOf(item['created']) }, target)
    return { dataset, graph: to }
  }

/** When an item changed, as an instant; APIs write milliseconds or ISO 8601. */
export function isoOf(value: unknown): string | undefined {
  const time = new Date(typeof value === 'number' || /^\d+$/.test(text(value)) ? Number(value) : text(value))
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** A description that holds tags and no words is none. */
const withoutEmpty = (value: unknown) =>
  text(value)
    .replace(/<[^>]*>|&nbsp;/g, '')
    .trim()
    ? value
    : undefined

/** An envelope is two corners, whatever it calls itself. */
const cornersOf = (extent: unknown) => (isObject(extent) && /^envelope$/i.test(text(extent['type'])) ? extent['coordinates'] : extent)

/** Addresses of licences that everybody uses, in the terms of a portal. */
const licences =
  /\bhttps?:\/\/(?:www\.)?(?:creativecommons\.org\/(?:licenses|publicdomain)\/|opendatacommons\.org\/licenses\/|(?:www\.)?etalab\.gouv\.fr\/)[^\s<>"')]+/i

/** The licence: structured, or an address, or a short text. A long text is terms of use, and stays with the dataset; the address of a licence in it is one. */
function licenceIn(item: JsonObject): { licence?: unknown; terms?: unknown } {
  const structured = text(at(item, 'structuredLicense.url'))
  const stated = text(item['licenseInfo']) || text(item['license'])
  const words = plain(stated).replace(/\s+/g, ' ')
  if (structured)
    return { licence: { '@id': structured, title: words.length <= 200 && !/^https?:/.test(words) ? words : '' }, ...(words.length > 200 && { terms: stated }) }
  if (/^https?:\S+$/.test(words)) return { licence: { '@id': words } }
  // What an address in a text leads to may be anything: normalising asks the list of licences.
  if (words.length <= 200) return { licence: words }
  const [address] = licences.exec(words) ?? []
  return { ...(address && { licence: { '@id': address } }), terms: stated }
}

const services = /\/(Feature|Map|Image|Scene|VectorTile|WMS|WFS|WCS|KML|OGCFeature)Server\b/i

/** The service of an item, its file, and on a site of Hub the exports of a layer. */
function filesOf(item: JsonObject, site: string, id: string, hub: boolean, formats: string[]): JsonObject[] {
  const [url, type] = [text(item['url']), text(item['type']) || text(item['itemType'])]
  if (/^https?:/i.test(url)) {
    const isService = services.test(url) || /\bService$|^(WMS|WFS|WCS|WMTS|OGCFeatureServer)$/i.test(type)
    const [, layer = '0'] = /\/(?:Feature|Map)Server\/(\d+)/i.exec(url) ?? []
    const layered = /_\d+$/.test(id) ? id : `${id}_${layer}`
    const exports =
      hub && /FeatureServer/i.test(url)
        ? formats.map(format => ({
            id: `export-${format}`,
            title: format.toUpperCase(),
            format,
            ...sameAddress(`${site}/api/v3/datasets/${layered}/downloads/data?format=${format}&spatialRefId=4326`),
          }))
        : []
    return [
      { id: 'service', title: type || item['title'], url, ...(isService && { service: { title: item['title'] ?? item['name'], endpointURL: url } }) },
      ...exports,
    ]
  }
  if (!type || /service|map$|application|dashboard|story|page/i.test(type)) return []
  const portal = hub ? 'https://www.arcgis.com' : site
  return [
    {
      id: 'file',
      title: text(item['name']) || type,
      format: type,
      size: Number(text(item['size'])) > 0 ? item['size'] : undefined,
      ...sameAddress(`${portal}/sharing/rest/content/items/${id}/data`),
    },
  ]
}

const sameAddress = (url: string) => ({ url, download: url })
