import { Problem } from '../../../problem.ts'
import { digest } from '../../../rdf/digest.ts'
import type { Harvested } from '../../protocol.ts'
import type { Found } from './request.ts'
import { textOf, type Element } from '../../readers/xml/xml.ts'

/** A server whose count grows with every page never ends: beyond this many records for each it counted at first, nothing is read. */
const growth = 10
/** Pages lost one after the other that make the source lost. */
const patience = 3

/** Walks the pages of GetRecords by their positions. A page lost in the middle, or a record that a page leaves out, costs that alone; and nothing is then taken for removed. */
export async function* pages(
  first: Found,
  rows: number,
  ask: (start: number) => Promise<Found>,
  records: (each: Element) => Promise<Harvested[]>,
): AsyncGenerator<Harvested> {
  const seen = new Set<string>()
  const matched = first.matched ?? Infinity
  const most = (Number.isFinite(matched) ? matched : 1e6) * growth + 1000
  // Servers cap the size of a page without a word.
  const step = Math.min(rows, first.returned ?? first.records.length) || rows
  let total = matched
  let lostInARow = 0
  for (let start = 1, found: Found | undefined = first; ;) {
    if (found) {
      total = found.matched ?? total
      const whole = found.records.filter(record => !record.cut)
      if (found.problem) yield { lost: found.problem }
      else if (whole.length === 0) {
        if (Number.isFinite(total) && start <= total) yield { lost: shortOf(total, start - 1) }
        return
      } else if (found.returned !== undefined && found.returned > whole.length) yield { lost: leftOut(start, found.returned, whole.length) }
      const page = digest(whole.map(record => textOf(record).slice(0, 500)).join('\n'))
      if (seen.has(page))
        throw new Problem(
          'repeated-page',
          `GetRecords answers the same records at startPosition=${start} as on an earlier page. Ask the portal to honour "startPosition", or use larger pages (options.pageSize).`,
        )
      seen.add(page)
      for (const record of whole) yield* await records(record)
      const next = found.next !== undefined && found.next > start ? found.next : start + Math.max(found.returned ?? 0, whole.length, found.problem ? step : 0)
      // Without a count only the server's own word, or a page that is not full, ends the list.
      if (next > total || (!Number.isFinite(total) && (found.next === 0 || whole.length < step))) return
      start = next
    }
    if (start > most)
      throw new Problem(
        'endless-pages',
        `GetRecords still goes on after ${start} records, many times more than it counted at first. Ask the portal whether its pages end.`,
      )
    try {
      found = await ask(start)
      lostInARow = 0
    } catch (error) {
      if (!(error instanceof Problem) || ++lostInARow === patience) throw error
      yield { lost: error }
      found = undefined
      start += step
      if (start > total) return
    }
  }
}

const shortOf = (total: number, read: number) =>
  new Problem(
    'unexpected-answer',
    `GetRecords says that it has ${total} records and ends after ${read}. Ask the portal where the others are; until they are there nothing of this source is taken for removed.`,
  )

const leftOut = (start: number, returned: number, came: number) =>
  new Problem(
    'unexpected-answer',
    `GetRecords says that its page at startPosition=${start} holds ${returned} records, and ${came} are there: it could not write the others. Ask the portal to mend them; until then nothing of this source is taken for removed.`,
  )
