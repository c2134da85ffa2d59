import { readDate } from '../../../normalise/date-text.ts'
import { readInterval } from '../../../normalise/interval-text.ts'
import { guess } from '../../../normalise/text.ts'
import { add } from '../../../rdf/graph.ts'
import { dcat, dct, rdf, rdfs } from '../../../rdf/namespaces.ts'
import { literal, type NamedNode, type Term } from '../../../rdf/terms.ts'
import { mintedIri, type Target } from '../target.ts'
import { first } from './names.ts'
import { date, isValueObject, objects, literalsIn, text } from './values.ts'

interface Period {
  start: string
  end: string
  words?: Term
}

/** Periods as objects, as intervals of ISO 8601, as two years, as one date; words that say none of these are kept as words. */
export function periodsIn(value: unknown, language: string): Period[] {
  if (isValueObject(value)) return periodsIn(text(value), language).map(each => (each.words ? { ...each, words: literalsIn(value)[0]! } : each))
  if (typeof value === 'object' && value !== null) {
    return [value]
      .flat()
      .flatMap(each =>
        typeof each === 'object' && each !== null && !isValueObject(each)
          ? objects(each).map(part => ({ start: first(part, 'startDate', 'start', 'begin'), end: first(part, 'endDate', 'end') }))
          : periodsIn(each, language),
      )
  }
  const stated = text(value)
  const [, years, until] = /^\s*(\d{4})\s*[-–]\s*(\d{4})\s*$/.exec(stated) ?? []
  const interval = years ? { start: years, end: until! } : readInterval(stated)
  if (interval) return [{ start: interval.start ?? '', end: interval.end ?? '' }]
  const parts = stated.split('/').map(part => part.trim())
  const dates = parts.map(part => (/^\d/.test(part) ? part : ''))
  if (parts.length === 2 && dates[0] && dates[1]) return [{ start: dates[0], end: dates[1] }]
  if (parts.length === 1 && dates[0] && readDate(dates[0])) return [{ start: dates[0], end: dates[0] }]
  return stated ? [{ start: '', end: '', words: literal(stated, guess(stated, language) || undefined) }] : []
}

/** A period as DCAT has it; nothing where it has neither dates nor words. */
export function period({ start, end, words }: Period, { to, mint }: Target): NamedNode[] {
  const [from, until] = [start, end].map(each => (/^\.*$/.test(each) ? '' : each)) as [string, string]
  if (!from && !until && !words) return []
  const node = mintedIri({ mint }, 'period', words?.value ?? `${from}/${until}`)
  add(to, node, rdf.type, dct.PeriodOfTime)
  if (from) add(to, node, dcat.startDate, date(from))
  if (until) add(to, node, dcat.endDate, date(until))
  if (words) add(to, node, rdfs.label, words)
  return [node]
}
