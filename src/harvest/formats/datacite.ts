import { boxAround, sound } from '../../normalise/geometry.ts'
import { readNumber } from '../../normalise/number-text.ts'
import { add, Graph } from '../../rdf/graph.ts'
import { isPublicIri } from '../../rdf/iri.ts'
import { dcat, dct, foaf, rdf, skos, vcard, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../rdf/terms.ts'
import { entry } from '../../table.ts'
import type { Mapped, Mint } from '../protocol.ts'
import { boxed, located } from '../readers/geometry.ts'
import { dateOf, isAddress, linkOf, mapRows, named, periodsOf, plainKinds, type XmlTarget, type Make, type XmlRow } from '../readers/xml/fields.ts'
import { attribute, languageOf, select, textOf, type Element } from '../readers/xml/xml.ts'
import { persistent } from './dublin-core.ts'
import type { Format, Portal } from './format.ts'
import { mapOnline } from './online.ts'
import { mapStatedRights } from './rights.ts'

const isKernel = (space: string) => /^http:\/\/datacite\.org\/schema\/kernel-\d/.test(space)

const dataciteOf = (root: Element): Element | undefined => {
  if (root.name === 'resource' && isKernel(root.space)) return root
  return root.name === 'oai_datacite' ? select(root, 'payload/resource').find(({ space }) => isKernel(space)) : undefined
}

/** DataCite Metadata Schema 4, and 3 and 2 where they are the same. */
const dataciteFields: XmlRow<keyof typeof kinds>[] = [
  [['titles/title'], dct.title, 'title'],
  [['descriptions/description'], dct.description, 'description'],
  [['creators/creator'], dct.creator, 'agent'],
  [['publisher'], dct.publisher, 'publisher'],
  [['contributors/contributor'], dcat.contactPoint, 'contact'],
  [['subjects/subject'], dcat.keyword, 'keyword'],
  [['subjects/subject'], dcat.theme, 'concept'],
  [['language'], dct.language, 'words'],
  [['version'], dcat.version, 'list'],
  [['resourceType'], dct.type, 'kind'],
  [['geoLocations/geoLocation/geoLocationPlace'], dct.spatial, 'words'],
  [['geoLocations/geoLocation/geoLocationBox', 'geoLocations/geoLocation/geoLocationPoint'], dct.spatial, 'box'],
  [['geoLocations/geoLocation/geoLocationPolygon'], dct.spatial, 'polygon'],
]

/** DateType → property. */
const dates: Record<string, NamedNode> = { Issued: dct.issued, Available: dct.issued, Created: dct.created, Updated: dct.modified }

/** RelationType → property. */
const relations: Record<string, NamedNode> = {
  IsPartOf: dct.isPartOf,
  HasPart: dct.hasPart,
  IsDerivedFrom: dct.source,
  IsVersionOf: dct.isVersionOf,
  HasVersion: dcat.hasVersion,
  IsNewVersionOf: dct.isVersionOf,
  IsReferencedBy: dct.isReferencedBy,
  IsCitedBy: dct.isReferencedBy,
  IsDocumentedBy: foaf.page,
  IsSupplementTo: dct.relation,
}

const part = (node: Element, path: string) => textOf(select(node, path, isKernel)[0])

const kinds = {
  ...plainKinds,
  title: (node, target) => (attribute(node, 'titleType') ? [] : target.format.texts(node)),
  description: (node, target) => (['', 'Abstract'].includes(attribute(node, 'descriptionType')) ? target.format.texts(node) : []),
  agent: (node, target) => {
    const name = part(node, 'creatorName') || [part(node, 'givenName'), part(node, 'familyName')].filter(Boolean).join(' ')
    const [id] = select(node, 'nameIdentifier', isKernel).flatMap(each =>
      linkOf(/^https?:/.test(textOf(each)) ? textOf(each) : identifierOf(attribute(each, 'nameIdentifierScheme'), textOf(each))),
    )
    return name ? named(target, 'agent', foaf.Agent, foaf.name, [literal(name)], id) : []
  },
  publisher: (node, target) => named(target, 'agent', foaf.Agent, foaf.name, target.format.texts(node), linkOf(attribute(node, 'publisherIdentifier'))[0]),
  contact: (node, target) =>
    attribute(node, 'contributorType') === 'ContactPerson' && part(node, 'contributorName')
      ? named(target, 'contact', vcard.Kind, vcard.fn, [literal(part(node, 'contributorName'))])
      : [],
  keyword: (node, target) => target.format.texts(node),
  concept: (node, target) =>
    linkOf(attribute(node, 'valueURI')).flatMap(iri => named(target, 'concept', skos.Concept, skos.prefLabel, target.format.texts(node), iri)),
  kind: node => [literal(attribute(node, 'resourceTypeGeneral') || textOf(node))].filter(({ value }) => value !== ''),
  box: (node, target) => {
    const side = (...names: string[]) => names.map(name => part(node, name)).find(Boolean) ?? ''
    // Until version 4 the four numbers, or the two, stood in one text: latitude first.
    const [south = '', west = '', north = south, east = west] =
      select(node, '*').length === 0
        ? textOf(node).split(/\s+/)
        : [
            side('southBoundLatitude', 'pointLatitude'),
            side('westBoundLongitude', 'pointLongitude'),
            side('northBoundLatitude', 'pointLatitude'),
            side('eastBoundLongitude', 'pointLongitude'),
          ]
    return boxed({ west, south, east, north }, target)
  },
  polygon: (node, target) => {
    const points = select(node, 'polygonPoint', isKernel).map(point => [readNumber(part(point, 'pointLongitude')), readNumber(part(point, 'pointLatitude'))])
    const shape = sound({ type: 'MultiPoint', coordinates: points })
    const box = shape && boxAround([shape])
    return box ? [located(box, target)] : []
  },
} satisfies Record<string, Make>

const identifierOf = (scheme: string, id: string) => (/orcid/i.test(scheme) ? `https://orcid.org/${id}` : /^ror$/i.test(scheme) ? `https://ror.org/${id}` : '')

const dataciteKey = (root: Element) => part(root, 'identifier')

/** DataCite → DCAT-AP, before normalising (table in docs/mapping.md). */
const mapDatacite =
  (root: Element, { language }: Portal) =>
  (mint: Mint): Mapped => {
    const target: XmlTarget = {
      to: new Graph(),
      mint,
      language,
      format: {
        within: isKernel,
        words: node => attribute(node, 'rightsURI') || textOf(node),
        texts: node => (textOf(node) ? [literal(textOf(node), languageOf(node) || undefined)] : []),
      },
    }
    const { to } = target
    const identifier = dataciteKey(root)
    const address = persistent(identifier) ?? (isAddress(identifier) ? identifier : undefined)
    const dataset = namedNode(address && isPublicIri(address) ? address : mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    if (identifier) add(to, dataset, dct.identifier, literal(identifier))
    mapRows(dataset, root, dataciteFields, kinds, target)
    for (const date of select(root, 'dates/date', isKernel)) {
      const property = entry(dates, attribute(date, 'dateType'))
      if (property && textOf(date)) add(to, dataset, property, dateOf(textOf(date)))
      if (['Collected', 'Coverage'].includes(attribute(date, 'dateType')))
        for (const period of periodsOf(textOf(date), target)) add(to, dataset, dct.temporal, period)
    }
    const year = part(root, 'publicationYear')
    if (year && !to.has(dataset, dct.issued)) add(to, dataset, dct.issued, literal(year, xsd.gYear))
    for (const each of select(root, 'relatedIdentifiers/relatedIdentifier', isKernel)) {
      const property = entry(relations, attribute(each, 'relationType'))
      if (property) for (const link of linkOf(persistent(textOf(each)) ?? textOf(each))) add(to, dataset, property, link)
    }
    const formats = select(root, 'formats/format', isKernel).map(textOf).filter(Boolean)
    const had = mapOnline(
      dataset,
      address ? linkOf(address).map(url => ({ url, protocol: '', use: '', names: [], descriptions: [], formats })) : [],
      false,
      target,
    )
    mapStatedRights(
      dataset,
      select(root, 'rightsList/rights', isKernel).map(node => ({ node })),
      had,
      target,
    )
    return { dataset, graph: to }
  }

/** DataCite's `resource`, bare or in the envelope `oai_datacite`. */
export const datacite: Format = {
  in: dataciteOf,
  key: dataciteKey,
  scope: root => select(root, 'resourceType', isKernel).map(each => attribute(each, 'resourceTypeGeneral').toLowerCase())[0] ?? '',
  modified: root =>
    select(root, 'dates/date', isKernel)
      .filter(each => attribute(each, 'dateType') === 'Updated')
      .map(textOf)[0] ?? '',
  map: mapDatacite,
  tables: { record: { heading: 'DataCite', rows: dataciteFields } },
}
