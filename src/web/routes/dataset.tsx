import { recordByNumber } from '../../ledger/records/records.ts'
import { paths } from '../../config/addresses.ts'
import { sendPage, unchanged } from '../http/send.ts'
import { knownRecord, openDossier, publicVersion } from '../page/dossier.ts'
import { negotiate, resourceFormats, splitExtension } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import { linkFormats, sendRecord, stateOf } from '../resource.ts'
import type { Handle } from '../site.ts'
import { DatasetView } from '../views/dataset.tsx'
import { TombstoneView } from '../views/tombstone.tsx'
import { siblingsOf } from '../../ledger/records/siblings.ts'

/** One dataset: a page, or RDF. A record that stands back for another of the same dataset leads to that one. */
export const dataset: Handle = async (site, request, response) => {
  const { name: id, format } = splitExtension(String(request.params['id']))
  const record = knownRecord(site, id)
  const wished = format ?? negotiate(request, ['html', ...resourceFormats])
  const page = pageOf(site, request)
  if (record.admission === 'removed' && wished === 'html') return sendPage(page, response, <TombstoneView page={page} record={record} />, 410)
  publicVersion(site, record)
  const { ledger } = site.publication
  const canonical = record.canonical === null ? undefined : recordByNumber(ledger, record.canonical)
  if (canonical)
    return response.set('Cache-Control', 'no-cache').redirect(303, page.to(`${paths.dataset(canonical.id)}${format ? `.${format.extension}` : ''}`))
  linkFormats(response, paths.dataset(id), site.addresses.dataset(id))
  if (wished !== 'html') return sendRecord(site, request, response, record, wished, 'dataset')
  response.vary('Accept').vary('Accept-Language')
  const others = siblingsOf(ledger, record)
    .map(sibling => sibling.record.modified_revision)
    .join('.')
  if (unchanged(request, response, `${stateOf(record)}-${others}-${page.prefix}${page.language}-html-${site.edition}`)) return
  sendPage(page, response, <DatasetView page={page} dossier={openDossier(site, record)} />)
}

/** A distribution is described with its dataset. */
export const distribution: Handle = (site, request, response) => {
  const record = knownRecord(site, String(request.params['id']))
  response.redirect(303, pageOf(site, request).to(paths.dataset(record.id)))
}
