import { axesOf } from '../../normalise/axes.ts'
import { readInterval } from '../../normalise/interval-text.ts'
import { readPeriod } from '../../normalise/period-text.ts'
import { guess } from '../../normalise/text.ts'
import { add, Graph } from '../../rdf/graph.ts'
import { isPublicIri } from '../../rdf/iri.ts'
import { dcat, dct, foaf, rdf, rdfs } from '../../rdf/namespaces.ts'
import { literal, namedNode, type Term } from '../../rdf/terms.ts'
import type { Mapped, Mint } from '../protocol.ts'
import { boxed } from '../readers/geometry.ts'
import {
  dateOf,
  linkOf,
  mapRows,
  named,
  periodOf,
  periodsOf,
  plainKinds,
  type XmlTarget,
  type Make,
  type XmlFormat,
  type XmlRow,
} from '../readers/xml/fields.ts'
import { attribute, languageOf, select, textOf, type Element } from '../readers/xml/xml.ts'
import type { Format, Portal } from './format.ts'
import { mapOnline, type Online } from './online.ts'
import { mapStatedRights } from './rights.ts'

const csw = /^http:\/\/www\.opengis\.net\/cat\/csw\/(2\.0\.2|3\.0)$/
const dc = /^(http:\/\/purl\.org\/dc\/(elements\/1\.1|terms)\/|http:\/\/www\.opengis\.net\/ows)/

/** `csw:Record`, brief and summary too, and `oai_dc:dc`. */
const isDublinCore = ({ space, name }: Element) =>
  (csw.test(space) && /^(|Summary|Brief)Record$/.test(name)) || (name === 'dc' && space === 'http://www.openarchives.org/OAI/2.0/oai_dc/')

/** Elements and terms of Dublin Core by their names. */
const dublinCoreFields: XmlRow<keyof typeof kinds>[] = [
  [['title'], dct.title, 'text'],
  [['alternative'], dct.alternative, 'text'],
  [['description', 'abstract'], dct.description, 'text'],
  [['subject'], dcat.keyword, 'text'],
  [['creator'], dct.creator, 'agent'],
  [['publisher'], dct.publisher, 'agent'],
  [['contributor'], dct.contributor, 'agent'],
  [['created'], dct.created, 'date'],
  [['modified'], dct.modified, 'date'],
  [['language'], dct.language, 'words'],
  [['type'], dct.type, 'kind'],
  [['source'], dct.source, 'link'],
  [['relation'], dct.relation, 'link'],
  [['conformsTo'], dct.conformsTo, 'link'],
  [['isPartOf'], dct.isPartOf, 'link'],
  [['spatial'], dct.spatial, 'words'],
  [['BoundingBox', 'WGS84BoundingBox'], dct.spatial, 'box'],
  [['temporal'], dct.temporal, 'period'],
  [['coverage'], dct.temporal, 'time'],
  [['coverage'], dct.spatial, 'place'],
  [['provenance'], dct.provenance, 'provenance'],
]

const format: XmlFormat = {
  within: space => dc.test(space),
  words: textOf,
  texts: node => (textOf(node) ? [literal(textOf(node), languageOf(node) || undefined)] : []),
}

/** An interval of ISO 8601, or a date of it. */
const isInterval = (text: string) => readInterval(text) !== undefined || /^\d{4}(-\d{2}(-\d{2}(T[\d:.]+Z?)?)?)?$/.test(text)
/** What covers a stretch of time covers no place: the element says either (DCMI Metadata Terms, coverage). */
const isPeriod = (text: string) => isInterval(text) || readPeriod(text) !== undefined

/** DCMI Period: `start=2014; end=2020; name=Campagne`. */
function coded(text: string, target: XmlTarget): Term[] {
  const part = (name: string) => new RegExp(`(?:^|;)\\s*${name}\\s*=([^;]+)`, 'i').exec(text)?.[1]?.trim() ?? ''
  const periods = periodOf(part('start'), part('end'), target)
  if (part('name')) for (const each of periods) add(target.to, each, rdfs.label, literal(part('name'), guess(part('name'), target.language)))
  return periods
}

/** A period in other words than those of ISO 8601 and DCMI is read by normalising. */
function period(node: Element, target: XmlTarget): Term[] {
  const text = textOf(node)
  const found = isInterval(text) ? periodsOf(text, target) : coded(text, target)
  return found.length > 0 ? found : plainKinds.text(node, target)
}

const kinds = {
  ...plainKinds,
  agent: (node, target) => named(target, 'agent', foaf.Agent, foaf.name, target.format.texts(node)),
  // The type `dataset` says nothing more of a dcat:Dataset.
  kind: (node, target) => (/(^|[/#:])dataset$/i.test(textOf(node)) ? [] : plainKinds.words(node, target)),
  place: (node, target) => (isPeriod(textOf(node)) ? [] : plainKinds.words(node, target)),
  period,
  time: (node, target) => (isPeriod(textOf(node)) ? period(node, target) : []),
  box: (node, target) => {
    const corners = ['LowerCorner', 'UpperCorner'].map(name => textOf(select(node, name)[0]).split(/\s+/))
    const axes = node.name === 'WGS84BoundingBox' ? 'longitude first' : axesOf(attribute(node, 'crs'))
    if (axes === 'other') return [literal(`BOX(${corners.map(each => each.join(' ')).join(', ')}) ${attribute(node, 'crs')}`)]
    const [[west = '', south = ''] = [], [east = '', north = ''] = []] = axes === 'latitude first' ? corners.map(([y = '', x = '']) => [x, y]) : corners
    return boxed({ west, south, east, north }, target)
  },
} satisfies Record<string, Make>

const all = (root: Element, names: string) => select(root, names, space => dc.test(space))
/** The last word of what the record says it is: `dataset` of `http://purl.org/dc/dcmitype/Dataset`. */
const dublinCoreScope = (root: Element) =>
  all(root, 'type')
    .map(each => textOf(each).split(/[/#:]/).pop()!.toLowerCase())
    .find(Boolean) ?? ''

/** A persistent identifier (DOI, Handle, ARK, PURL) as an address; undefined for any other. */
export function persistent(identifier: string): string | undefined {
  const doi = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i.exec(identifier)?.[1]
  if (doi) return `https://doi.org/${encodeURI(doi)}`
  return /^https?:\/\/(hdl\.handle\.net|n2t\.net|purl\.org|w3id\.org)\//i.test(identifier) ? identifier : undefined
}

/** Dublin Core → DCAT-AP, before normalising (table in docs/mapping.md). */
export const mapDublinCore =
  (root: Element, { language }: Portal) =>
  (mint: Mint): Mapped => {
    const target: XmlTarget = { to: new Graph(), mint, language, format }
    const { to } = target
    const identifiers = all(root, 'identifier').map(textOf).filter(Boolean)
    const own = identifiers.map(persistent).find(each => each && isPublicIri(each))
    const dataset = namedNode(own ?? mint.dataset)
    add(to, dataset, rdf.type, dublinCoreScope(root) === 'service' ? dcat.DataService : dcat.Dataset)
    mapRows(dataset, root, dublinCoreFields, kinds, target)
    // Repositories give several dates without saying of what: the earliest is taken for that of publication.
    const [issued] = (all(root, 'issued').length > 0 ? all(root, 'issued') : all(root, 'date')).map(textOf).filter(Boolean).sort()
    if (issued) add(to, dataset, dct.issued, dateOf(issued))
    for (const identifier of identifiers) add(to, dataset, dct.identifier, literal(identifier))
    const had = mapOnline(dataset, links(root), dublinCoreScope(root) === 'service', target)
    mapStatedRights(
      dataset,
      all(root, 'rights|license|accessRights').map(node => ({ node })),
      had,
      target,
    )
    return { dataset, graph: to }
  }

/** `dc:URI` and `dct:references` of CSW, and identifiers that are addresses. */
function* links(root: Element): Generator<Online> {
  const formats = all(root, 'format').map(textOf).filter(Boolean)
  const text = (words: string) => (words ? [literal(words)] : [])
  for (const node of all(root, 'URI|references')) {
    for (const url of linkOf(textOf(node))) {
      yield {
        url,
        protocol: attribute(node, 'protocol') || attribute(node, 'scheme'),
        use: '',
        names: text(attribute(node, 'name')),
        descriptions: text(attribute(node, 'description')),
        formats,
      }
    }
  }
  for (const identifier of all(root, 'identifier').map(textOf)) {
    for (const url of linkOf(persistent(identifier) ?? identifier)) yield { url, protocol: '', use: '', names: [], descriptions: [], formats }
  }
}

/** Dublin Core: `csw:Record`, `oai_dc:dc`. */
export const dublinCore: Format = {
  in: root => (isDublinCore(root) ? root : undefined),
  key: root => all(root, 'identifier').map(textOf).find(Boolean) ?? '',
  scope: dublinCoreScope,
  modified: root => all(root, 'modified').map(textOf).find(Boolean) ?? '',
  map: mapDublinCore,
  tables: { record: { heading: 'Dublin Core', rows: dublinCoreFields } },
}
