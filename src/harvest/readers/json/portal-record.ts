import { portalRecord } from '../../../config/addresses.ts'
import { add } from '../../../rdf/graph.ts'
import { dcat, dct, foaf, rdf } from '../../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import type { Target } from '../target.ts'
import { date, text } from './values.ts'

/** The portal's own entry about a dataset: the dates of the metadata belong to it, and not to the data. */
export function mapPortalRecord(dataset: NamedNode, { modified, issued }: { modified?: unknown; issued?: unknown }, { to, mint }: Target): void {
  if (!text(modified)) return
  const record = namedNode(mint.record + portalRecord)
  add(to, record, rdf.type, dcat.CatalogRecord)
  add(to, record, foaf.primaryTopic, dataset)
  add(to, record, dct.modified, date(text(modified)))
  if (text(issued)) add(to, record, dct.issued, date(text(issued)))
}
