import { paths } from '../../config/addresses.ts'
import { sendPage, unchanged } from '../http/send.ts'
import { knownRecord, openDossier } from '../page/dossier.ts'
import { negotiate, resourceFormats, splitExtension } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import { linkFormats, sendRecord, stateOf } from '../resource.ts'
import type { Handle } from '../site.ts'
import { RecordView } from '../views/record.tsx'
import { TombstoneView } from '../views/tombstone.tsx'
import { siblingsOf } from '../../ledger/records/siblings.ts'

/** Our entry about one dataset of one source: what came in, what we think of it, and what its portal can mend. */
export const record: Handle = async (site, request, response) => {
  const { name: id, format } = splitExtension(String(request.params['id']))
  const row = knownRecord(site, id)
  const wished = format ?? negotiate(request, ['html', ...resourceFormats])
  const page = pageOf(site, request)
  if (row.admission === 'removed' && wished === 'html') return sendPage(page, response, <TombstoneView page={page} record={row} />, 410)
  const { ledger } = site.publication
  const siblings = siblingsOf(ledger, row)
  const canonical = row.canonical === null ? row : siblings[0]!.record
  if (row.shown) linkFormats(response, paths.record(id), site.addresses.record(canonical.id))
  if (wished !== 'html') return sendRecord(site, request, response, row, wished, 'record')
  response.vary('Accept').vary('Accept-Language')
  if (
    unchanged(
      request,
      response,
      `${stateOf(row)}-${siblings.map(({ record: each }) => each.modified_revision).join('.')}-${page.prefix}${page.language}-record-${site.edition}`,
    )
  )
    return
  sendPage(page, response, <RecordView page={page} dossier={openDossier(site, row)} />)
}
