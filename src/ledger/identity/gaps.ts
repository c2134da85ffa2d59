import { Graph } from '../../rdf/graph.ts'
import { dcat, dct } from '../../rdf/namespaces.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { lines } from '../../rdf/serialise.ts'
import { isLiteral, isNamed, namedNode, quad, type NamedNode, type Quad, type Subject, type Term } from '../../rdf/terms.ts'
import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'

/*
 * Of two records of one dataset the one whose source goes first is shown, and it may be the poorer. What it leaves out is filled from the others, the next
 * source first; its IRI, its files and all that it says itself stay. What was filled is published as such, with the record whose word it is
 * (outlets/resource.ts).
 */

/** What another record says of the dataset where the shown one says nothing: a property, whose word it is, and the statements. */
export interface Filled {
  property: string
  record: string
  source: string
  /** Of what it is said: the dataset, or its files. */
  of: string[]
  quads: Quad[]
}

/** A record that stands back, with its graph. */
interface Twin {
  id: string
  source: string
  dataset: string
  graph: Graph
}

/** Facts that are true of a dataset in whatever portal it stands. */
const fillable = [
  dct.title,
  dct.description,
  dct.license,
  dcat.theme,
  dcat.keyword,
  dct.issued,
  dct.modified,
  dct.spatial,
  dct.temporal,
  dct.accrualPeriodicity,
  dct.accessRights,
  dct.language,
  dcat.contactPoint,
]
/** Texts, which are filled language by language. */
const texts = [dct.title, dct.description]
/** All others are nodes: what a portal wrote as text in their place is no word to pass on. */
const literals = [...texts, dcat.keyword, dct.issued, dct.modified]

function fillings(graph: Graph, dataset: string, twins: Twin[]): Filled[] {
  const own = namedNode(dataset)
  return fillable.flatMap(property => {
    const said = [...graph.objects(own, property), ...(property.equals(dct.license) ? licencesOfFiles(graph, own) : [])]
    const isText = isOf(texts, property)
    if (said.length > 0 && !isText) return []
    const has = new Set(said.filter(isLiteral).map(({ language }) => language))
    for (const { id, source, dataset: theirs, graph: other } of twins) {
      const fits = (term: Term) => isLiteral(term) === isOf(literals, property) && !(isText && isLiteral(term) && has.has(term.language))
      const more = valuesFor(other, namedNode(theirs), property).filter(fits)
      if (more.length === 0) continue
      const of = property.equals(dct.license) ? licensed(graph, own) : [own]
      const quads = more.flatMap(term => [...of.map(subject => quad(subject, property, term)), ...described(other, term, theirs)])
      return [{ property: property.value, record: id, source, of: of.map(({ value }) => value), quads }]
    }
    return []
  })
}

const isOf = (some: NamedNode[], property: NamedNode) => some.some(each => each.equals(property))

const licencesOfFiles = (graph: Graph, dataset: Subject): Term[] =>
  graph.objects(dataset, dcat.distribution).flatMap(file => (isLiteral(file) ? [] : graph.objects(file, dct.license)))

/** What a licence is said of (DCAT-AP 3.0.1, Distribution: licence): the files of a dataset, or itself where it has none. */
function licensed(graph: Graph, dataset: Subject): Subject[] {
  const files = graph.objects(dataset, dcat.distribution).filter(file => !isLiteral(file))
  return files.length > 0 ? files : [dataset]
}

/** Where all files of a dataset have one licence, it is that of the dataset. */
function valuesFor(graph: Graph, dataset: NamedNode, property: NamedNode): Term[] {
  const own = graph.objects(dataset, property)
  if (own.length > 0 || !property.equals(dct.license)) return own
  const ofFiles = licencesOfFiles(graph, dataset)
  return ofFiles.length > 0 && ofFiles.every(each => each.equals(ofFiles[0]!)) ? [ofFiles[0]!] : []
}

/** What a graph says of a value, and of what that leads to; the dataset itself is no part of it. */
function described(graph: Graph, value: Term, dataset: string): Quad[] {
  const met = new Set([dataset])
  const found: Quad[] = []
  const queue: Term[] = [value]
  for (let term = queue.pop(); term !== undefined; term = queue.pop()) {
    if (!isNamed(term) || met.has(term.value)) continue
    met.add(term.value)
    for (const each of graph.quads(term)) {
      found.push(each)
      queue.push(each.object)
    }
  }
  return found
}

const inView = 'shown_from <= ? AND (shown_until IS NULL OR shown_until > ?)'

/** What the records that stood back for one at a revision fill of its graph (N-Triples): the source that goes first is asked first. */
export function filledAt(ledger: Ledger, revision: number, { n, dataset, graph }: { n: number; dataset: string; graph: string }): Filled[] {
  const twins = ledger.all<Omit<Twin, 'graph'> & { graph: Uint8Array }>(
    `SELECT record.id, record.source, version.dataset, version.graph
     FROM alternate JOIN record ON record.n = alternate.record JOIN version ON version.record = record.n LEFT JOIN source ON source.id = record.source
     WHERE alternate.canonical = ? AND since <= ? AND (until IS NULL OR until > ?) AND ${inView} ORDER BY ifnull(priority, 50), source.id, record.id`,
    n,
    revision,
    revision,
    revision,
    revision,
  )
  if (twins.length === 0) return []
  return fillings(
    new Graph(readLines(graph)),
    dataset,
    twins.map(twin => ({ ...twin, graph: new Graph(readLines(unpacked(ledger, twin.graph))) })),
  )
}

/** Whether a canonical record is filled otherwise at a revision than at the one before. */
export function isFilledAnew(ledger: Ledger, revision: number, n: number): boolean {
  const at = (asked: number): string => {
    const version = ledger.get<{ dataset: string; graph: Uint8Array }>(`SELECT dataset, graph FROM version WHERE record = ? AND ${inView}`, n, asked, asked)
    if (!version) return ''
    const filled = filledAt(ledger, asked, { n, dataset: version.dataset, graph: unpacked(ledger, version.graph) })
    return filled.map(({ record, quads }) => record + lines(quads)).join()
  }
  return at(revision) !== at(revision - 1)
}

/** Search and facets of these canonical records are to be made anew, as others fill them, or filled them. */
export function noteUnindexed(ledger: Ledger, canonicals: number[]): void {
  for (const n of canonicals)
    ledger.run('INSERT OR IGNORE INTO unindexed (record) SELECT n FROM record WHERE n = ? AND shown IS NOT NULL AND canonical IS NULL', n)
}

/** Those of some records, and of the canonical ones of them, for which others stand back, or stood back. */
export const canonicalsOf = (ledger: Ledger, among: Iterable<number>): number[] =>
  ledger
    .all<{ n: number }>(
      `SELECT DISTINCT ifnull(canonical, n) AS n FROM record
       WHERE n IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM alternate WHERE alternate.canonical = ifnull(record.canonical, record.n))`,
      JSON.stringify([...among]),
    )
    .map(({ n }) => n)
