import { note } from '../../../ledger/programme/deeds.ts'
import type { Person } from '../../../ledger/programme/people.ts'
import { correctRecord, takeBack } from '../../../ledger/records/corrections.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import { askForRun } from '../../../ledger/runs/run-requests.ts'
import { fieldOf, type Posted } from '../../http/posted.ts'
import { correctable } from '../../page/corrections.ts'
import type { Page } from '../../page/page.ts'

/** Characters of a correction. */
const most = 20_000

/** Writes a correction, or takes one back, and asks for the run that maps the record with it. Returns what is wrong with it, where something is. */
export function correctAs(page: Page, person: Person, record: RecordRow, posted: Posted): string | undefined {
  const { ledger, catalogue, vocabulary } = page.site.publication
  const field = correctable.find(({ name }) => name === fieldOf(posted, 'property'))
  const language = fieldOf(posted, 'language')
  if (!field) return 'form.fault.choice'
  const { property, list } = field
  if (!list && !catalogue.languages.includes(language)) return 'form.fault.choice'
  const at = new Date().toISOString()
  const named = { property: property.value, language: list ? null : language }
  if (fieldOf(posted, 'do') === 'take-back') takeBack(ledger, record.n, named)
  else {
    const words = fieldOf(posted, 'value')
    if (words === '') return 'form.fault.required'
    if (words.length > most || /[\u202A-\u202E\u2066-\u2069]/.test(words)) return 'form.fault.direction'
    const value = list ? vocabulary.match(list(catalogue.base), words)?.iri : words
    if (value === undefined) return 'steward.no_entry'
    correctRecord(ledger, record.n, { ...named, value, name: person.name, office: person.body, at })
  }
  if (page.site.source(record.source)?.enabled) askForRun(ledger, { source: record.source, record: null, acceptRemovals: false, origin: 'admin' }, at)
  note(ledger, { name: person.name, act: 'correct', subject: record.id, said: { property: field.name, ...(named.language && { language }) } }, at)
  return undefined
}
