import { readDate } from '../normalise/date-text.ts'
import { mendIri } from '../rdf/iri.ts'
import type { Concept } from '../vocabulary/concepts.ts'
import { euLists, ownLists } from '../vocabulary/lists.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { choose } from '../words/choose.ts'
import { wordsIn } from '../words/words.ts'
import { columnById, columns, isRequired, spoken, type Column } from './columns.ts'
import type { Entry, Table } from './table.ts'
import { emailIn, isPlanned, keyOf, parts } from './values.ts'

/** What is wrong, or could be better, at one place of an inventory. */
export interface Remark {
  level: 'error' | 'warning'
  line: number
  /** `D12`, as spreadsheets name it. */
  cell?: string
  column?: string
  /** The column's id, where it is one of ours. */
  of?: string
  /** What is wrong, by the name of its sentence, and in words. */
  code: string
  what: string
  /** File, line and cell, and what is wrong, in the language that was asked for. */
  message: string
}

/** The lists that the values of a column are looked up in, the edition's first. */
export const listsOf = (column: Column, base: string): string[] => {
  const all: Record<string, string> = { ...euLists, ...ownLists(base) }
  const own = column.list && all[column.list]
  const wider = { theme: euLists.dataTheme, licence: euLists.licence, territory: euLists.country }[column.list as 'theme']
  return [own, wider].filter(list => list !== undefined)
}

/** Reads an inventory critically, line by line: what is missing, given twice, in none of the lists, or cannot be read. */
export function* checkTable(table: Table, { file, language, lists, base }: { file: string; language: string; lists: Lists; base: string }): Generator<Remark> {
  const { t } = wordsIn(language)
  const seen = new Map<string, number>()
  const remark = (level: Remark['level'], entry: Entry, column: Column | undefined, sentence: string, values: Record<string, string | number> = {}): Remark => {
    const place = column && table.places.get(column.id)
    const cell = place && `${place.letter}${entry.line}`
    const heading = column && (place?.heading ?? column.heading[spoken(language)])
    const where = t(cell ? 'inventory.cell' : 'inventory.place', { file, line: entry.line, cell: cell ?? '', column: heading ?? '' })
    const what = t(`inventory.${sentence}`, { help: column?.help?.[spoken(language)] ?? '', ...values })
    return {
      level,
      line: entry.line,
      ...(cell && { cell }),
      ...(heading && { column: heading }),
      ...(column && { of: column.id }),
      code: sentence,
      what,
      message: `${where}${cell || !heading ? '' : ` (${heading})`}${language === 'fr' ? ' :' : ':'} ${what}`,
    }
  }
  for (const heading of table.strange) {
    const letter = table.places.get(heading)?.letter ?? ''
    const what = t('inventory.header', { file, line: table.line, cell: letter, value: heading })
    yield { level: 'warning', line: table.line, cell: `${letter}${table.line}`, column: heading, code: 'header', what, message: what }
  }
  for (const entry of table.entries) {
    const { values, line } = entry
    const key = keyOf(values)
    if (key === undefined) {
      yield remark('error', entry, undefined, 'nameless')
      continue
    }
    if (!values['id']) yield remark('warning', entry, columnById.get('id'), 'unidentified')
    if (seen.has(key)) yield remark('error', entry, columnById.get('id'), 'repeated', { value: values['id'] ?? key, other: seen.get(key)! })
    else seen.set(key, line)
    for (const column of columns) {
      const value = values[column.id]
      if (!value) {
        if (
          isRequired(column) &&
          !columns.some(({ id, property, read }) => read === 'text' && column.read === 'text' && property?.equals(column.property!) && values[id])
        )
          yield remark('error', entry, column, 'missing')
      } else
        for (const [level, sentence, more] of faults(column, value, values, lists, base, spoken(language)))
          yield remark(level, entry, column, sentence, { value, ...more })
    }
  }
}

type Fault = [level: Remark['level'], sentence: string, more?: Record<string, string>]

function* faults(column: Column, value: string, values: Entry['values'], lists: Lists, base: string, language: 'fr' | 'ar' | 'en'): Generator<Fault> {
  if (column.list) {
    const names = listsOf(column, base)
    const match = (words: string) => names.map(name => lists.match(name, words)).find(Boolean)
    for (const part of match(value) ? [] : parts(value)) {
      // Places and creators may be others than those of the list: they are described by their name.
      if (!match(part))
        yield [
          column.list === 'territory' ? 'warning' : 'error',
          'unknown',
          { value: part, some: some(lists.schemes.get(names[0]!)?.concepts ?? [], language) },
        ]
    }
  }
  if ((column.read === 'date' || column.read === 'period') && !readDate(value)) yield ['error', 'undated']
  if (
    column.id === 'end' &&
    values['start'] &&
    (readDate(value)?.value ?? '9') < (readDate(values['start'])?.value ?? '').slice(0, readDate(value)?.value.length)
  )
    yield ['error', 'reversed', { other: values['start'] }]
  if (column.read === 'address' && !/^https?:/.test(mendIri(value) ?? '')) yield ['error', 'address']
  if (column.read === 'contact' && !emailIn(value)) yield ['warning', 'email']
  if (column.read === 'opening' && isPlanned(value) === undefined) yield ['error', 'opening']
  if (column.read === 'status' && !values['url'] && lists.match(ownLists(base).status, value)?.slug === 'published')
    yield ['error', 'unaddressed', { other: columnById.get('url')!.heading[language] }]
}

/** A few entries of a list, as examples. */
const some = (concepts: Concept[], language: string) =>
  concepts
    .slice(0, 5)
    .map(({ labels, slug }) => choose(labels, [language, 'en'])?.text ?? slug)
    .join(', ')
