import { addressesOf } from '../config/addresses.ts'
import { shownAt } from '../ledger/records/shown.ts'
import type { Format, Part } from '../rdf/format.ts'
import { dcat } from '../rdf/namespaces.ts'
import { namedNode, quad, type Quad } from '../rdf/terms.ts'
import { catalogueQuads } from './catalogue.ts'
import { labelled, listsIn } from './concept.ts'
import type { Publication } from './publication.ts'
import { memberOf, addedTo, versionGraph } from './resource.ts'

/** The catalogue itself first, then one graph for each record, then the labels of the concepts they name. */
function* parts(publication: Publication, revision: number, source?: string): Generator<Part> {
  const {
    catalogue: { base },
    ledger,
    vocabulary,
  } = publication
  const self = namedNode(addressesOf(base).catalogue)
  const named = new Map<string, Quad>()
  yield { graph: addressesOf(base).graph('catalogue'), quads: catalogueQuads(publication, revision) }
  for (const shown of shownAt(ledger, revision, source ? { source } : {})) {
    const quads = versionGraph(shown)
    for (const each of quads) if (vocabulary.concepts.has(each.object.value)) named.set(each.object.value, each)
    yield {
      graph: addressesOf(base).record(shown.id),
      quads: [...quads, ...addedTo(base, shown), memberOf(self, shown), quad(self, dcat.record, namedNode(addressesOf(base).record(shown.id)))],
    }
  }
  const labels = labelled(named.values(), vocabulary)
  yield { graph: addressesOf(base).graph('vocabulary'), quads: [...labels, ...listsIn(labels, vocabulary)] }
}

/** The published catalogue at a revision as one RDF text, piece by piece: memory does not grow with the catalogue. */
export const exportText = (publication: Publication, revision: number, format: Format, source?: string) =>
  format.writeParts(parts(publication, revision, source))
