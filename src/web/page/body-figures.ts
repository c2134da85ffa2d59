import { publicStates } from '../../ledger/programme/kinds.ts'
import { countContributions } from '../../ledger/programme/lists.ts'
import { openings } from '../../ledger/records/unopened.ts'
import { hasPoints } from '../../outlets/scorecard/figures.ts'
import { scorecardsNow, type Scorecard } from '../../outlets/scorecard/scorecard.ts'
import type { Page } from './page.ts'
import { inOrder } from './scorecards.ts'

/** What is known of a body beside its datasets. */
export interface BodyFigures {
  /** Undefined where it has no dataset. */
  card: Scorecard | undefined
  rank: number
  of: number
  /** Its datasets that are announced and not open yet, and those whose day has passed. */
  announced: number
  late: number
  /** Datasets that people ask it for. */
  requests: number
}

export function bodyFigures({ site }: Page, slug: string): BodyFigures {
  const { ledger } = site.publication
  const cards = inOrder(scorecardsNow(ledger).of('publisher'), 'points').filter(({ figures }) => hasPoints(figures))
  const at = cards.findIndex(({ scope }) => scope === slug)
  const opening = openings(ledger, new Date().toISOString().slice(0, 10)).find(({ publisher }) => publisher === slug)
  return {
    card: cards[at],
    rank: at + 1,
    of: cards.length,
    announced: opening?.unopened ?? 0,
    late: opening?.late ?? 0,
    requests: countContributions(ledger, { kind: 'request', states: publicStates('request'), body: slug }),
  }
}
