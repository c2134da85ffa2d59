import { paths } from '../../config/addresses.ts'
import { shownAtRevision } from '../../ledger/records/shown.ts'
import { revisionIn } from '../../outlets/asked.ts'
import { bibtex, ris } from '../../outlets/citation.ts'
import { linkText } from '../../outlets/link-text.ts'
import { datasetStateLinks } from '../../outlets/memento.ts'
import { plainRecord } from '../../outlets/plain-record.ts'
import { formsIn, inProfile, profileIn, profileLink } from '../../outlets/profiles/index.ts'
import type { Profile } from '../../outlets/profiles/profile.ts'
import { datasetDocument, recordDocument } from '../../outlets/record-documents.ts'
import { datasetSignposts, fileSignposts, inHeader, linkSet } from '../../outlets/signposts.ts'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import { html, jsonText, rdf, type Representation } from '../http/forms.ts'
import { splitExtension } from '../http/negotiation.ts'
import type { Handle, Resource } from '../http/route.ts'
import { canonicalOf, knownEntry, knownRecord, openDossier, publicVersion, stateOf, type Entry } from '../page/dossier.ts'
import { canonicalLink, pageOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { DatasetView } from '../views/record/dataset.tsx'
import { RecordView } from '../views/record/record.tsx'
import { TombstoneView } from '../views/record/tombstone.tsx'

const tombstone: Resource<Entry>['tombstone'] = ({ record }, page) =>
  record.admission === 'removed' ? <TombstoneView page={page} record={record} /> : undefined

/** A dataset, and what it was at the revision that the address names. */
type Dated = Entry & { profile: Profile; past: ReturnType<typeof shownAtRevision> }

const shownOf = (site: Site, entry: Dated) => entry.past ?? publicVersion(site, entry)

const signpostsOf = (site: Site, entry: Dated) => datasetSignposts(plainRecord(shownOf(site, entry), site.publication.vocabulary), site.publication)

/** A dataset as a reference, for programs that keep them; in the reader's language. */
const citation = (mediaType: string, extension: string, written: typeof bibtex): Representation<Dated> => ({
  mediaType,
  extension,
  write: (entry, { site, reading }) => {
    const record = plainRecord(shownOf(site, entry), site.publication.vocabulary)
    return written(record, site.addresses.dataset(record.id), reading)
  },
})

/** A dataset in each format of RDF, and in the words of the profile that is asked for. */
const described: Representation<Dated>[] = rdf<Dated>(formats, (entry, { site }) =>
  inProfile(datasetDocument(site.publication, shownOf(site, entry)), entry.profile, site.publication),
).map(each => ({
  ...each,
  write: (entry, page) => {
    const { site } = page
    const { json } = entry.profile
    return json ? jsonText(json(plainRecord(shownOf(site, entry), site.publication.vocabulary), site.publication)) : each.write(entry, page)
  },
}))

const datasetForms: Representation<Dated>[] = [
  html((entry, page) => <DatasetView page={page} dossier={openDossier(page.site, entry)} />),
  ...described,
  citation('application/x-bibtex', 'bib', bibtex),
  citation('application/x-research-info-systems', 'ris', ris),
  {
    mediaType: 'application/linkset',
    extension: 'linkset',
    write: (entry, { site }) => linkSet(site.addresses.dataset(entry.record.id), signpostsOf(site, entry)),
  },
]

/**
 * One dataset: a page, or RDF. A record that stands back for another of the same dataset leads to that one; with `?revision=`, what was published of it then
 * (RFC 7089).
 */
export const dataset: Resource<Dated> = {
  find: (page, { id = '' }) => {
    const { site, query } = page
    const entry = { ...knownEntry(site, id), profile: profileIn(query) }
    if (!query.has('revision') || entry.record.admission === 'removed') return { ...entry, past: undefined }
    const { revision } = revisionIn(site.publication, { query, address: page.origin + paths.dataset(id) })
    const past = shownAtRevision(site.publication.ledger, entry.record.id, revision)
    if (past) return { ...entry, past }
    throw new Problem('not-found', `The record "${id}" was not published at revision ${revision}.`)
  },
  as: datasetForms,
  // Who names a profile wishes for data.
  asFor: query => (query.has('profile') ? formsIn(described, query) : datasetForms),
  tombstone,
  check: (entry, _as, { site }) => void shownOf(site, entry),
  elsewhere: (entry, { isPage }) => {
    if (entry.past) return isPage ? paths.versions(entry.record.id) : undefined
    return entry.record.canonical === null ? undefined : paths.dataset(canonicalOf(entry).id)
  },
  // A page also says when the dataset was last seen, which no revision tells.
  revision: ({ record, past }, { isPage }) => past?.from ?? (isPage ? undefined : Math.max(record.modified_revision, record.linked_revision)),
  isPast: ({ past }) => past !== undefined,
  state: (entry, { isPage }) => [entry.past ? 'past' : stateOf(entry, isPage ?? false), entry.profile.name].join('-'),
  seconds: 600,
  links: (entry, as, page) => [
    canonicalLink(page, paths.dataset(entry.record.id), as),
    ...datasetStateLinks(page.origin, entry.record.id),
    ...(described.includes(as) ? [profileLink(entry.profile)] : []),
    ...inHeader(signpostsOf(page.site, entry)),
  ],
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
  links: (entry, as, page) => (entry.inView ? [canonicalLink(page, paths.record(canonicalOf(entry).id), as)] : undefined),
}

/** A distribution is described with its dataset, in the format that an extension asks for. */
export const distribution: Handle = ({ site, request, response }) => {
  const { id } = knownRecord(site, String(request.params['id']))
  const extension = splitExtension(String(request.params['resource']), formats).named?.extension
  response.append(
    'Link',
    fileSignposts(site.addresses.dataset(id))
      .map(link => linkText(link))
      .join(', '),
  )
  response.redirect(303, pageOf(site, request).to(`${paths.dataset(id)}${extension === undefined ? '' : `.${extension}`}`))
}
