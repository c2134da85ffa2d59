import { freshnessOn, freshnesses, type Freshness } from '../../validate/quality/freshness.ts'
import type { Ledger } from '../file/ledger.ts'
import { columnsOf, type MeasuredTrait } from './columns.ts'

/** Of what a scorecard is: the whole catalogue, one producer, or one source. */
export const scopeKinds = ['catalogue', 'publisher', 'source'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** The datasets of one scope that the public sees, by what is measured of them and how they stand on a day. */
export interface Tally {
  kind: ScopeKind
  /** The value by which `/datasets` finds them; empty for the whole catalogue. */
  scope: string
  datasets: number
  measured: Map<MeasuredTrait, number>
  fresh: Record<Freshness, number>
}

/** Counts the datasets of all scopes in one pass: a hundred thousand take some milliseconds. */
export function talliesOf(ledger: Ledger, today: number): Tally[] {
  const columns = columnsOf(ledger)
  const { kindOf, kinds, values, measuredOf, lastDayOf } = columns
  const most = measuredOf.reduce((a, b) => Math.max(a, b), 0) + 1
  // Thousands of records are alike in all three: they are counted first, and shared out to their scopes then.
  const alike = new Map<number, number>()
  for (let n = 0; n < kindOf.length; n++) {
    const kind = kindOf[n]!
    if (kind === 0) continue
    const key = (kind * most + measuredOf[n]!) * freshnesses.length + freshnesses.indexOf(freshnessOn(today, lastDayOf[n] || undefined))
    alike.set(key, (alike.get(key) ?? 0) + 1)
  }
  const tallies = new Map<string, Tally>()
  const tallyOf = (kind: ScopeKind, scope: string) => {
    const key = `${kind} ${scope}`
    const found = tallies.get(key) ?? { kind, scope, datasets: 0, measured: new Map(), fresh: { 'on-time': 0, late: 0, unknown: 0 } }
    tallies.set(key, found)
    return found
  }
  const whole = tallyOf('catalogue', '')
  const ofKind = new Map<number, Tally[]>()
  const scopesOf = (kind: number) => {
    const found =
      ofKind.get(kind) ??
      [...kinds[kind]!].flatMap(value => {
        const { dimension, value: scope } = values[value]!
        return dimension === 'publisher' || dimension === 'source' ? [tallyOf(dimension, scope)] : []
      })
    ofKind.set(kind, found)
    return found
  }
  for (const [key, count] of alike) {
    const fresh = freshnesses[key % freshnesses.length]!
    const both = Math.floor(key / freshnesses.length)
    const trait = columns.measured(both % most)
    for (const tally of [whole, ...scopesOf(Math.floor(both / most))]) {
      tally.datasets += count
      tally.fresh[fresh] += count
      tally.measured.set(trait, (tally.measured.get(trait) ?? 0) + count)
    }
  }
  return [...tallies.values()]
}
