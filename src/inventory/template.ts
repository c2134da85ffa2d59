import { writeXlsx, type WriteSheet } from 'hucre/xlsx'
import { fold } from '../vocabulary/fold.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { wordsIn } from '../words/words.ts'
import { listsOf } from './check.ts'
import { columns, isRequired, type Column, type InventoryLanguage } from './columns.ts'
import { letterOf } from './grid.ts'

/** Rows of the sheet whose cells offer the lists. */
const rows = 2000

const asked = columns.filter(column => column.template)

/** The empty inventory as CSV: one line of headings, in UTF-8 that spreadsheets recognise. */
export const templateCsv = (language: InventoryLanguage): string => `\ufeff${asked.map(({ heading }) => heading[language]).join(';')}\r\n`

/**
 * The empty inventory as a workbook (XLSX): a sheet to fill in, whose cells offer the entries of the edition's lists and accept other words too;
 * a sheet that explains each column; and the lists.
 */
export async function templateXlsx(language: InventoryLanguage, lists: Lists, base: string): Promise<Uint8Array> {
  const { t } = wordsIn(language)
  const listed = asked.map(column => ({ column, entries: entriesOf(column, language, lists, base) })).filter(({ entries }) => entries.length > 0)
  const view = { rightToLeft: language === 'ar' }
  const bold = { font: { bold: true } }
  const sheets: WriteSheet[] = [
    {
      name: t('inventory.sheet'),
      view,
      freezePane: { rows: 1 },
      columns: asked.map(({ heading }) => ({ header: heading[language], width: Math.max(16, heading[language].length + 2) })),
      rows: [asked.map(({ heading }) => heading[language])],
      cells: new Map(asked.map((column, at) => [`0,${at}`, { style: isRequired(column) ? { font: { bold: true, color: { rgb: '9B1C1C' } } } : bold }])),
      dataValidations: listed.map(({ column, entries }, at) => ({
        type: 'list',
        formula1: `'${t('inventory.listSheet').replaceAll("'", "''")}'!$${letterOf(at)}$2:$${letterOf(at)}$${entries.length + 1}`,
        allowBlank: true,
        // Several values stand in one cell, and bodies go by other names: other words are accepted.
        showErrorMessage: false,
        showInputMessage: true,
        inputTitle: column.heading[language].slice(0, 32),
        inputMessage: (column.help?.[language] ?? '').slice(0, 255),
        range: `${letterOf(asked.indexOf(column))}2:${letterOf(asked.indexOf(column))}${rows}`,
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
  return writeXlsx({ sheets })
}

/** What a cell may hold, by name in the language: bodies with their acronyms are those of the edition. */
function entriesOf(column: Column, language: InventoryLanguage, lists: Lists, base: string): string[] {
  if (column.values) return column.values[language]
  const [first] = listsOf(column, base)
  const labels = (first ? (lists.schemes.get(first)?.concepts ?? []) : []).map(({ labels, slug }) => labels[language] ?? labels['fr'] ?? labels['en'] ?? slug)
  return [...new Set(labels)].sort((a, b) => (fold(a) < fold(b) ? -1 : 1))
}
