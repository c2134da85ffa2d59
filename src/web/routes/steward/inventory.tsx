import { paths } from '../../../config/addresses.ts'
import { changesIn, type Changes } from '../../../inventory/changes.ts'
import { spoken } from '../../../inventory/columns.ts'
import { readTable } from '../../../inventory/table.ts'
import { templateCsv, templateXlsx } from '../../../inventory/template.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { dropEntry, keepEntry, keptEntries, type KeptEntry } from '../../../ledger/programme/inventory.ts'
import type { Person } from '../../../ledger/programme/people.ts'
import { Problem, type Said } from '../../../problem.ts'
import { digest } from '../../../rdf/digest.ts'
import { fieldOf } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { heldUpload, holdUpload, letUploadGo, type Upload } from '../../http/uploads.ts'
import { bodyOf, haveInventoryRead, keptSource, refusalOf } from '../../page/inventory.ts'
import { pageOf, type Page } from '../../page/page.ts'
import { KeptInventoryView } from '../../views/steward/inventory.tsx'

/** The inventory that is kept here: its rows; and a workbook that comes back, of which it is told first what it would change. */
export const keptInventory: Attend = async ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  keptSource(site)
  const { ledger } = site.publication
  const { person, posted } = visit
  const own = person.role === 'admin' ? null : person.body
  const show = (more: { fault?: Said; foreseen?: { file: string; word: string; seen: string; changes: Changes } } = {}, status = 200) =>
    sendPage(page, response, <KeptInventoryView page={page} visitor={visit} entries={keptEntries(ledger, own)} {...more} />, status)
  if (!posted) return show()

  const word = fieldOf(posted, 'upload')
  const upload = word === '' ? await readUpload(page, person, posted.get('table')) : heldUpload(word, person.id)
  if (!upload) return show({ fault: { key: 'kept_inventory.no_upload', values: {} } }, 422)
  if ('key' in upload) return show({ fault: upload }, 422)
  const entries = new Map(keptEntries(ledger, own).map(entry => [entry.key, entry]))
  const changes = changesOf(page, person, upload, entries)
  const seen = digest(JSON.stringify([changes.changes, changes.absent]))
  const foreseen = { file: upload.file, word: word || holdUpload(upload), seen, changes }
  if (word === '') return show({ foreseen })
  // Somebody else has changed a row that this would change.
  if (fieldOf(posted, 'seen') !== seen) return show({ foreseen, fault: { key: 'steward.overtaken', values: {} } }, 409)
  const at = new Date().toISOString()
  const removed = fieldOf(posted, 'absent') === 'remove' ? changes.absent : []
  ledger.transaction(() => {
    for (const { key, values } of changes.changes)
      keepEntry(ledger, { key, values, body: bodyOf(site, values), name: person.name, at }, entries.get(key)?.edition ?? 0)
    for (const key of removed) dropEntry(ledger, key, entries.get(key)!.edition)
    note(ledger, { name: person.name, act: 'inventory-upload', subject: upload.file, said: told(changes, removed) }, at)
  })
  letUploadGo(word)
  haveInventoryRead(site, at)
  response.redirect(303, page.to(paths.keptInventory))
}

const told = ({ changes, refused }: Changes, removed: string[]): Record<string, string> => ({
  added: String(changes.filter(({ what }) => what === 'added').length),
  changed: String(changes.filter(({ what }) => what === 'changed').length),
  removed: String(removed.length),
  refused: String(new Set(refused.map(({ line }) => line)).size),
})

function changesOf(page: Page, person: Person, { file, table }: Upload, entries: Map<string, KeptEntry>): Changes {
  const { site, language } = page
  const { catalogue, vocabulary, ledger } = site.publication
  const kept = new Map([...entries].map(([key, { values }]) => [key, values]))
  const by = { file, language, lists: vocabulary, base: catalogue.base }
  const others = new Map(keptEntries(ledger).map(({ key, values }) => [key, values]))
  return changesIn(table, kept, by, (values, key) => refusalOf(page, person, others.get(key), values))
}

/** Reads what somebody sent as a table; or says what is wrong with it. */
async function readUpload({ site }: Page, { id }: Person, sent: FormDataEntryValue | null): Promise<Upload | Said> {
  const wrong = (name: string): Said => ({ key: `kept_inventory.fault.${name}`, values: {} })
  if (!(sent instanceof File) || sent.size === 0) return wrong('none')
  const file = sent.name.replace(/[\u0000-\u001F\u202A-\u202E\u2066-\u2069]/g, '').slice(0, 100)
  try {
    const source = keptSource(site).options as { columns?: Record<string, string> }
    const table = await readTable(new Uint8Array(await sent.arrayBuffer()), file, { columns: source.columns ?? {} })
    if (table.problem) return wrong('broken')
    return { person: id, file, table }
  } catch (error) {
    if (error instanceof Problem) return wrong(error.code === 'too-large' ? 'large' : error.code === 'unexpected-answer' ? 'headings' : 'form')
    throw error
  }
}

/** All of it, as the template that goes round. */
export const keptTable =
  (form: 'csv' | 'xlsx'): Attend =>
  async ({ site, request, response }, { person }) => {
    keptSource(site)
    const { ledger, vocabulary, catalogue } = site.publication
    const language = spoken(pageOf(site, request).language)
    const filled = keptEntries(ledger, person.role === 'admin' ? null : person.body).map(({ values }) => values)
    response.set('Content-Disposition', `attachment; filename="inventory.${form}"`)
    if (form === 'csv') response.type('text/csv; charset=utf-8; header=present').send(templateCsv(language, filled))
    else
      response
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(await templateXlsx(language, vocabulary, catalogue.base, filled)))
  }
