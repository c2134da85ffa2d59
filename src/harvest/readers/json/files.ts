import { add } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { dcat, rdf } from '../../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { mintedIri, type Target } from '../target.ts'
import { mapRows, type JsonRow } from './fields.ts'
import { text, type JsonObject } from './values.ts'

/**
 * The files of a dataset as distributions. A file's `dataset` holds what the dataset says of all files: the table may read it, and it is no part of the file's
 * IRI.
 */
export function mapFiles(dataset: NamedNode, files: JsonObject[], rows: JsonRow[], target: Target): void {
  const { to, mint } = target
  for (const file of files) {
    const own = mendIri(text(file['@id']))
    const node =
      own && (isPublicIri(own) || own.startsWith(`${mint.record}#`))
        ? namedNode(own)
        : free(target, [text(file['id']), JSON.stringify({ ...file, dataset: undefined })])
    add(to, dataset, dcat.distribution, node)
    add(to, node, rdf.type, dcat.Distribution)
    mapRows(node, file, rows, target)
  }
}

/** An IRI made of the first of these names that no other distribution of the record has. */
function free({ to, mint }: Target, names: string[]): NamedNode {
  const nodes = names.filter(Boolean).map(name => mintedIri({ mint }, 'distribution', name))
  return nodes.find(node => !to.has(node)) ?? nodes.at(-1)!
}
