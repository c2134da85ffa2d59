import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri } from '../../../rdf/iri.ts'
import { dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { isObject, items, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { distributionFields } from './mapping.ts'

/** Fields of a service of ArcGIS Server. `title`, `box` and `period` are made of more than one of them; `layers` are the names of its layers and tables. */
export const serviceFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['serviceDescription', 'description', 'documentInfo.Comments', 'documentInfo.Subject', 'layers'], dct.description, 'text'],
  [['name'], dct.identifier, 'list'],
  [['documentInfo.Keywords'], dcat.keyword, 'keywords'],
  [['documentInfo.Category'], dcat.theme, 'concept'],
  [['documentInfo.Author'], dct.creator, 'agent'],
  [['copyrightText'], dct.provenance, 'provenance'],
  [['box'], dct.spatial, 'place'],
  [['period'], dct.temporal, 'period'],
]

/** What is kept of a service: its name, and what the server answers for each of its types. */
export interface Service {
  name: string
  types: Record<string, JsonObject>
}

/** A service → DCAT-AP, before normalising. All the types under one name are one dataset, each a distribution with its endpoint. */
export const mapService =
  ({ name, types }: Service, { root, language }: { root: string; language: string }) =>
  (mint: Mint): Mapped => {
    const [first = '', described = {}] = Object.entries(types)[0] ?? []
    const address = (type: string) => `${root}/${name.split('/').map(encodeURIComponent).join('/')}/${type}`
    const dataset = namedNode(isPublicIri(address(first)) ? address(first) : mint.dataset)
    const to = new Graph()
    const target = { to, mint, language }
    add(to, dataset, rdf.type, dcat.Dataset)
    const title = text(at(described, 'documentInfo.Title')) || words(text(described['mapName'])) || words(name.split('/').pop()!)
    mapRows(
      dataset,
      {
        ...described,
        name,
        title,
        layers: layersOf(described),
        box: boxIn(described['fullExtent'] ?? described['extent'] ?? described['initialExtent']),
        period: periodIn(described),
      },
      serviceFields,
      target,
    )
    add(to, dataset, dcat.landingPage, namedNode(address(first)))
    const files = Object.entries(types).flatMap(([type, sent]) =>
      [type, ...extensionsOf(sent)].map(kind => ({
        kind,
        url: entry(ogc, kind) ? `${address(type).replace('/rest/services/', '/services/')}/${kind}` : address(type),
      })),
    )
    mapFiles(
      dataset,
      files.map(({ kind, url }) => ({
        id: kind,
        title: kind.replace(/Server$/, ''),
        url,
        format: entry(ogc, kind),
        service: { title, endpointURL: url, endpointDescription: ogc[kind] ? `${url}?service=${ogc[kind]}&request=GetCapabilities` : `${url}?f=json` },
      })),
      distributionFields,
      target,
    )
    return { dataset, graph: to }
  }

/** Other services that a service may offer at an address of its own. */
const ogc: Record<string, string> = { WMSServer: 'WMS', WFSServer: 'WFS', WCSServer: 'WCS' }
const extensionsOf = (sent: JsonObject) =>
  text(sent['supportedExtensions'])
    .split(/\s*,\s*/)
    .filter(kind => kind in ogc)

/** A name as words; `Layers` is the name of every map that was never given one. */
const words = (name: string) => (name === 'Layers' || name === 'Couches' ? '' : name.replaceAll('_', ' ').trim())

const layersOf = (sent: JsonObject) =>
  [...objects(sent['layers']), ...objects(sent['tables'])]
    .map(each => text(each['name']))
    .filter(Boolean)
    .slice(0, 50)
    .join(', ')

function periodIn(sent: JsonObject): unknown {
  const [start, end] = items(at(sent, 'timeInfo.timeExtent')).map(Number)
  return start === undefined || end === undefined || Number.isNaN(start + end)
    ? undefined
    : { start: new Date(start).toISOString(), end: new Date(end).toISOString() }
}

/** An envelope in degrees. One in Web Mercator is turned into degrees; of another projection nothing can be said without its definition. */
export function boxIn(extent: unknown): number[] | undefined {
  if (!isObject(extent)) return undefined
  const box = ['xmin', 'ymin', 'xmax', 'ymax'].map(name => extent[name])
  if (!box.every((each): each is number => typeof each === 'number' && Number.isFinite(each))) return undefined
  const wkid = Number(at(extent, 'spatialReference.latestWkid') ?? at(extent, 'spatialReference.wkid'))
  const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  if (wkid === 4326 || wkid === 4258) return box.map(rounded)
  if (![3857, 102100, 102113, 900913].includes(wkid)) return undefined
  const earth = 6378137
  return box.map((each, place) =>
    rounded(place % 2 === 0 ? (each / earth) * (180 / Math.PI) : (2 * Math.atan(Math.exp(each / earth)) - Math.PI / 2) * (180 / Math.PI)),
  )
}
