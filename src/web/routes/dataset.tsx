import { paths } from '../../config/addresses.ts'
import { resourceFormats } from '../../outlets/document.ts'
import { datasetDocument, recordDocument } from '../../outlets/record-documents.ts'
import { html, rdf } from '../http/forms.ts'
import type { Handle, Resource } from '../http/route.ts'
import { canonicalOf, knownEntry, knownRecord, openDossier, publicVersion, stateOf, type Entry } from '../page/dossier.ts'
import { pageOf } from '../page/page.ts'
import { DatasetView } from '../views/record/dataset.tsx'
import { RecordView } from '../views/record/record.tsx'
import { TombstoneView } from '../views/record/tombstone.tsx'

const tombstone: Resource<Entry>['tombstone'] = ({ record }, page) =>
  record.admission === 'removed' ? <TombstoneView page={page} record={record} /> : undefined

/** One dataset: a page, or RDF. A record that stands back for another of the same dataset leads to that one. */
export const dataset: Resource<Entry> = {
  find: ({ site }, { id = '' }) => knownEntry(site, id),
  as: [
    html((entry, page) => <DatasetView page={page} dossier={openDossier(page.site, entry)} />),
    ...rdf<Entry>(resourceFormats, (entry, { site }) => datasetDocument(site.publication, publicVersion(site, entry))),
  ],
  tombstone,
  check: (entry, _as, { site }) => void publicVersion(site, entry),
  elsewhere: entry => (entry.record.canonical === null ? undefined : paths.dataset(canonicalOf(entry).id)),
  state: (entry, { isPage }) => stateOf(entry, isPage ?? false),
  seconds: 600,
  links: ({ record }, _as, { site }) => [{ rel: 'canonical', href: site.addresses.dataset(record.id) }],
}

/**
 * Our entry about one dataset of one source: what came in, what we think of it, and what its portal can mend. One that the public does not see is a page alone.
 */
export const record: Resource<Entry> = {
  find: ({ site }, { id = '' }) => knownEntry(site, id),
  as: [
    html((entry, page) => <RecordView page={page} dossier={openDossier(page.site, entry)} />),
    ...rdf<Entry>(resourceFormats, (entry, { site }) => recordDocument(site.publication, entry.record, publicVersion(site, entry))),
  ],
  tombstone,
  check: (entry, { isPage }, { site }) => void (isPage || publicVersion(site, entry)),
  state: (entry, { isPage }) => stateOf(entry, isPage ?? false),
  seconds: 600,
  links: (entry, _as, { site }) => (entry.inView ? [{ rel: 'canonical', href: site.addresses.record(canonicalOf(entry).id) }] : undefined),
}

/** A distribution is described with its dataset. */
export const distribution: Handle = ({ site, request, response }) => {
  const { id } = knownRecord(site, String(request.params['id']))
  response.redirect(303, pageOf(site, request).to(paths.dataset(id)))
}
