import { digest } from '../../../rdf/digest.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import type { Target } from '../target.ts'
import { text, type JsonObject } from './values.ts'
import { mapRows, type JsonRow } from './fields.ts'
import { add, type Graph } from '../../../rdf/graph.ts'
import { dcat, rdf } from '../../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'

/** The files of a dataset as distributions. `dataset` of a file is what the dataset says for all of them: it is read by the table, and names nothing. */
export function mapFiles(dataset: NamedNode, files: JsonObject[], rows: JsonRow[], target: Target): void {
  const { to, mint } = target
  for (const file of files) {
    const own = mendIri(text(file['@id']))
    const node =
      own && (isPublicIri(own) || own.startsWith(`${mint.record}#`))
        ? namedNode(own)
        : free(to, mint.record, [text(file['id']), JSON.stringify({ ...file, dataset: undefined })])
    add(to, dataset, dcat.distribution, node)
    add(to, node, rdf.type, dcat.Distribution)
    mapRows(node, file, rows, target)
  }
}

/** An IRI made of the first of these that no other distribution has taken. */
function free(to: Graph, record: string, names: string[]): NamedNode {
  const nodes = names.filter(Boolean).map(name => namedNode(`${record}#distribution-${digest(name).slice(0, 12)}`))
  return nodes.find(node => !to.has(node)) ?? nodes.at(-1)!
}
