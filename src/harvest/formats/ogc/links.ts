import { dcat, dct, foaf } from '../../../rdf/namespaces.ts'
import { entry } from '../../../table.ts'
import { absolute } from '../../readers/addresses.ts'
import type { JsonRow } from '../../readers/json/fields.ts'
import { items, objects, text, type JsonObject } from '../../readers/json/values.ts'

/** What a link of a record or a collection leads to. A relation that is not here is not about the data. */
const relations: Record<string, 'file' | 'access' | 'service' | 'page' | 'landing' | 'licence' | 'source'> = {
  enclosure: 'file',
  download: 'file',
  data: 'file',
  item: 'access',
  items: 'access',
  distribution: 'access',
  coverage: 'access',
  'http://www.opengis.net/def/rel/ogc/1.0/coverage': 'access',
  'http://www.opengis.net/def/rel/ogc/1.0/dataset': 'access',
  service: 'service',
  'service-desc': 'service',
  about: 'page',
  describedby: 'page',
  documentation: 'page',
  'service-doc': 'page',
  'cite-as': 'page',
  related: 'page',
  canonical: 'landing',
  'landing-page': 'landing',
  license: 'licence',
  via: 'source',
  derived_from: 'source',
}

/** The links of a record by what they lead to, with their addresses whole. Addresses that no one can follow are left out. */
export function linksOf(item: JsonObject, base: string): Record<(typeof relations)[string], JsonObject[]> {
  const found = { file: [], access: [], service: [], page: [], landing: [], licence: [], source: [] } as Record<(typeof relations)[string], JsonObject[]>
  for (const link of objects(item['links'])) {
    const kind = entry(relations, text(link['rel']).toLowerCase())
    const href = kind && absolute(text(link['href']), base)
    if (href) found[kind].push({ ...link, href })
  }
  return found
}

/** The address that a record or a collection gives itself by one of these relations, without its query; the same in every run. */
export function ownAddress(item: JsonObject, ...rels: string[]): string | undefined {
  const links = objects(item['links'])
  const href = rels.map(rel => text(links.find(link => text(link['rel']) === rel)?.['href'])).find(each => /^https?:/i.test(each))
  return href?.replace(/[?#].*$/, '')
}

/** Files and services of a record as distributions: `service` links have a dcat:DataService at the same address, of which `service-desc` is the description. */
export function filesIn(links: ReturnType<typeof linksOf>, title: unknown): JsonObject[] {
  const descriptions = links.service.filter(({ rel }) => rel === 'service-desc').map(({ href }) => href)
  const services = links.service
    .filter(({ rel }) => rel === 'service')
    .map(link => ({ ...link, service: { title: link['title'] ?? title, endpointURL: link['href'], endpointDescription: descriptions } }))
  return [...links.file.map(link => ({ ...link, download: link['href'] })), ...links.access, ...services]
}

/** Fields of a link as a distribution. */
export const linkFields: JsonRow[] = [
  [['title', 'name'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['href'], dcat.accessURL, 'link'],
  [['download'], dcat.downloadURL, 'link'],
  [['type'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['length', 'file:size'], dcat.byteSize, 'list'],
  [['hreflang'], dct.language, 'words'],
  [['created'], dct.issued, 'date'],
  [['updated'], dct.modified, 'date'],
  [['licence', 'dataset.licence'], dct.license, 'licence'],
  [['service'], dcat.accessService, 'service'],
]

/** Links that become statements of the dataset. */
export const pageFields: JsonRow[] = [
  [['pages'], foaf.page, 'page'],
  [['landing'], dcat.landingPage, 'link'],
  [['sources'], dct.source, 'reference'],
]

/** What `pageFields` reads. A link to a page of HTML is what people open. */
export const pagesIn = (links: ReturnType<typeof linksOf>): JsonObject => ({
  pages: links.page.map(({ href, title }) => ({ '@id': href, title })),
  landing: links.landing.filter(({ type }) => !type || /html/.test(text(type))).map(({ href }) => href),
  sources: links.source.map(({ href }) => ({ '@id': href })),
})

/** The licence by its name or address; where it is no more than "other", what the link says. */
export function licenceOf(stated: unknown, links: ReturnType<typeof linksOf>): unknown {
  const words = items(stated).filter(each => !/^(other|proprietary|various)$/i.test(each))
  const [link] = links.licence
  return words.length > 0 ? words : link && { '@id': link['href'], title: link['title'] }
}
