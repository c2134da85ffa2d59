import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { absolute } from '../../readers/addresses.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { isObject, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { filesIn, licenceOf, linkFields, linksOf, ownAddress, pageFields, pagesIn } from './links.ts'
import { conceptsIn, partiesOf, themesAndParties } from './record.ts'

/** Fields of a collection: OGC API Common and STAC 1.0 and 1.1. The parties are made of `providers` by their roles, and of `contacts`. */
export const collectionFields: JsonRow[] = [
  [['title', 'id'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['id'], dct.identifier, 'list'],
  [['sci:doi'], adms.identifier, 'identifier'],
  [['keywords'], dcat.keyword, 'keywords'],
  ...themesAndParties,
  [['created', 'published'], dct.issued, 'date'],
  [['updated'], dct.modified, 'date'],
  [['periods'], dct.temporal, 'period'],
  [['box'], dct.spatial, 'place'],
  [['language.code', 'language'], dct.language, 'words'],
  [['summaries.gsd', 'gsd'], dcat.spatialResolutionInMeters, 'decimal'],
  [['attribution'], dct.provenance, 'provenance'],
  [['version'], dcat.version, 'list'],
  ...pageFields,
]

/** A collection → DCAT-AP, before normalising. What lies in it is one distribution with the API as its service; assets and enclosures are files. */
export const mapCollection =
  (item: JsonObject, { url, language: usual }: { url: string; language: string }) =>
  (mint: Mint): Mapped => {
    const address = ownAddress(item, 'self', 'canonical')
    const dataset = namedNode(address && isPublicIri(address) ? address : mint.dataset)
    const stated = text(at(item, 'language.code')) || text(item['language'])
    const to = new Graph()
    const target = { to, mint, ...(/^[a-z]{2,3}(-|$)/i.test(stated) ? { language: stated, stated: true } : { language: usual }) }
    const base = address ?? url
    const links = linksOf(
      { ...item, links: objects(item['links']).filter(({ rel, type }) => !/^items?$/.test(text(rel)) || (rel === 'items' && !/html/.test(text(type)))) },
      base,
    )
    const parties = partiesOf([...objects(item['providers']), ...objects(item['contacts'])])
    add(to, dataset, rdf.type, dcat.Dataset)
    mapRows(
      dataset,
      { ...item, ...parties, ...pagesIn(links), concepts: conceptsIn(item['themes']), periods: periodsIn(item), box: boxIn(item) },
      collectionFields,
      target,
    )
    const licence = licenceOf(item['license'], links)
    const title = item['title'] ?? item['id']
    const served = links.access.map(link => (link['rel'] === 'items' ? { ...link, service: { title, endpointURL: link['href'] } } : link))
    const files = [...filesIn({ ...links, access: served }, title), ...assetsIn(item, base)]
    // A collection without files has itself as its file: its links name the items.
    const opened = files.length > 0 || !address ? files : [{ id: 'collection', title, href: address, type: 'application/json' }]
    mapFiles(
      dataset,
      opened.map(file => ({ ...file, dataset: { licence } })),
      linkFields,
      target,
    )
    return { dataset, graph: to }
  }

/** Files of the collection itself; pictures of it and metadata about it are none of its data. */
function assetsIn(item: JsonObject, base: string): JsonObject[] {
  const assets = isObject(item['assets']) ? Object.entries(item['assets']) : []
  return assets.flatMap(([id, asset]) => {
    const href =
      isObject(asset) && !objects(asset['roles']).some(({ name }) => /^(thumbnail|overview|metadata)$/.test(text(name))) && absolute(text(asset['href']), base)
    return href ? [{ ...(asset as JsonObject), id, href, download: href, title: (asset as JsonObject)['title'] ?? id }] : []
  })
}

/** The first interval spans the others; an end that is null is open. */
function periodsIn(item: JsonObject): unknown {
  const intervals = at(item, 'extent.temporal')
  const [first] = isObject(intervals) && Array.isArray(intervals['interval']) ? (intervals['interval'] as unknown[]) : []
  return Array.isArray(first) ? [{ start: text(first[0]), end: text(first[1]) }] : undefined
}

/** The first box spans the others. Older servers give it alone. */
function boxIn(item: JsonObject): unknown {
  const extent = at(item, 'extent.spatial')
  const boxes = isObject(extent) ? extent['bbox'] : extent
  return Array.isArray(boxes) && Array.isArray(boxes[0]) ? boxes[0] : boxes
}
