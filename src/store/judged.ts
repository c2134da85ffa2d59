import { addressesOf } from '../config/addresses.ts'
import { judgedSince, type JudgedRecord } from '../ledger/records/judged.ts'
import { countVisible } from '../ledger/records/records.ts'
import { reportNode, reportQuads } from '../outlets/judgement.ts'
import { measurementQuads, qualityNode, scoreNode, type MeasuredLevel } from '../outlets/measurements.ts'
import type { Publication } from '../outlets/publication.ts'
import { dct, sh } from '../rdf/namespaces.ts'
import { lines } from '../rdf/serialise.ts'
import { isBlank, type Quad } from '../rdf/terms.ts'

/**
 * A piece of a named graph that takes the place of what was there: an update (SPARQL 1.1) that makes room for it, where there may be something, and N-Triples.
 */
export interface Amendment {
  graph: string
  update?: string
  text: string
}

/** Records of which the graph is amended at once. */
const atOnce = 500

/** The most datasets of which the memory of an embedded copy bears every metric, and the five dimensions. */
const bears = { all: 10_000, dimensions: 50_000 }

/** How much of what is measured the quality graph holds: what `store.metrics` says, else what the store bears. */
export function levelOf({ ledger, catalogue: { store } }: Pick<Publication, 'ledger' | 'catalogue'>): MeasuredLevel {
  if (store.metrics || store.kind === 'sparql') return store.metrics ?? 'all'
  const count = countVisible(ledger)
  return count <= bears.all ? 'all' : count <= bears.dimensions ? 'dimensions' : 'total'
}

/** Where a store stands: what it holds nothing of yet has `judged: 0`, and where all is to be written over, it is -1. */
interface Since {
  revision: number
  judged: number
}

/**
 * The quality graph, in pieces: what is measured of each record and, as far as `store.findings` wants them, what rules say of it. Those records alone of which
 * something was said, or that came or went, since a store was where it stands; all of them where it holds nothing.
 */
export function* qualitySince(publication: Publication, { revision, judged }: Since, level: MeasuredLevel): Generator<Amendment> {
  const { ledger, catalogue } = publication
  const graph = addressesOf(catalogue.base).graph('quality')
  const fresh = judged === 0 && revision === 0
  for (let after = 0, records: JudgedRecord[]; (records = judgedSince(ledger, judged, revision, { after, most: atOnce })).length > 0; after = records.at(-1)!.n)
    yield {
      graph,
      ...(!fresh && { update: forgetting(catalogue.base, graph, records) }),
      text: lines(records.filter(record => record.visible).flatMap(record => saidOf(publication, record, level))),
    }
}

function saidOf(publication: Publication, record: JudgedRecord, level: MeasuredLevel) {
  const { findings } = publication.catalogue.store
  return [...measurementQuads(publication, record, level), ...(findings === 'none' ? [] : pointedAt(reportQuads(publication, record, findings)))]
}

/** The store holds no blank nodes: a path that needs some is read from the record itself, or from the shape. */
const pointedAt = (quads: Quad[]) => quads.filter(({ subject, object }) => !isBlank(subject) && !isBlank(object))

/** The update that takes out what the quality graph says of some records. */
function forgetting(base: string, graph: string, records: JudgedRecord[]): string {
  const within = (nodes: string, property: string) =>
    `DELETE { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${graph}> { VALUES ?r { ${nodes} } ?r <${property}> ?s . ?s ?p ?o } }`
  const named = (node: (base: string, id: string) => { value: string }) => records.map(({ id }) => `<${node(base, id).value}>`).join(' ')
  const [reports, qualities, scores] = [named(reportNode), named(qualityNode), named(scoreNode)]
  return `${within(reports, sh.result.value)};
${within(qualities, dct.hasPart.value)};
DELETE { GRAPH <${graph}> { ?d ?link ?s } } WHERE { GRAPH <${graph}> { VALUES ?r { ${qualities} } ?r <${dct.hasPart.value}> ?s . ?d ?link ?s } };
DELETE { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${graph}> { VALUES ?o { ${qualities} } ?s ?p ?o } };
DELETE { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${graph}> {
  VALUES ?s { ${reports} ${qualities} ${scores} ${records.map(({ id }) => `<${addressesOf(base).record(id)}>`).join(' ')} } ?s ?p ?o } }`
}
