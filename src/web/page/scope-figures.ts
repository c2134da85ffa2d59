import { publicStates } from '../../ledger/programme/kinds.ts'
import { countContributions } from '../../ledger/programme/lists.ts'
import { figuresOf } from '../../ledger/records/scorecards.ts'
import { openingOf } from '../../ledger/records/unopened.ts'
import { hasPoints, type Figures } from '../../outlets/scorecard/figures.ts'
import { scorecardsNow, type Scorecard } from '../../outlets/scorecard/scorecard.ts'
import type { Page } from './page.ts'
import { inOrder, type Day } from './scorecards.ts'

/** What a list may be about. */
export type ScopeDimension = 'theme' | 'publisher' | 'territory'

/** What is known of a body, a theme or a place beside its datasets. */
export interface ScopeFigures {
  /** Undefined where it has no dataset. */
  card: Scorecard | undefined
  /** Of a body: its place among all of them. */
  rank: { at: number; of: number } | undefined
  /** How its figures became what they are, and the day of the last. */
  history: Day[]
  today: number
  /** Its datasets that are not open yet, and those of them whose day has passed. */
  unopened: number
  late: number
  /** Datasets that people ask it for, or for which they ask of it. */
  requests: number
}

export function scopeFigures({ site }: Page, dimension: ScopeDimension, slug: string): ScopeFigures {
  const { ledger } = site.publication
  const cards = scorecardsNow(ledger)
  const card = cards.find(dimension, slug)
  const rated = card && hasPoints(card.figures)
  const bodies = dimension === 'publisher' && rated ? inOrder(cards.of('publisher'), 'points').filter(({ figures }) => hasPoints(figures)) : undefined
  const of = { dimension, value: slug }
  const kept = figuresOf<Figures>(ledger, dimension, slug).filter(({ day }) => day < cards.day)
  return {
    card,
    rank: bodies && { at: bodies.indexOf(card!) + 1, of: bodies.length },
    history: rated ? [...kept, { day: cards.day, figures: card.figures }] : [],
    today: cards.day,
    ...openingOf(ledger, new Date().toISOString().slice(0, 10), of),
    requests: countContributions(ledger, { kind: 'request', states: publicStates('request'), ...(dimension === 'publisher' ? { body: slug } : { of }) }),
  }
}
