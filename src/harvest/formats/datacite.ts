import { isPublicIri } from '../../rdf/iri.ts'
import { add, Graph } from '../../rdf/graph.ts'
import { dcat, dct, foaf, rdf, skos, vcard, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../rdf/terms.ts'
import { entry } from '../../table.ts'
import type { Mapped, Mint } from '../protocol.ts'
import { boxed } from '../readers/boxes.ts'
import { persistent } from './dublin-core.ts'
import { mapOnline } from './online.ts'
import type { Portal } from './index.ts'
import { mapStatedRights } from './rights.ts'
import { dateOf, isAddress, linkOf, mapRows, named, periodsOf, plainKinds, type Around, type Make, type XmlRow } from '../readers/xml/fields.ts'
import { attribute, languageOf, select, textOf, type Element } from '../readers/xml/xml.ts'

const isKernel = (space: string) => /^http:\/\/datacite\.org\/schema\/kernel-\d/.test(space)

/** DataCite's `resource`, bare or in the envelope `oai_datacite`. */
export const dataciteOf = (root: Element): Element | undefined => {
  if (root.name === 'resource' && isKernel(root.space)) return root
  return root.name === 'oai_datacite' ? select(root, 'payload/resource').find(({ space }) => isKernel(space)) : undefined
}

/** DataCite Metadata Schema 4, and 3 and 2 where they are the same. */
export const dataciteFields: XmlRow<keyof typeof kinds>[] = [
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
  title: (node, around) => (attribute(node, 'titleType') ? [] : around.format.texts(node)),
  description: (node, around) => (['', 'Abstract'].includes(attribute(node, 'descriptionType')) ? around.format.texts(node) : []),
  agent: (node, around) => {
    const name = part(node, 'creatorName') || [part(node, 'givenName'), part(node, 'familyName')].filter(Boolean).join(' ')
    const [id] = select(node, 'nameIdentifier', isKernel).flatMap(each =>
      linkOf(/^https?:/.test(textOf(each)) ? textOf(each) : identifierOf(attribute(each, 'nameIdentifierScheme'), textOf(each))),
    )
    return name ? named(around, 'agent', foaf.Agent, foaf.name, [literal(name)], id) : []
  },
  publisher: (node, around) => named(around, 'agent', foaf.Agent, foaf.name, around.format.texts(node), linkOf(attribute(node, 'publisherIdentifier'))[0]),
  contact: (node, around) =>
    attribute(node, 'contributorType') === 'ContactPerson' && part(node, 'contributorName')
      ? named(around, 'contact', vcard.Kind, vcard.fn, [literal(part(node, 'contributorName'))])
      : [],
  keyword: (node, around) => around.format.texts(node),
  concept: (node, around) =>
    linkOf(attribute(node, 'valueURI')).flatMap(iri => named(around, 'concept', skos.Concept, skos.prefLabel, around.format.texts(node), iri)),
  kind: node => [literal(attribute(node, 'resourceTypeGeneral') || textOf(node))].filter(({ value }) => value !== ''),
  box: (node, { to, mint }) => {
    const side = (...names: string[]) => Number.parseFloat(names.map(name => part(node, name)).find(Boolean) ?? '')
    // Until version 4 the four numbers, or the two, stood in one text: latitude first.
    const [south, west, north = south, east = west] =
      /^[-\d.\s]+$/.test(textOf(node)) && select(node, '*').length === 0
        ? (textOf(node).split(/\s+/).map(Number) as [number, number])
        : [
            side('southBoundLatitude', 'pointLatitude'),
            side('westBoundLongitude', 'pointLongitude'),
            side('northBoundLatitude', 'pointLatitude'),
            side('eastBoundLongitude', 'pointLongitude'),
          ]
    return boxed(
      [
        [west, south],
        [east, north],
      ],
      to,
      mint.record,
    )
  },
} satisfies Record<string, Make>

const identifierOf = (scheme: string, id: string) => (/orcid/i.test(scheme) ? `https://orcid.org/${id}` : /^ror$/i.test(scheme) ? `https://ror.org/${id}` : '')

export const dataciteKey = (root: Element) => part(root, 'identifier')
export const dataciteScope = (root: Element) =>
  select(root, 'resourceType', isKernel).map(each => attribute(each, 'resourceTypeGeneral').toLowerCase())[0] ?? ''
export const dataciteModified = (root: Element) =>
  select(root, 'dates/date', isKernel)
    .filter(each => attribute(each, 'dateType') === 'Updated')
    .map(textOf)[0] ?? ''

/** DataCite → DCAT-AP, before normalising (table in docs/mapping.md). */
export const mapDatacite =
  (root: Element, { language }: Portal) =>
  (mint: Mint): Mapped => {
    const around: Around = {
      to: new Graph(),
      mint,
      language,
      format: {
        within: isKernel,
        words: node => attribute(node, 'rightsURI') || textOf(node),
        texts: node => (textOf(node) ? [literal(textOf(node), languageOf(node) || undefined)] : []),
      },
    }
    const { to } = around
    const identifier = dataciteKey(root)
    const address = persistent(identifier) ?? (isAddress(identifier) ? identifier : undefined)
    const dataset = namedNode(address && isPublicIri(address) ? address : mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    if (identifier) add(to, dataset, dct.identifier, literal(identifier))
    mapRows(dataset, root, dataciteFields, kinds, around)
    for (const date of select(root, 'dates/date', isKernel)) {
      const property = entry(dates, attribute(date, 'dateType'))
      if (property && textOf(date)) add(to, dataset, property, dateOf(textOf(date)))
      if (['Collected', 'Coverage'].includes(attribute(date, 'dateType')))
        for (const period of periodsOf(textOf(date), around)) add(to, dataset, dct.temporal, period)
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
      around,
    )
    mapStatedRights(
      dataset,
      select(root, 'rightsList/rights', isKernel).map(node => ({ node })),
      had,
      around,
    )
    return { dataset, graph: to }
  }
