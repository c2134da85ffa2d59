import type { WriteSheet } from 'hucre/xlsx'
import { fold } from '../vocabulary/fold.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { choose } from '../words/choose.ts'
import { wordsIn } from '../words/words.ts'
import { listsOf } from './check.ts'
import { columnById, columns, isRequired, type Column, type InventoryLanguage } from './columns.ts'
import { letterOf } from './grid.ts'
import type { Values } from './values.ts'

/** Rows of the sheet whose cells offer the lists. */
const rows = 2000

const asked = columns.filter(column => column.template)

/** The columns of a sheet: those of the template, and whatever else stands in its rows. */
const columnsOf = (filled: Values[]): { id: string; heading: Record<InventoryLanguage, string> }[] => {
  const known = columns.filter(({ id, template }) => template || filled.some(values => values[id]))
  const others = [...new Set(filled.flatMap(values => Object.keys(values)))].filter(id => !columnById.has(id))
  return [...known, ...others.map(id => ({ id, heading: { fr: id, ar: id, en: id } }))]
}

/** The inventory as CSV: one line of headings, and what is filled in, in UTF-8 that spreadsheets recognise. */
export const templateCsv = (language: InventoryLanguage, filled: Values[] = []): string => {
  const written = columnsOf(filled)
  const rowsOf = [written.map(({ heading }) => heading[language]), ...filled.map(values => written.map(({ id }) => values[id] ?? ''))]
  return `\ufeff${rowsOf.map(cells => `${cells.map(cellOf).join(';')}\r\n`).join('')}`
}

/** What a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away again. */
function cellOf(text: string): string {
  const harmless = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/**
 * The inventory as a workbook (XLSX), empty or with what is filled in: a sheet to fill in, whose cells offer the entries of the edition's lists and accept
 * other words too; a sheet that explains each column; and the lists.
 */
export async function templateXlsx(language: InventoryLanguage, lists: Lists, base: string, filled: Values[] = []): Promise<Uint8Array> {
  const written = columnsOf(filled)
  const { t } = wordsIn(language)
  const listed = asked.map(column => ({ column, entries: entriesOf(column, language, lists, base) })).filter(({ entries }) => entries.length > 0)
  const view = { rightToLeft: language === 'ar' }
  const placeOf = ({ id }: Column) => written.findIndex(each => each.id === id)
  const bold = { font: { bold: true } }
  const sheets: WriteSheet[] = [
    {
      name: t('inventory.sheet'),
      view,
      freezePane: { rows: 1 },
      columns: written.map(({ heading }) => ({ header: heading[language], width: Math.max(16, heading[language].length + 2) })),
      rows: [written.map(({ heading }) => heading[language]), ...filled.map(values => written.map(({ id }) => values[id] ?? null))],
      cells: new Map(
        written.map(({ heading }, at) => [`0,${at}`, { style: heading.fr.endsWith('*') ? { font: { bold: true, color: { rgb: '9B1C1C' } } } : bold }]),
      ),
      dataValidations: listed.map(({ column, entries }, at) => ({
        type: 'list',
        formula1: `'${t('inventory.listSheet').replaceAll("'", "''")}'!$${letterOf(at)}$2:$${letterOf(at)}$${entries.length + 1}`,
        allowBlank: true,
        // Several values stand in one cell, and bodies go by other names: other words are accepted.
        showErrorMessage: false,
        showInputMessage: true,
        inputTitle: column.heading[language].slice(0, 32),
        inputMessage: (column.help?.[language] ?? '').slice(0, 255),
        range: `${letterOf(placeOf(column))}2:${letterOf(placeOf(column))}${rows}`,
      })),
    },
    {
      name: t('inventory.helpSheet'),
      view,
      columns: [{ width: 32 }, { width: 14 }, { width: 90 }],
      rows: [
        ['name', 'required', 'content'].map(column => t(`inventory.helpColumns.${column}`)),
        ...asked.map(column => [column.heading[language], t(isRequired(column) ? 'inventory.required' : 'inventory.optional'), column.help?.[language] ?? '']),
      ],
      cells: new Map([0, 1, 2].map(at => [`0,${at}`, { style: bold }])),
    },
    {
      name: t('inventory.listSheet'),
      view,
      columns: listed.map(() => ({ width: 28 })),
      rows: [
        listed.map(({ column }) => column.heading[language]),
        ...Array.from({ length: Math.max(...listed.map(({ entries }) => entries.length)) }, (_, at) => listed.map(({ entries }) => entries[at] ?? null)),
      ],
      cells: new Map(listed.map((_, at) => [`0,${at}`, { style: bold }])),
    },
  ]
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({ sheets })
}

/** What a cell may hold, by name in the language: bodies with their acronyms are those of the edition. */
export function entriesOf(column: Column, language: InventoryLanguage, lists: Lists, base: string): string[] {
  if (column.values) return column.values[language]
  const [first] = listsOf(column, base)
  const labels = (first ? (lists.schemes.get(first)?.concepts ?? []) : []).map(({ labels, slug }) => choose(labels, [language, 'en'])?.text ?? slug)
  return [...new Set(labels)].sort((a, b) => (fold(a) < fold(b) ? -1 : 1))
}
