import { paths } from '../../../config/addresses.ts'
import { checkTable } from '../../../inventory/check.ts'
import { columns } from '../../../inventory/columns.ts'
import type { Values } from '../../../inventory/values.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { dropEntry, keepEntry, keptEntry, newKey, type KeptEntry } from '../../../ledger/programme/inventory.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf, type Posted } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { bodyOf, haveInventoryRead, keptSource, refusalOf } from '../../page/inventory.ts'
import { pageOf, type Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { entryColumns, KeptEntryView } from '../../views/steward/entry.tsx'

/** Characters of a field. */
const most = 4000
const titles = columns.filter(({ id }) => /^title(?:_|$)/.test(id)).map(({ id }) => id)

/** A row of the inventory that is kept here, as a form: a new one, one that is changed, or taken out. */
export const keptEntryPage: Attend = ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const source = keptSource(site)
  const { ledger } = site.publication
  const { person, posted } = visit
  const known = request.params['key'] === undefined ? undefined : ownEntry(page, visit, String(request.params['key']))
  const show = (values: Values, faults: Record<string, string> = {}, status = 200) =>
    sendPage(page, response, <KeptEntryView page={page} visitor={visit} known={known} values={values} faults={faults} />, status)
  if (!posted) return show(known?.values ?? {})

  const at = new Date().toISOString()
  const overtaken = (values: Values) => show(values, { form: page.words.t('steward.overtaken') }, 409)
  if (known && fieldOf(posted, 'do') === 'remove') {
    if (!dropEntry(ledger, known.key, Number(fieldOf(posted, 'seen')))) return overtaken(known.values)
    note(ledger, { name: person.name, act: 'inventory-remove', subject: known.key }, at)
  } else {
    const values = writtenIn(page, visit, known, posted)
    const faults = faultsOf(page, visit, known, values)
    if (Object.keys(faults).length > 0) return show(values, faults, 422)
    const body = bodyOf(site, values)
    const key = known?.key ?? values['id'] ?? newKey(ledger, source.id, body)
    if (!known && keptEntry(ledger, key)) return show(values, { id: page.words.t('kept_inventory.taken') }, 422)
    if (!keepEntry(ledger, { key, body, values, name: person.name, at }, known ? Number(fieldOf(posted, 'seen')) : 0)) return overtaken(values)
    note(ledger, { name: person.name, act: 'inventory-keep', subject: key }, at)
  }
  haveInventoryRead(site, at)
  response.redirect(303, page.to(paths.keptInventory))
}

function ownEntry({ site }: Page, { person }: Visitor, key: string): KeptEntry {
  const found = keptEntry(site.publication.ledger, key)
  if (found && (person.role === 'admin' || person.body === null || found.body === person.body)) return found
  throw saidProblem('not-found', 'kept_inventory.unknown', { key: key.slice(0, 100) })
}

/** The fields of the form, over what stands in columns that it does not show; who sees to one body writes for it. */
function writtenIn(_page: Page, { person }: Visitor, known: KeptEntry | undefined, posted: Posted): Values {
  const written = entryColumns.map(({ id }) => [id, fieldOf(posted, id)] as const)
  const all = { ...known?.values, ...Object.fromEntries(written), ...(known && { id: known.key }) }
  const values = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
  return values['publisher'] === undefined && person.body !== null ? { ...values, publisher: person.body } : values
}

/** What is wrong, by column: what is only missing may come later, but for a title. */
function faultsOf(page: Page, { person }: Visitor, known: KeptEntry | undefined, values: Values): Record<string, string> {
  const { site, language, words } = page
  const { catalogue, vocabulary } = site.publication
  const places = new Map(columns.map(({ id, heading }) => [id, { letter: '', heading: heading.fr }]))
  const table = { line: 0, places, strange: [], entries: [{ line: 1, values }] }
  const faults: Record<string, string> = {}
  for (const { level, code, of, what } of checkTable(table, { file: '', language, lists: vocabulary, base: catalogue.base }))
    if (level === 'error' && code !== 'missing') faults[of ?? titles[0]!] ??= what
  for (const [id, value] of Object.entries(values)) {
    if (value.length > most) faults[id] = words.t('form.fault.long', { most, length: value.length })
    if (/[\u202A-\u202E\u2066-\u2069]/.test(value)) faults[id] = words.t('form.fault.direction')
  }
  if (!titles.some(id => values[id])) faults[`title_${language}`] = words.t('form.fault.required')
  const refusal = refusalOf(page, person, known?.values, values)
  return refusal === undefined ? faults : { ...faults, publisher: refusal }
}
