import { add, values } from '../../rdf/graph.ts'
import { adms, dcat, dct, foaf, geodcatap, rdf, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Term } from '../../rdf/terms.ts'
import { withoutParameters } from '../readers/addresses.ts'
import { mintedIri } from '../readers/target.ts'
import { type XmlTarget } from '../readers/xml/fields.ts'
import { services } from './iso/codes.ts'
import { formatsOfFile, formatsOfService, isCalledMetadata, isMetadataAddress } from './link-formats.ts'

/** A link of a record, with what is said of the files that are meant. */
export interface Online {
  url: NamedNode
  protocol: string
  use: string
  names: Term[]
  descriptions: Term[]
  formats: string[]
  bytes?: number
  /** How space is represented in it. */
  represented?: Term[]
}

/** CI_OnLineFunctionCode of links to pages for people. */
const reading = /^(information|search|completeMetadata|browseGraphic|upload|emailService)/
/** CI_OnLineFunctionCode, and names of protocols, of links to data. */
const taking = /^(download|offlineAccess|order|fileAccess)$/
const taken = /download|^file|^db:|^[\w-]+\/[\w.+-]+$|enclosure/i
const file = /\.(csv|tsv|xlsx?|ods|json|geojson|xml|gml|zip|gz|7z|pdf|txt|kml|kmz|shp|gpkg|tiff?|nc|jp2|las|dxf|rdf|ttl|parquet)$/i

/** The links of a record become distributions with their services, pages, or the endpoint of a service. Returns the distributions. */
export function mapOnline(resource: NamedNode, links: Iterable<Online>, isService: boolean, target: XmlTarget): NamedNode[] {
  const distributions: NamedNode[] = []
  for (const online of links) {
    const standard = serviceOf(online)
    const words = [...online.names, ...online.descriptions].map(({ value }) => value).join(' ')
    const isMetadata = isMetadataAddress(online.url.value) || (!standard && isCalledMetadata(online.url.value, words))
    if (isMetadata && (standard !== undefined || isTaken(online))) page(resource, foaf.page, online, target)
    else if (isService && standard) describeService(resource, online, standard, target)
    else if (!isService && (standard !== undefined || isTaken(online))) distributions.push(distribution(resource, online, standard, target))
    else page(resource, reading.test(online.use) ? foaf.page : dcat.landingPage, online, target)
  }
  return [...new Map(distributions.map(each => [each.value, each])).values()]
}

type Service = (typeof services)[number]

/** The service behind a link, with the standard that it follows; undefined where there is none. */
function serviceOf({ url, protocol }: Online): Service | undefined {
  const asked = new URL(url.value).searchParams
  const service = [...asked].find(([name]) => /^service$/i.test(name))?.[1] ?? ''
  const named = /www:|^https?$/i.test(protocol) ? service : `${protocol} ${service}`
  return services.find(([name]) => name.test(named))
}

const isTaken = ({ url, protocol, use }: Online) => taking.test(use) || (!reading.test(use) && (taken.test(protocol) || file.test(new URL(url.value).pathname)))

/** The endpoint of a service: its address without the parameters of GetCapabilities. */
const endpointOf = (url: string): string => withoutParameters(url, /^(service|version|request)$/i)

function describeService(service: NamedNode, { url }: Online, [, standard]: Service, { to }: XmlTarget): void {
  add(to, service, dcat.endpointURL, namedNode(endpointOf(url.value)))
  if (/request=getcapabilities/i.test(url.value)) add(to, service, dcat.endpointDescription, url)
  add(to, service, geodcatap.serviceProtocol, namedNode(standard))
  add(to, service, dct.conformsTo, namedNode(standard))
}

function distribution(dataset: NamedNode, online: Online, service: Service | undefined, target: XmlTarget): NamedNode {
  const { to } = target
  const { url, names, descriptions, formats, bytes, represented = [] } = online
  const node = mintedIri(target, 'distribution', `${url.value} ${names[0]?.value ?? ''}`)
  add(to, dataset, dcat.distribution, node)
  add(to, node, rdf.type, dcat.Distribution)
  add(to, node, dcat.accessURL, url)
  const path = new URL(url.value).pathname
  if (!service && file.test(path)) add(to, node, dcat.downloadURL, url)
  for (const name of names) add(to, node, dct.title, name)
  for (const description of descriptions) add(to, node, dct.description, description)
  for (const format of service ? formatsOfService(formats, ...service) : formatsOfFile(formats, path))
    add(to, node, /media-types\//.test(format) ? dcat.mediaType : dct.format, /^https?:/i.test(format) ? namedNode(format) : literal(format))
  if (bytes) add(to, node, dcat.byteSize, literal(String(bytes), xsd.nonNegativeInteger))
  for (const kind of represented) add(to, node, adms.representationTechnique, kind)
  if (service) {
    const described = mintedIri(target, 'service', `${service[1]} ${endpointOf(url.value)}`)
    add(to, node, dcat.accessService, described)
    add(to, described, rdf.type, dcat.DataService)
    const titles = [names, descriptions, values(to, dataset, dct.title)].find(each => each.length > 0) ?? []
    for (const title of titles) add(to, described, dct.title, title)
    describeService(described, online, service, target)
  }
  return node
}

function page(resource: NamedNode, property: NamedNode, { url, names, descriptions }: Online, { to }: XmlTarget): void {
  add(to, resource, property, url)
  add(to, url, rdf.type, foaf.Document)
  for (const name of names) add(to, url, dct.title, name)
  for (const description of descriptions) add(to, url, dct.description, description)
}
