import { paths } from '../../config/addresses.ts'
import { shownAtRevision } from '../../ledger/records/shown.ts'
import { revisionIn } from '../../outlets/asked.ts'
import { bibtex, ris } from '../../outlets/citation.ts'
import { datasetStateLinks } from '../../outlets/memento.ts'
import { plainRecord } from '../../outlets/plain.ts'
import { datasetDocument, recordDocument } from '../../outlets/record-documents.ts'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import { html, rdf, type Representation } from '../http/forms.ts'
import type { Handle, Resource } from '../http/route.ts'
import { canonicalOf, knownEntry, knownRecord, openDossier, publicVersion, stateOf, type Entry } from '../page/dossier.ts'
import { pageOf } from '../page/page.ts'
import { DatasetView } from '../views/record/dataset.tsx'
import { RecordView } from '../views/record/record.tsx'
import { TombstoneView } from '../views/record/tombstone.tsx'

const tombstone: Resource<Entry>['tombstone'] = ({ record }, page) =>
  record.admission === 'removed' ? <TombstoneView page={page} record={record} /> : undefined

/** A dataset, and what it was at the revision that the address names. */
type Dated = Entry & { past: ReturnType<typeof shownAtRevision> }

/** A dataset as a reference, for programs that keep them; in the reader's language. */
const citation = (mediaType: string, extension: string, written: typeof bibtex): Representation<Dated> => ({
  mediaType,
  extension,
  write: (entry, { site, reading }) => {
    const record = plainRecord(entry.past ?? publicVersion(site, entry), site.publication.vocabulary)
    return written(record, site.addresses.dataset(record.id), reading)
  },
})

/**
 * One dataset: a page, or RDF. A record that stands back for another of the same dataset leads to that one; with `?revision=`, what was published of it then
 * (RFC 7089).
 */
export const dataset: Resource<Dated> = {
  find: (page, { id = '' }) => {
    const { site, query } = page
    const entry = knownEntry(site, id)
    if (!query.has('revision') || entry.record.admission === 'removed') return { ...entry, past: undefined }
    const { revision } = revisionIn(site.publication, { query, address: page.origin + paths.dataset(id) })
    const past = shownAtRevision(site.publication.ledger, entry.record.id, revision)
    if (past) return { ...entry, past }
    throw new Problem('not-found', `The record "${id}" was not published at revision ${revision}.`)
  },
  as: [
    html((entry, page) => <DatasetView page={page} dossier={openDossier(page.site, entry)} />),
    ...rdf<Dated>(formats, (entry, { site }) => datasetDocument(site.publication, entry.past ?? publicVersion(site, entry))),
    citation('application/x-bibtex', 'bib', bibtex),
    citation('application/x-research-info-systems', 'ris', ris),
  ],
  tombstone,
  check: (entry, _as, { site }) => void (entry.past ?? publicVersion(site, entry)),
  elsewhere: (entry, { isPage }) => {
    if (entry.past) return isPage ? paths.versions(entry.record.id) : undefined
    return entry.record.canonical === null ? undefined : paths.dataset(canonicalOf(entry).id)
  },
  // A page also says when the dataset was last seen, which no revision tells.
  revision: ({ record, past }, { isPage }) => past?.from ?? (isPage ? undefined : Math.max(record.modified_revision, record.linked_revision)),
  isPast: ({ past }) => past !== undefined,
  state: (entry, { isPage }) => (entry.past ? 'past' : stateOf(entry, isPage ?? false)),
  seconds: 600,
  links: ({ record }, _as, { site, origin }) => [{ rel: 'canonical', href: site.addresses.dataset(record.id) }, ...datasetStateLinks(origin, record.id)],
}

/**
 * Our entry about one dataset of one source: what came in, what we think of it, and what its portal can mend. One that the public does not see is a page alone.
 */
export const record: Resource<Entry> = {
  find: ({ site }, { id = '' }) => knownEntry(site, id),
  as: [
    html((entry, page) => <RecordView page={page} dossier={openDossier(page.site, entry)} />),
    ...rdf<Entry>(formats, (entry, { site }) => recordDocument(site.publication, entry.record, publicVersion(site, entry))),
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
