import type { Run } from '../ledger/runs.ts'
import { fihrist, literal, namedNode, prov, quad, rdf, xsd, type Quad } from '../rdf/terms.ts'
import type { Publication } from './publication.ts'
import { iris } from './record-node.ts'

/** The harvests of the catalogue as activities (PROV-O): when, of which source, with what outcome. */
export function runQuads({ catalogue, ledger }: Publication, most = 1000): Quad[] {
  const { base } = catalogue
  return ledger.all<Run>('SELECT * FROM run ORDER BY id DESC LIMIT ?', most).flatMap(run => {
    const self = namedNode(`${base}/sources/${run.source}/runs/${run.id}`)
    const count = (name: keyof Run) => quad(self, namedNode(`${fihrist.iri}${name}`), literal(String(run[name]), xsd.integer))
    return [
      quad(self, rdf.type, prov.Activity), quad(self, rdf.type, fihrist.Run),
      quad(self, prov.used, namedNode(iris(base).sourceCatalogue(run.source))),
      quad(self, prov.startedAtTime, literal(run.started, xsd.dateTime)),
      ...(run.finished ? [quad(self, prov.endedAtTime, literal(run.finished, xsd.dateTime))] : []),
      quad(self, fihrist.state, literal(run.state)),
      ...(['seen', 'added', 'updated', 'unchanged', 'removed', 'failed'] as const).map(count),
    ] as Quad[]
  })
}
