import { add, values } from '../rdf/graph.ts'
import { adms, dcat, dct, foaf, rdf, vcard } from '../rdf/namespaces.ts'
import { isNode, namedNode, type NamedNode } from '../rdf/terms.ts'
import { repair, statements, type Draft } from './draft.ts'

/** The class that the value of a property has, where the portal left it unsaid (DCAT-AP 3.0.1, ranges). */
const ranges: [property: NamedNode, range: NamedNode][] = [
  [dct.publisher, foaf.Agent],
  [dct.creator, foaf.Agent],
  [dcat.contactPoint, vcard.Kind],
  [dct.temporal, dct.PeriodOfTime],
  [dct.spatial, dct.Location],
]

/** Says what the portal left unsaid: the publisher of the source, the status of what it publishes, the classes of described nodes. */
export function fillIn(draft: Draft): void {
  const { graph, dataset, defaults } = draft
  if (defaults.publisher && values(graph, dataset, dct.publisher).length === 0) {
    add(graph, dataset, dct.publisher, namedNode(defaults.publisher))
    repair(draft, 'publisher-of-source', { subject: dataset, predicate: dct.publisher }, '', defaults.publisher)
  }
  // What has no file may be planned or withdrawn: that nobody can tell but the portal.
  if (defaults.status && graph.has(dataset, dcat.distribution) && !graph.has(dataset, adms.status)) {
    add(graph, dataset, adms.status, namedNode(defaults.status))
    repair(draft, 'status-of-source', { subject: dataset, predicate: adms.status }, '', defaults.status)
  }
  // A node that is the value of several has the class of each.
  const unsaid = new Set<string>()
  for (const [property, range] of ranges) {
    for (const { object } of statements(draft, property)) {
      if (!isNode(object) || !graph.has(object) || (graph.has(object, rdf.type) && !unsaid.has(object.value))) continue
      unsaid.add(object.value)
      add(graph, object, rdf.type, range)
    }
  }
}
