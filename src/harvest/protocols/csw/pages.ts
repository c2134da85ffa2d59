import { Problem } from '../../../problem.ts'
import type { Harvested } from '../../protocol.ts'
import { listed, type ListPage } from '../../readers/pages.ts'
import { textOf, type Element } from '../../readers/xml/xml.ts'
import type { RecordsPage } from './request.ts'

/** A list of GetRecords, of which the first page has come already. */
export interface RecordList {
  url: string
  first: RecordsPage
  /** Records asked for at a time. */
  rows: number
  ask(start: number): Promise<RecordsPage>
  records(each: Element): Promise<Harvested[]>
  expect(total: number): void
}

/** Walks the pages of GetRecords by their positions; a record that a page leaves out costs that alone, and nothing is then taken for removed. */
export function pages({ url, first, rows, ask, records, expect }: RecordList): AsyncGenerator<Harvested> {
  // Servers cap the size of a page without saying so.
  const step = Math.min(rows, first.returned ?? first.records.length) || rows
  let total = first.matched
  const pageOf = (start: number, { records, returned: counted = 0, matched, next: stated, problem }: RecordsPage): ListPage<number, Element> => {
    total = matched ?? total
    const items = records.filter(record => !record.cut)
    // Some servers repeat there how many records match: more than were asked for, or than their own next position leaves room for, cannot be on a page.
    const after = start + items.length
    const isBelied = counted > rows || stated === after || (stated === 0 && total !== undefined && after > total)
    const returned = isBelied ? items.length : counted
    const next = stated !== undefined && stated > start ? stated : start + Math.max(returned, items.length, problem ? step : 0)
    // Without a count only the server's own word, or a page that is not full, ends the list.
    const isLast = total === undefined ? stated === 0 || items.length < step : next > total
    const lost = problem ?? (items.length > 0 && returned > items.length ? leftOut(start, returned, items.length) : undefined)
    return { items, size: items.length > 0 || problem ? next - start : 0, total, next: isLast ? undefined : next, ...(lost && { lost: [lost] }) }
  }
  return listed<number, Element>({
    first: 1,
    ask: async start => pageOf(start, start === 1 ? first : await ask(start)),
    after: (start, _size, total) => (start + step > (total ?? Infinity) ? undefined : start + step),
    record: records,
    // Records of unwanted kinds yield nothing, and so have no key.
    mark: record => textOf(record).slice(0, 500),
    expect,
    name: 'GetRecords',
    url,
    place: start => `startPosition=${start}`,
    heed: '"startPosition"',
  })
}

const leftOut = (start: number, returned: number, came: number) =>
  new Problem(
    'unexpected-answer',
    `GetRecords says that its page at startPosition=${start} holds ${returned} records, and ${came} are there: it could not write the others. ` +
      'Ask the portal to mend them; until then nothing of this source is taken for removed.',
  )
