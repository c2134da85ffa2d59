import type { Graph } from '../../rdf/graph.ts'
import { adms, dcat, dcatap, dct, fihrist, foaf, rdf, rdfs, schema, skos, stat, vcard } from '../../rdf/namespaces.ts'
import { isLiteral, type NamedNode, type Quad, type Subject, type Term } from '../../rdf/terms.ts'
import { bySubject, valuesOf } from './reading.ts'

// What the page of a dataset shows of its graph. The rest of the graph is listed below it: nothing that a portal says is left out.

/** How the values of a property are shown: by what they are, or by what is said of the node that they lead to. */
export type Kind = 'text' | 'name' | 'date' | 'firstDate' | 'size' | 'link' | 'code' | 'media' | 'period' | 'contact' | 'notation' | 'file'

/** A line of a page: what it is called, the properties that it is made of, and how their values are shown. */
export type ShownLine<K extends Kind = Kind> = readonly [label: string, properties: NamedNode[], kind: K]

/** The kinds that a line of facts may have. */
export type FactKind = Exclude<Kind, 'text' | 'file'>

/** What the page begins with. */
const head: ShownLine[] = [
  ['type', [rdf.type], 'code'],
  ['title', [dct.title], 'text'],
  ['description', [dct.description], 'text'],
  ['publisher', [dct.publisher], 'name'],
  ['theme', [dcat.theme], 'name'],
  ['keyword', [dcat.keyword], 'name'],
  ['files', [dcat.distribution], 'file'],
]

/** The facts beside a dataset, in this order; the label is a key of the words under `fact`. Lines of one label are one. */
export const datasetFacts: ShownLine<FactKind>[] = [
  ['stage', [adms.status], 'name'],
  ['available', [dct.available], 'date'],
  ['issued', [dct.issued], 'date'],
  ['modified', [dct.modified], 'date'],
  ['frequency', [dct.accrualPeriodicity], 'name'],
  ['collection', [fihrist.collectionFrequency], 'name'],
  ['period', [dct.temporal], 'period'],
  ['places', [dct.spatial], 'name'],
  ['level', [fihrist.disaggregationLevel], 'name'],
  ['unit', [stat.statUnitMeasure], 'name'],
  ['dimensions', [stat.dimension], 'name'],
  ['attributes', [stat.attribute], 'name'],
  ['series', [stat.numSeries], 'name'],
  ['language', [dct.language], 'name'],
  ['rights', [dct.accessRights], 'name'],
  ['legislation', [dcatap.applicableLegislation], 'name'],
  ['standard', [dct.conformsTo], 'name'],
  ['version', [dcat.version], 'name'],
  ['contact', [dcat.contactPoint], 'contact'],
  ['landing', [dcat.landingPage, foaf.page], 'link'],
  ['identifier', [dct.identifier], 'code'],
  ['identifier', [adms.identifier], 'notation'],
]

const fileHead: ShownLine[] = [
  ['type', [rdf.type], 'code'],
  ['title', [dct.title], 'text'],
  ['description', [dct.description], 'text'],
  ['download', [dcat.downloadURL], 'link'],
  ['open', [dcat.accessURL], 'link'],
  ['format', [dct.format], 'code'],
]

/** The facts of a file. */
export const fileFacts: ShownLine<FactKind>[] = [
  ['size', [dcat.byteSize], 'size'],
  ['modified', [dct.modified, dct.issued], 'firstDate'],
  ['licence', [dct.license], 'name'],
  ['media', [dcat.mediaType], 'media'],
  ['language', [dct.language], 'name'],
  ['period', [dct.temporal], 'period'],
  ['status', [adms.status, dcatap.availability], 'name'],
  ['rights', [dct.rights], 'name'],
]

/** What may be the name of a node, the first that it has. */
export const nameProperties = [foaf.name, vcard.fn, skos.prefLabel, dct.title, rdfs.label]
export const periodStart = [dcat.startDate, schema.startDate]
export const periodEnd = [dcat.endDate, schema.endDate]
export const contactWays = [vcard.hasEmail, vcard.hasTelephone, vcard.hasURL]

const name: ShownLine = ['name', nameProperties, 'text']
const type: ShownLine = ['type', [rdf.type], 'code']

/** The lines that are shown of a node, by the kind of the value that leads to it. */
function linesOf(kind: Kind, graph: Graph, node: Term, isConcept: (iri: string) => boolean): ShownLine[] {
  if (kind === 'file') return [...fileHead, ...fileFacts]
  // A concept has its name from the lists.
  if (kind === 'name') return isConcept(node.value) ? [] : [name]
  if (kind === 'contact') return [type, ['name', [vcard.fn], 'text'], ['ways', contactWays, 'link']]
  if (kind === 'notation') return [['notation', [skos.notation], 'code']]
  if (kind !== 'period') return []
  const dates: ShownLine = ['dates', [...periodStart, ...periodEnd], 'date']
  return valuesOf(graph, node, dates[1]).length > 0 ? [type, dates] : [type, dates, name]
}

/** The statements of a graph that stand nowhere on the page of its dataset. */
export function unshown(graph: Graph, dataset: Subject, isConcept: (iri: string) => boolean): Quad[] {
  const shown = new Set<string>()
  const show = (node: Term, lines: ShownLine[]): void => {
    for (const [, properties, kind] of lines)
      for (const property of properties) {
        if (!graph.has(node, property)) continue
        shown.add(`${node.value} ${property.value}`)
        for (const value of valuesOf(graph, node, [property])) if (!isLiteral(value)) show(value, linesOf(kind, graph, value, isConcept))
      }
  }
  show(dataset, [...head, ...datasetFacts])
  return bySubject([...graph].filter(({ subject, predicate }) => !shown.has(`${subject.value} ${predicate.value}`)))
}
