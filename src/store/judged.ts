import { addressesOf } from '../config/addresses.ts'
import { judgedSince, type JudgedRecord } from '../ledger/records/judged.ts'
import { reportNode, reportQuads, scoreNode, scoreOf } from '../outlets/judgement.ts'
import type { Publication } from '../outlets/publication.ts'
import { sh } from '../rdf/namespaces.ts'
import { lines } from '../rdf/serialise.ts'
import { isBlank, type Quad } from '../rdf/terms.ts'

/** A piece of a named graph that takes the place of what was there: an update (SPARQL 1.1) that makes room for it, where there may be something, and N-Triples. */
export interface Amendment {
  graph: string
  update?: string
  text: string
}

/** Records of which the graph is amended at once. */
const atOnce = 500

/**
 * The quality graph, in pieces: the score of each record and, as far as `store.findings` wants them, what rules say of it. Those records alone of which something was
 * said, or that came or went, since a store was where it stands; all of them where it holds nothing.
 */
export function* qualitySince(publication: Publication, { revision, judged }: { revision: number; judged: number }): Generator<Amendment> {
  const { ledger, catalogue } = publication
  const graph = addressesOf(catalogue.base).graph('quality')
  const fresh = judged === 0 && revision === 0
  for (let after = 0, records: JudgedRecord[]; (records = judgedSince(ledger, judged, revision, { after, most: atOnce })).length > 0; after = records.at(-1)!.n)
    yield {
      graph,
      ...(!fresh && { update: forgetting(catalogue.base, graph, records) }),
      text: lines(records.filter(record => record.visible).flatMap(record => saidOf(publication, record))),
    }
}

function saidOf(publication: Publication, record: JudgedRecord) {
  const { base, store } = publication.catalogue
  return [...scoreOf(base, record), ...(store.findings === 'none' ? [] : pointedAt(reportQuads(publication, record, store.findings)))]
}

/** The store holds no blank nodes: a path that needs some is read from the record itself, or from the shape. */
const pointedAt = (quads: Quad[]) => quads.filter(({ subject, object }) => !isBlank(subject) && !isBlank(object))

/** The update that takes out what the quality graph says of some records. */
function forgetting(base: string, graph: string, records: JudgedRecord[]): string {
  const self = (id: string) => `<${addressesOf(base).record(id)}>`
  const reports = records.map(({ id }) => `<${reportNode(base, id).value}>`).join(' ')
  const others = records.map(({ id }) => `${self(id)} <${scoreNode(base, id).value}>`).join(' ')
  return `DELETE { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${graph}> { VALUES ?r { ${reports} } ?r <${sh.result.value}> ?s . ?s ?p ?o } };
DELETE { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${graph}> { VALUES ?s { ${reports} ${others} } ?s ?p ?o } }`
}
