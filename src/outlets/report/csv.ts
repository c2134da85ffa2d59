import { addressesOf } from '../../config/addresses.ts'
import { choose } from '../../words/choose.ts'
import { byteOrderMark, row } from '../csv.ts'
import { allLines } from './lines.ts'
import type { Report } from './report.ts'

const columns = [
  'part',
  'name',
  'severity',
  'title',
  'mend',
  'message',
  'record',
  'key',
  'dataset',
  'dataset_title',
  'property',
  'focus',
  'value',
  'after',
  'address',
  'excerpt',
  'count',
] as const

/** Every line of a report as CSV, in one language, piece by piece. */
export function* reportCsv(report: Report, languages: string[]): Generator<string> {
  yield `${byteOrderMark}${row(columns)}`
  const {
    publication: {
      catalogue: { base },
    },
    remedies,
  } = report
  for (const { part, name, record, url, severity, message, property, focus, value, after, excerpt, count } of allLines(report)) {
    const { title, mend } = remedies(part, name)
    const cells: Record<(typeof columns)[number], string | undefined> = {
      part,
      name,
      severity,
      title: choose(title, languages)?.text,
      mend: choose(mend, languages)?.text,
      message,
      record: record?.id && addressesOf(base).record(record.id),
      key: record?.key,
      dataset: record?.dataset,
      dataset_title: record?.title && choose(record.title, languages)?.text,
      property,
      focus,
      value,
      after,
      address: url,
      excerpt,
      count: count?.toString(),
    }
    yield row(columns.map(column => cells[column] ?? ''))
  }
}
