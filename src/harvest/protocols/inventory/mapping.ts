import { columns, type Column, type InventoryLanguage } from '../../../inventory/columns.ts'
import { emailIn, isPlanned, parts, type Values } from '../../../inventory/values.ts'
import { readDate } from '../../../normalise/date-text.ts'
import { guess } from '../../../normalise/text.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, rdf, rdfs, vcard } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Term } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { mintedIri, type Target } from '../../readers/target.ts'

/** Where the statements of a row go. */
interface RowTarget extends Target {
  dataset: NamedNode
  values: Values
}

/** A row of an inventory → dcat:Dataset, before normalising (columns.yaml is its table, told in docs/mapping.md). */
export const mapRow =
  (values: Values, language: string) =>
  (mint: Mint): Mapped => {
    const to = new Graph()
    const dataset = namedNode(mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    const target = { to, dataset, mint, language, values }
    for (const column of columns) {
      const value = values[column.id]
      if (value) readers[column.read](target, value, column)
    }
    mapPeriod(target)
    mapFile(target)
    add(to, dataset, adms.status, literal(statusOf(values)))
    return { dataset, graph: to }
  }

type Reader = (target: RowTarget, value: string, column: Column) => void
const each =
  (of: (target: RowTarget, value: string) => Term): Reader =>
  (target, value, column) => {
    for (const part of parts(value)) add(target.to, target.dataset, column.property!, of(target, part))
  }
const words = each(({ language }, value) => (mendIri(value)?.startsWith('http') ? namedNode(value) : literal(value, guess(value, language))))

const readers: Record<Column['read'], Reader> = {
  text: ({ to, dataset }, value, { property, language }) => add(to, dataset, property!, language ? literal(value, language) : literal(value)),
  words,
  list: ({ to, dataset }, value, { property }) => {
    for (const word of value.split(/[|;,،؛\n]/)) if (word.trim()) add(to, dataset, property!, literal(word.trim()))
  },
  date: ({ to, dataset }, value, { property }) => add(to, dataset, property!, literal(value)),
  statement: (target, value, column) =>
    describe(
      target,
      column,
      property => (property.equals(dct.rights) ? dct.RightsStatement : dct.ProvenanceStatement),
      `${headingIn(column, guess(value, target.language))} : ${value}`,
    ),
  standard: (target, value, column) => {
    for (const part of parts(value)) describe(target, column, () => dct.Standard, part)
  },
  // A row without a file has nothing that could have the format: it is kept in words.
  format: (target, value, column) => {
    if (!isFile(target.values))
      describe(target, { ...column, property: dct.provenance }, () => dct.ProvenanceStatement, `${headingIn(column, target.language)} : ${value}`)
  },
  licence: (target, value, column) => {
    if (!isFile(target.values)) words(target, value, column)
  },
  contact: mapContact,
  opening: ({ to, dataset }, value, { property }) => {
    if (readDate(value)) add(to, dataset, property!, literal(readDate(value)!.value))
  },
  status: () => {},
  address: () => {},
  period: () => {},
  none: () => {},
}

/** A node with a label, for what DCAT-AP wants as one; an address is itself. */
function describe({ to, dataset, mint, language }: RowTarget, { property }: Column, type: (property: NamedNode) => NamedNode, label: string): void {
  const iri = /^https?:/i.test(label) ? mendIri(label) : undefined
  const node = namedNode(iri ?? mintedIri({ mint }, 'statement', `${property!.value} ${label}`).value)
  add(to, dataset, property!, node)
  add(to, node, rdf.type, type(property!))
  if (!iri) add(to, node, rdfs.label, literal(label, guess(label, language)))
}

/** The heading as a reader sees it: `periodicite_collecte*` is for machines. */
const headingIn = ({ heading }: Column, language: string) => (heading[language as InventoryLanguage] ?? heading.en).replace(/\*$/, '').replaceAll('_', ' ')

function mapPeriod({ to, dataset, mint, values: { start, end } }: RowTarget): void {
  if (!start && !end) return
  const period = namedNode(`${mint.record}#period`)
  add(to, dataset, dct.temporal, period)
  add(to, period, rdf.type, dct.PeriodOfTime)
  if (start) add(to, period, dcat.startDate, literal(start))
  if (end) add(to, period, dcat.endDate, literal(end))
}

/** What the address leads to: a file, where the row names its format or the address ends like one; else a page. */
function mapFile({ to, dataset, mint, language, values }: RowTarget): void {
  const address = mendIri(values['url'] ?? '')
  if (!address || !/^https?:/.test(address)) return
  if (!isFile(values)) return add(to, dataset, dcat.landingPage, namedNode(address))
  const file = namedNode(`${mint.record}#file`)
  add(to, dataset, dcat.distribution, file)
  add(to, file, rdf.type, dcat.Distribution)
  add(to, file, dcat.accessURL, namedNode(address))
  if (ending.test(address)) add(to, file, dcat.downloadURL, namedNode(address))
  if (values['format']) add(to, file, dct.format, literal(values['format'], guess(values['format'], language)))
  for (const licence of parts(values['licence'] ?? ''))
    add(to, file, dct.license, mendIri(licence)?.startsWith('http') ? namedNode(licence) : literal(licence, guess(licence, language)))
}

const ending = /\.(csv|tsv|xlsx?|ods|json|geojson|xml|zip|gz|7z|pdf|docx?|txt|kml|kmz|shp|gpkg|rdf|ttl|parquet)(?:[?#].*)?$/i
const isFile = ({ url, format }: Values) => /^https?:/.test(mendIri(url ?? '') ?? '') && (ending.test(url!) || Boolean(format))

function mapContact({ to, dataset, mint, language }: RowTarget, value: string): void {
  const email = emailIn(value)
  const name = value
    .replace(email ?? '', '')
    .replace(/mailto:|[<>()[\]]/g, '')
    .replace(/^[\s:;,–-]+|(?<![\s:;,–-])[\s:;,–-]+$/g, '')
  const contact = namedNode(`${mint.record}#contact`)
  add(to, dataset, dcat.contactPoint, contact)
  add(to, contact, rdf.type, vcard.Kind)
  if (name) add(to, contact, vcard.fn, literal(name, guess(name, language)))
  if (email) add(to, contact, vcard.hasEmail, literal(email))
}

/** Where a dataset stands, as the list of statuses has it: as it says, else by whether there is an address, and by what was decided about opening. */
function statusOf({ status, url, opening }: Values): string {
  if (status) return status
  if (url && /^https?:/.test(mendIri(url) ?? '')) return 'published'
  return opening && isPlanned(opening) ? 'planned' : 'inventoried'
}
