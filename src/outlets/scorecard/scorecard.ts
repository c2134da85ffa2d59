import type { Ledger } from '../../ledger/file/ledger.ts'
import { closedByBody } from '../../ledger/programme/lists.ts'
import { figuresOn, keepFigures } from '../../ledger/records/scorecards.ts'
import { scopeKinds, stateOfTallies, talliesOf, type ScopeKind, type Tally } from '../../ledger/records/tallies.ts'
import { fixesOf, type Fix } from '../../validate/quality/fixes.ts'
import { dayOf } from '../../validate/quality/freshness.ts'
import { figuresOfTally, type Figures } from './figures.ts'

/** How the datasets of one scope stand on a day. */
export interface Scorecard {
  kind: ScopeKind
  /** The slug or name of the producer, the id of the source, the slug of a theme or a place; empty for the whole catalogue. */
  scope: string
  figures: Figures
}

/** The scorecards of all scopes on a day. */
export interface Scorecards {
  day: number
  whole: Scorecard
  of(kind: ScopeKind): Scorecard[]
  find(kind: ScopeKind, scope: string): Scorecard | undefined
  /** What to do next in a scope; nothing is known of a day that has passed. */
  fixes(card: Scorecard): Fix[]
}

const emptyTally = (kind: ScopeKind, scope: string): Tally => ({
  kind,
  scope,
  datasets: 0,
  measured: new Map(),
  fresh: { 'on-time': 0, late: 0, unknown: 0 },
})

/** The scorecard of a scope that has no dataset and is asked for none. */
export const emptyCard = (kind: ScopeKind, scope: string): Scorecard => ({ kind, scope, figures: figuresOfTally(emptyTally(kind, scope)) })

const counted = new WeakMap<Ledger, { state: string; cards: Scorecards }>()

/** The scorecards as they are now. What was counted is kept until something of it is written, or the day is another. */
export function scorecardsNow(ledger: Ledger, now = new Date()): Scorecards {
  const day = dayOf(now)
  const requests = closedByBody(ledger, 'request')
  const asked = JSON.stringify([...requests])
  const held = counted.get(ledger)
  if (held?.state === `${stateOfTallies(ledger, day)} ${asked}`) return held.cards
  const { state, all } = talliesOf(ledger, day)
  const cards = cardsOf(day, all, requests)
  counted.set(ledger, { state: `${state} ${asked}`, cards })
  return cards
}

function cardsOf(day: number, counted: Tally[], requests: ReturnType<typeof closedByBody>): Scorecards {
  const named = new Map(counted.map(tally => [`${tally.kind} ${tally.scope}`, tally]))
  // A body that is asked for datasets stands beside the others, whether it has any or not.
  for (const [body] of requests) if (body && !named.has(`publisher ${body}`)) named.set(`publisher ${body}`, emptyTally('publisher', body))
  const tallies = [...named.values()]
  const cards = new Map<Tally, Scorecard>()
  // Requests are put to bodies.
  const askedOf = ({ kind, scope }: Tally) => (kind === 'publisher' || kind === 'catalogue' ? requests.get(scope) : undefined)
  const cardOf = (tally: Tally): Scorecard => {
    const found = cards.get(tally) ?? { kind: tally.kind, scope: tally.scope, figures: figuresOfTally(tally, askedOf(tally)) }
    cards.set(tally, found)
    return found
  }
  return {
    day,
    whole: cardOf(named.get('catalogue ')!),
    of: kind => tallies.filter(tally => tally.kind === kind).map(cardOf),
    find: (kind, scope) => {
      const tally = named.get(`${kind} ${scope}`)
      return tally && cardOf(tally)
    },
    fixes: ({ kind, scope }) => {
      const tally = named.get(`${kind} ${scope}`)
      return tally ? fixesOf([...tally.measured].map(([{ measurements }, count]) => ({ measurements, count }))) : []
    },
  }
}

/** The scorecards as they were at the end of a day, by what was kept. */
export function scorecardsOn(ledger: Ledger, day: number): Scorecards {
  const cards = figuresOn<Figures>(ledger, day).flatMap(({ kind, scope, figures }) => (figures ? [{ kind, scope, figures }] : []))
  const find = (kind: ScopeKind, scope: string) => cards.find(card => card.kind === kind && card.scope === scope)
  return {
    day,
    whole: find('catalogue', '') ?? emptyCard('catalogue', ''),
    of: kind => cards.filter(card => card.kind === kind),
    find,
    fixes: () => [],
  }
}

/** Keeps the scorecards of today. Returns how many became others than they were. */
export function keepScorecards(ledger: Ledger, now = new Date()): number {
  const cards = scorecardsNow(ledger, now)
  return keepFigures(
    ledger,
    cards.day,
    scopeKinds.flatMap(kind => cards.of(kind)),
  )
}
