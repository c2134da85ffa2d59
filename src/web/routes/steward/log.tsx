import { Readable } from 'node:stream'
import { deeds, everyDeed } from '../../../ledger/programme/deeds.ts'
import { byteOrderMark, row } from '../../../outlets/csv.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf } from '../../page/page.ts'
import { LogView } from '../../views/steward/log.tsx'

/** What was done, by whom. */
export const stewardLog: Attend = ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const before = Number(page.query.get('before'))
  const some = deeds(site.publication.ledger, Number.isSafeInteger(before) && before > 0 ? { before } : {})
  sendPage(page, response, <LogView page={page} visitor={visit} deeds={some} />)
}

/** All of it, as a table. */
export const stewardLogTable: Attend = ({ site, response }) => {
  response.type('text/csv; charset=utf-8; header=present').set('Content-Disposition', 'attachment; filename="log.csv"')
  Readable.from(table()).pipe(response)

  function* table() {
    yield byteOrderMark + row(['id', 'at', 'name', 'act', 'subject', 'said'])
    for (const { id, at, name, act, subject, said } of everyDeed(site.publication.ledger))
      yield row([String(id), at, name, act, subject ?? '', Object.keys(said).length > 0 ? JSON.stringify(said) : ''])
  }
}
