import type { Shown } from '../ledger/records/shown.ts'
import { sidesOf } from '../normalise/geometry.ts'
import { readShape } from '../normalise/shape-text.ts'
import { Graph, value, values } from '../rdf/graph.ts'
import { dcat, dct, fihrist, foaf, locn, rdf, rdfs, schema, skos, spdx, vcard } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, namedNode, type NamedNode, type Term } from '../rdf/terms.ts'
import { textsOf } from '../rdf/texts.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { Contact, Named, Party, Period, Place, PlainFile, PlainRecord } from './plain.ts'
import { filledGraph } from './resource.ts'

/** Reads a version out. What a list does not name is called as the portal calls it. */
export function plainRecord(shown: Shown, vocabulary: Vocabulary): PlainRecord {
  const graph = new Graph(filledGraph(shown))
  const self = namedNode(shown.dataset)
  const { all, addresses, first, named, optional } = readingOf(graph, vocabulary)
  const is = (type: NamedNode) => graph.has(self, rdf.type, type)
  const files = all(self, dcat.distribution).map(node => fileOf(graph, vocabulary, node))
  const publisher = all(self, dct.publisher)[0]
  return {
    id: shown.id,
    source: shown.source,
    recordIssued: shown.issued,
    recordModified: shown.modified,
    iri: shown.dataset,
    kind: is(dcat.Dataset) ? 'dataset' : is(dcat.DataService) ? 'service' : is(dcat.DatasetSeries) ? 'series' : 'dataset',
    title: textsOf(graph, self, dct.title),
    description: textsOf(graph, self, dct.description),
    keywords: all(self, dcat.keyword)
      .filter(isLiteral)
      .map(({ value: text, language }) => ({ text, language: language || 'und' })),
    identifiers: all(self, dct.identifier).map(({ value: text }) => text),
    ...(publisher && { publisher: partyOf(graph, vocabulary, publisher) }),
    creators: all(self, dct.creator).map(node => partyOf(graph, vocabulary, node)),
    contacts: all(self, dcat.contactPoint).map(node => contactOf(graph, node)),
    themes: named(self, dcat.theme),
    languages: named(self, dct.language),
    places: all(self, dct.spatial).map(node => placeOf(graph, vocabulary, node)),
    periods: all(self, dct.temporal)
      .map(node => periodOf(graph, node))
      .filter(({ start, end }) => start ?? end),
    ...optional('created', first(self, dct.created)),
    ...optional('issued', first(self, dct.issued)),
    ...optional('modified', first(self, dct.modified)),
    ...optional('frequency', named(self, dct.accrualPeriodicity)[0]),
    ...optional('accessRights', named(self, dct.accessRights)[0]),
    landingPages: addresses(self, dcat.landingPage),
    documentation: addresses(self, foaf.page),
    conformsTo: named(self, dct.conformsTo),
    partOf: [...addresses(self, dcat.inSeries), ...addresses(self, dct.isPartOf)],
    ...optional('version', first(self, dcat.version)),
    licences: [...new Map([...files.flatMap(file => file.licence ?? []), ...named(self, dct.license)].map(each => [each.iri, each])).values()],
    files,
    endpoints: addresses(self, dcat.endpointURL),
  }
}

/** What may be the name of a node, the first that it has. */
const nameProperties = [foaf.name, vcard.fn, skos.prefLabel, dct.title, rdfs.label]

/** How a graph is read: in code point order, so that nothing depends on that of the portal. */
function readingOf(graph: Graph, vocabulary: Vocabulary) {
  const all = (subject: Term, property: NamedNode) => values(graph, subject, property).sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const namedAs = (node: Term): Named => {
    const concept = vocabulary.concepts.get(node.value)
    if (concept) return { iri: node.value, labels: concept.labels, concept }
    if (isLiteral(node)) return { iri: '', labels: { [node.language || 'und']: node.value } }
    const property = nameProperties.find(each => graph.has(node, each))
    return { iri: node.value, labels: property ? textsOf(graph, node, property) : {} }
  }
  return {
    all,
    namedAs,
    named: (subject: Term, property: NamedNode) => all(subject, property).map(namedAs),
    addresses: (subject: Term, property: NamedNode) =>
      all(subject, property)
        .filter(isNamed)
        .map(node => node.value),
    first: (subject: Term, property: NamedNode) => value(graph, subject, property)?.value,
    optional: <K extends string, T>(key: K, found: T | undefined) => (found === undefined ? {} : ({ [key]: found } as Record<K, T>)),
  }
}

function fileOf(graph: Graph, vocabulary: Vocabulary, node: Term): PlainFile {
  const { all, addresses, first, named, optional } = readingOf(graph, vocabulary)
  const bytes = Number(first(node, dcat.byteSize) ?? NaN)
  const sum = all(node, spdx.checksum)[0]
  const [algorithm, hash] = sum ? [first(sum, spdx.algorithm), first(sum, spdx.checksumValue)] : []
  return {
    iri: node.value,
    title: textsOf(graph, node, dct.title),
    description: textsOf(graph, node, dct.description),
    access: addresses(node, dcat.accessURL),
    download: addresses(node, dcat.downloadURL),
    ...optional('format', named(node, dct.format)[0]),
    ...optional('mediaType', mediaTypeIn(first(node, dcat.mediaType))),
    ...(Number.isFinite(bytes) && { bytes }),
    ...optional('licence', named(node, dct.license)[0]),
    ...optional('issued', first(node, dct.issued)),
    ...optional('modified', first(node, dct.modified)),
    languages: named(node, dct.language),
    conformsTo: named(node, dct.conformsTo),
    ...(algorithm && hash && { checksum: { algorithm: algorithm.replace(/^.*[#_]/, ''), value: hash } }),
    services: all(node, dcat.accessService).flatMap(service => addresses(service, dcat.endpointURL)),
  }
}

/** `https://www.iana.org/assignments/media-types/text/csv` and `text/csv` → `text/csv`. */
const mediaTypeIn = (stated: string | undefined) => /(?:^|\/media-types\/)([a-z]+\/[a-z0-9.+-]+)$/i.exec(stated ?? '')?.[1]

function partyOf(graph: Graph, vocabulary: Vocabulary, node: Term): Party {
  const { namedAs, first, optional } = readingOf(graph, vocabulary)
  const listed = vocabulary.concepts.has(node.value) ? value(vocabulary.graph, node, foaf.homepage)?.value : undefined
  return {
    ...namedAs(node),
    ...optional('homepage', first(node, foaf.homepage) ?? listed),
    ...optional('email', first(node, foaf.mbox)?.replace(/^mailto:/, '')),
  }
}

function contactOf(graph: Graph, node: Term): Contact {
  const first = (...properties: NamedNode[]) => properties.map(property => value(graph, node, property)?.value).find(Boolean)
  const [email, telephone, url] = [first(vcard.hasEmail, vcard.email), first(vcard.hasTelephone, vcard.tel), first(vcard.hasURL, vcard.url)]
  return {
    name: textsOf(graph, node, graph.has(node, vcard.fn) ? vcard.fn : vcard['organization-name']),
    ...(email && { email: email.replace(/^mailto:/, '') }),
    ...(telephone && { telephone: telephone.replace(/^tel:/, '') }),
    ...(url && { url }),
  }
}

function placeOf(graph: Graph, vocabulary: Vocabulary, node: Term): Place {
  const { namedAs } = readingOf(graph, vocabulary)
  const wkt = [dcat.bbox, locn.geometry, dcat.centroid].flatMap(property => values(graph, node, property)).find(isLiteral)?.value
  const shape = wkt === undefined ? undefined : readShape(wkt)?.shape
  const box = shape && sidesOf([shape])
  return { ...namedAs(node), ...(wkt !== undefined && { wkt }), ...(box && { box }) }
}

function periodOf(graph: Graph, node: Term): Period {
  const first = (...properties: NamedNode[]) => properties.map(property => value(graph, node, property)?.value).find(Boolean)
  const [start, end] = [first(dcat.startDate, schema.startDate), first(dcat.endDate, schema.endDate)]
  return { ...(start && { start }), ...(end && { end }) }
}

/** `fr` for the language of a list; undefined where nobody says. */
export const languageTagOf = ({ iri }: Named, vocabulary: Vocabulary): string | undefined => value(vocabulary.graph, namedNode(iri), fihrist.languageTag)?.value

/** How often something is done as a duration of ISO 8601: `P1Y`; undefined where it is not regular. */
export const periodTextOf = ({ iri }: Named, vocabulary: Vocabulary): string | undefined => value(vocabulary.graph, namedNode(iri), fihrist.period)?.value
