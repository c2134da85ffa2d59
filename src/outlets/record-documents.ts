import { addressesOf } from '../config/addresses.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import type { Shown } from '../ledger/records/shown.ts'
import type { Version } from '../ledger/records/versions.ts'
import type { Document } from './document.ts'
import { judgementQuads } from './judgement.ts'
import { historyQuads, versionQuads } from './provenance.ts'
import type { Publication } from './publication.ts'
import { recordQuads } from './resource.ts'

/** A version of a dataset as it is or was published. */
export const datasetDocument = (publication: Publication, shown: Shown): Document => ({
  quads: recordQuads(publication, shown),
  about: shown.dataset,
  graph: addressesOf(publication.catalogue.base).record(shown.id),
})

/** Our record of a dataset: the version in view, where it comes from, and what validation and quality say of it. */
export function recordDocument(publication: Publication, record: RecordRow, version: Version): Document {
  const self = addressesOf(publication.catalogue.base).record(record.id)
  return {
    quads: [...recordQuads(publication, version), ...versionQuads(publication, version), ...judgementQuads(publication, record)],
    about: self,
    graph: self,
  }
}

/** The versions of a record as entities, with the runs that brought them (PROV-O). */
export function historyDocument(publication: Publication, record: RecordRow, versions: Version[]): Document {
  const addresses = addressesOf(publication.catalogue.base)
  return { quads: historyQuads(publication, versions), about: addresses.record(record.id), graph: addresses.graph('provenance') }
}
