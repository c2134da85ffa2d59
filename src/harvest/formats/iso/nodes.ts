import { latinDigits } from '../../../normalise/date-text.ts'
import { boxAround } from '../../../normalise/geometry.ts'
import { readInterval } from '../../../normalise/interval-text.ts'
import { readLength } from '../../../normalise/number-text.ts'
import { readShape } from '../../../normalise/shape-text.ts'
import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dct, dqv, geodcatap, rdf, xsd } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type Term } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import { boxed, located } from '../../readers/geometry.ts'
import { mintedIri } from '../../readers/target.ts'
import { dateOf, isAddress, linkOf, periodOf, plainKinds, type Make } from '../../readers/xml/fields.ts'
import { attribute, children, select, textOf, writeXml, type Element } from '../../readers/xml/xml.ts'
import { frequencies, topics } from './codes.ts'
import { code, isIso, plain, words } from './values.ts'

const eu = 'http://publications.europa.eu/resource/authority/'
const inspire = 'http://inspire.ec.europa.eu/metadata-codelist/'

/** The kinds of values in ISO 19115 records. */
export const isoKinds = {
  ...plainKinds,
  link: (node, target) => linkOf(plain(node, '.') || plainKinds.words(node, target)[0]?.value || ''),
  topic: node => {
    const known = topicOf(valueOf(node))
    return known ? [namedNode(`${inspire}TopicCategory/${known}`)] : some(valueOf(node), name => literal(name))
  },
  theme: node => some(entry(topics, topicOf(valueOf(node)) ?? ''), theme => namedNode(`${eu}data-theme/${theme}`)),
  frequency: (node, { language }) =>
    some(valueOf(node), name => (entry(frequencies, name) ? namedNode(`${eu}frequency/${frequencies[name]}`) : literal(name, language))),
  serviceType: node =>
    some(/^(discovery|view|download|transformation|invoke|other)$/.exec(valueOf(node))?.[0], name => namedNode(`${inspire}SpatialDataServiceType/${name}`)),
  box: (node, target) => {
    const side = (name: string) => plain(node, name)
    return boxed(
      {
        west: side('westBoundLongitude'),
        south: side('southBoundLatitude'),
        east: side('eastBoundLongitude'),
        north: side('northBoundLatitude'),
      },
      target,
    )
  },
  shape: (node, target) => {
    const shape = readShape(writeXml(node))?.shape
    const box = shape && boxAround([shape])
    return box ? [located(box, target)] : []
  },
  period: (node, target) => {
    const start = position(node, 'TimePeriod/beginPosition', 'TimePeriod/begin/TimeInstant/timePosition', 'TimeInstant/timePosition')
    const stated = position(node, 'TimePeriod/endPosition', 'TimePeriod/end/TimeInstant/timePosition', 'TimeInstant/timePosition')
    const lasting = stated ? '' : position(node, 'TimePeriod/duration')
    return periodOf(start, stated || (readInterval(`${start}/${lasting}`)?.end ?? ''), target)
  },
  metres: node => {
    const [distance] = children(node)
    const metres = readLength(textOf(distance), attribute(distance, 'uom'))
    return metres === undefined ? [] : [literal(decimal(metres), xsd.decimal)]
  },
  scale: (node, target) => {
    // `1:25 000`, `1/25,000`: a denominator has no parts.
    const denominator = Number(
      latinDigits(plain(node, '.'))
        .replace(/^1\s*[:/]\s*/, '')
        .replace(/(?<=\d)[ .,'’](?=\d{3}(?!\d))/g, ''),
    )
    if (!(denominator > 0)) return []
    const measurement = mintedIri(target, 'scale', String(denominator))
    add(target.to, measurement, rdf.type, dqv.QualityMeasurement)
    add(target.to, measurement, dqv.isMeasurementOf, geodcatap.spatialResolutionAsScale)
    add(target.to, measurement, dqv.value, literal(decimal(1 / denominator), xsd.decimal))
    return [measurement]
  },
  system: (node, target) => {
    const [name, space] = [words(select(node, 'code', isIso)[0] ?? node), plain(node, 'codeSpace')]
    const number = /EPSG.*?(\d{4,6})\D*$/i.exec(`${space} ${name}`)?.[1]
    const iri = number ? `http://www.opengis.net/def/crs/EPSG/0/${number}` : isAddress(name) ? mendIri(name) : undefined
    const title = plain(node, 'code')
    if (!iri && !title) return []
    const system = iri ? namedNode(iri) : mintedIri(target, 'standard', title)
    add(target.to, system, rdf.type, dct.Standard)
    add(target.to, system, dct.type, namedNode('http://inspire.ec.europa.eu/glossary/SpatialReferenceSystem'))
    if (!iri) add(target.to, system, dct.title, literal(title, target.language))
    return [system]
  },
  conformance: (node, target) => {
    const [title] = select(node, 'specification/*/title', isIso)
    if (plain(node, 'pass') !== 'true' || !title || !words(title)) return []
    const texts = target.format.texts(title)
    const named = isAddress(words(title))
    const standard = named ? namedNode(words(title)) : mintedIri(target, 'standard', texts[0]!.value)
    add(target.to, standard, rdf.type, dct.Standard)
    for (const text of texts) add(target.to, standard, dct.title, text)
    const [date] = select(node, 'specification/*/date/*/date', isIso)
    if (date && words(date) && !named) add(target.to, standard, dct.issued, dateOf(words(date)))
    return [standard]
  },
} satisfies Record<string, Make>
export type IsoKind = keyof typeof isoKinds

/** The code of MD_TopicCategoryCode that is meant, in whatever letters, with what a portal put behind it, or as an IRI; undefined for another word. */
const topicOf = (name: string) => {
  const word = name
    .split(/[/#]/)
    .pop()!
    .split(/[_\s(:-]/)[0]!
    .toLowerCase()
  return Object.keys(topics).find(known => known.toLowerCase() === word)
}

const valueOf = (node: Element) => code(node, '.')

const some = (name: string | undefined, make: (name: string) => Term): Term[] => (name ? [make(name)] : [])

const position = (node: Element, ...paths: string[]) => paths.map(path => textOf(select(node, path, isIso)[0])).find(Boolean) ?? ''

/** A number as xsd:decimal is written: without an exponent. */
const decimal = (number: number) => number.toFixed(12).replace(/\.?0+$/, '')
