import { freshnessOn, type Freshness } from '../../validate/quality/freshness.ts'
import type { Ledger } from '../file/ledger.ts'
import { columnsOf, type Columns, type MeasuredTrait } from './columns.ts'
import { notSaid } from './facet-kinds.ts'

/** Of what a scorecard is: the whole catalogue, one producer, one source, one theme, or one place with those within it. */
export const scopeKinds = ['catalogue', 'publisher', 'source', 'theme', 'territory'] as const
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

export interface Tallies {
  /** Changes when anything does that was counted. */
  state: string
  /** The whole catalogue first. */
  all: Tally[]
}

/** What tallies depend on. */
export const stateOfTallies = (ledger: Ledger, today: number): string => `${columnsOf(ledger).state} ${today}`

/** Counts the datasets of all scopes in one pass. */
export function talliesOf(ledger: Ledger, today: number): Tallies {
  const columns = columnsOf(ledger)
  const { kindOf, measuredOf, lastDayOf } = columns
  const scopes = scopesOf(columns)
  const counters = scopes.all.map(() => ({ traits: new Map<number, number>(), fresh: { 'on-time': 0, late: 0, unknown: 0 } }))
  for (let n = 0; n < kindOf.length; n++) {
    const kind = kindOf[n]!
    if (kind === 0) continue
    const trait = measuredOf[n]!
    const fresh = freshnessOn(today, lastDayOf[n] || undefined)
    for (const scope of scopes.ofKind[kind]!) {
      const counter = counters[scope]!
      counter.traits.set(trait, (counter.traits.get(trait) ?? 0) + 1)
      counter.fresh[fresh]++
    }
  }
  const all = scopes.all.flatMap(({ kind, scope }, at): Tally[] => {
    const { traits, fresh } = counters[at]!
    const datasets = fresh['on-time'] + fresh.late + fresh.unknown
    const measured = new Map([...traits].map(([trait, count]) => [columns.measured(trait), count]))
    return datasets > 0 || at === 0 ? [{ kind, scope, datasets, measured, fresh }] : []
  })
  return { state: stateOfTallies(ledger, today), all }
}

/** The scopes there are, and those of each kind of records. */
interface Scopes {
  all: Pick<Tally, 'kind' | 'scope'>[]
  ofKind: number[][]
  ofValue: Map<number, number>
}

const known = new WeakMap<Columns, Scopes>()

/** What a kind is does not change: only kinds that are new are looked into. */
function scopesOf(columns: Columns): Scopes {
  const { kinds, values } = columns
  const scopes: Scopes = known.get(columns) ?? { all: [{ kind: 'catalogue', scope: '' }], ofKind: [], ofValue: new Map() }
  known.set(columns, scopes)
  for (let kind = scopes.ofKind.length; kind < kinds.length; kind++)
    scopes.ofKind.push([
      0,
      ...[...kinds[kind]!].flatMap(value => {
        const { dimension, value: scope } = values[value]!
        const kind = scopeKinds.find(each => each === dimension)
        if (!kind || scope === notSaid) return []
        const at = scopes.ofValue.get(value) ?? scopes.all.push({ kind, scope }) - 1
        scopes.ofValue.set(value, at)
        return [at]
      }),
    ])
  return scopes
}
