import { readInterval } from '../../../normalise/interval-text.ts'
import { guess } from '../../../normalise/text.ts'
import { add } from '../../../rdf/graph.ts'
import { addressesIn, isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { dcat, dct, rdf, rdfs, xsd } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject, type Term } from '../../../rdf/terms.ts'
import type { Row } from '../../protocol.ts'
import { mapByRows } from '../rows.ts'
import { mintedIri, type Target } from '../target.ts'
import { select, type Element } from './xml.ts'

/** How a format of XML writes its values. */
export interface XmlFormat {
  /** Whether a namespace belongs to it. */
  within(space: string): boolean
  /** A text in each language it is written in, with its tag. */
  texts(node: Element): Term[]
  /** A text, a code or an address: what may be matched to a list. */
  words(node: Element): string
}

/** Where the statements of a record of such a format go. */
export interface XmlTarget extends Target {
  format: XmlFormat
}

/** Makes the values of one element. */
export type Make = (node: Element, target: XmlTarget) => Term[]

/** The first path (see `select`) that has a value wins. */
export type XmlRow<Kind extends string = string> = Row<string, Kind>

/** Maps what lies in an element by a table. */
export const mapRows = <Kind extends string>(subject: Subject, from: Element, rows: XmlRow<Kind>[], makers: Record<Kind, Make>, target: XmlTarget): void =>
  mapByRows(subject, rows, (path, kind) => select(from, path, target.format.within).flatMap(node => makers[kind](node, target)), target)

/** The kinds of values that every format has. */
export const plainKinds = {
  text: (node, { format }) => format.texts(node),
  words: (node, { format, language }) => ofWords(format.words(node), language),
  list: (node, { format }) => some(format.words(node), literal),
  link: (node, { format }) => linkOf(format.words(node)),
  date: (node, { format }) => some(format.words(node), dateOf),
  provenance: labelled('statement', 'http://purl.org/dc/terms/ProvenanceStatement'),
  rights: labelled('statement', 'http://purl.org/dc/terms/RightsStatement'),
} satisfies Record<string, Make>

const some = (words: string, make: (words: string) => Term): Term[] => (words ? [make(words)] : [])
const ofWords = (words: string, language: string): Term[] =>
  some(words, text => (isAddress(text) ? namedNode(mendIri(text)!) : literal(text, guess(text, language))))

/** True of what can be put behind a link. */
export const isAddress = (text: string) => /^(https?|ftps?):\/\//i.test(text) && mendIri(text) !== undefined

/** An address, or several in one text, as links; nothing where it is none. */
export const linkOf = (text: string): NamedNode[] =>
  [/^www\./i.test(text) ? mendIri(text)! : text]
    .flatMap(addressesIn)
    .filter(isAddress)
    .map(address => namedNode(mendIri(address)!))

export const dateOf = (words: string): Term => literal(words, /T\d/.test(words) ? xsd.dateTime : xsd.date)

/** A node of a class with a label in each language; the address itself where there is one. */
function labelled(kind: string, type: string): Make {
  return (node, target) => {
    const words = target.format.words(node)
    const texts = target.format.texts(node)
    if (!words && texts.length === 0) return []
    const iri = isPublicIri(words) ? namedNode(mendIri(words)!) : mintedIri(target, kind, texts.map(text => text.value).join('\n') || words)
    add(target.to, iri, rdf.type, namedNode(type))
    for (const text of texts) if (text.value !== iri.value) add(target.to, iri, rdfs.label, text)
    return [iri]
  }
}

/** A node that is known by its names. */
export function named(target: XmlTarget, kind: string, type: NamedNode, property: NamedNode, names: Term[], iri?: NamedNode): NamedNode[] {
  if (names.length === 0) return []
  const node = iri ?? mintedIri(target, kind, names[0]!.value)
  add(target.to, node, rdf.type, type)
  for (const name of names) add(target.to, node, property, name)
  return [node]
}

/** A period; either end may be open. */
export function periodOf(start: string, end: string, target: XmlTarget): NamedNode[] {
  if (!start && !end) return []
  const period = mintedIri(target, 'period', `${start}/${end}`)
  add(target.to, period, rdf.type, dct.PeriodOfTime)
  if (start) add(target.to, period, dcat.startDate, dateOf(start))
  if (end) add(target.to, period, dcat.endDate, dateOf(end))
  return [period]
}

/** An interval of ISO 8601, or one date, as a period. */
export function periodsOf(text: string, target: XmlTarget): NamedNode[] {
  const interval = readInterval(text.replace(/(?<!\s)\s*–\s*/g, '/')) ?? { start: text, end: text }
  return periodOf(interval.start ?? '', interval.end ?? '', target)
}
