import { firstKept, figuresOf } from '../../ledger/records/scorecards.ts'
import type { ScopeKind } from '../../ledger/records/tallies.ts'
import { hasPoints, shareOf, type Figures } from '../../outlets/scorecard/figures.ts'
import { emptyCard, scorecardsNow, scorecardsOn, type Scorecard, type Scorecards } from '../../outlets/scorecard/scorecard.ts'
import { Problem } from '../../problem.ts'
import { dayOf } from '../../validate/quality/freshness.ts'
import type { Page } from './page.ts'

/** The figures of a day; null where there was no dataset any more. */
export interface Day {
  day: number
  figures: Figures | null
}

/** A scorecard as an address asks for it: as it is, or as it was at the end of a quarter. */
export interface Asked {
  cards: Scorecards
  card: Scorecard
  /** How its figures became what they are, the oldest first; today's are the last. */
  history: Day[]
  /** `2026-Q3`, where the end of a quarter is asked for. */
  quarter?: string
}

/** Reads the scorecard that a page is about. Throws `not-found` and `bad-request`. */
export function readScorecard(page: Page, kind: ScopeKind, scope: string): Asked {
  const { ledger } = page.site.publication
  const quarter = page.query.get('quarter')
  const cards = quarter ? scorecardsOn(ledger, lastDayOf(quarter)) : scorecardsNow(ledger)
  // An entry of a list and a source of the edition have one before they have a dataset.
  const isKnown = kind === 'source' ? page.site.source(scope) : kind !== 'catalogue' && page.site.concept(kind, scope)
  const card = kind === 'catalogue' ? cards.whole : (cards.find(kind, scope) ?? (isKnown && emptyCard(kind, scope)))
  if (!card) throw new Problem('not-found', `The catalogue has no scorecard of "${scope}".`)
  const kept = figuresOf<Figures>(ledger, kind, scope).filter(({ day }) => day < cards.day)
  return { cards, card, history: [...kept, { day: cards.day, figures: card.figures }], ...(quarter && { quarter }) }
}

/** The last day of a quarter. Throws `bad-request` for what is none. */
export function lastDayOf(quarter: string): number {
  const [, year, part] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? []
  if (!year) throw new Problem('bad-request', '"quarter" must be a year and a quarter such as 2026-Q3.')
  return Date.UTC(Number(year), Number(part) * 3, 0) / 86_400_000
}

const quarterOf = (day: number) => {
  const date = new Date(day * 86_400_000)
  return { year: date.getUTCFullYear(), part: Math.floor(date.getUTCMonth() / 3) + 1 }
}

/** The quarters that have ended since anything was kept, the last first, eight at most. */
export function quartersOf({ site }: Page): string[] {
  const first = firstKept(site.publication.ledger)
  if (first === undefined) return []
  const quarters: string[] = []
  for (let { year, part } = quarterOf(dayOf(new Date())); quarters.length < 8;) {
    ;[year, part] = part === 1 ? [year - 1, 4] : [year, part - 1]
    const quarter = `${year}-Q${part}`
    if (lastDayOf(quarter) < first) break
    quarters.push(quarter)
  }
  return quarters
}

/** Scopes in the order of one figure, the best first; of two that are alike the larger, then by name. */
export function inOrder(cards: Scorecard[], order: string): Scorecard[] {
  const figure = ({ figures }: Scorecard) =>
    order === 'points' ? (hasPoints(figures) ? figures.points.score : -1) : order === 'datasets' ? figures.datasets : (shareOf(figures, order) ?? -1)
  return cards.toSorted((a, b) => figure(b) - figure(a) || b.figures.datasets - a.figures.datasets || (a.scope < b.scope ? -1 : 1))
}
