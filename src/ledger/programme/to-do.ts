import type { Ledger } from '../file/ledger.ts'
import { search, type Found, type QualityFilter } from '../records/search.ts'
import { type Contribution } from './contributions.ts'
import { kindNames, openStates, type KindName } from './kinds.ts'
import { contributions, countContributions, type Wanted } from './lists.ts'

/** What waits for a word, by kind, the newest first; how much there is, and how much of it came since a moment. */
export interface Waiting {
  kind: KindName
  all: Contribution[]
  total: number
  fresh: number
}

/** Something waits where it is open; a reuse that is shown waits for nothing. */
const waitingStates = (kind: KindName) => openStates(kind).filter(state => kind !== 'reuse' || state !== 'published')

export const waitingFor = (ledger: Ledger, body: string | null, most: number, since?: string): Waiting[] =>
  kindNames.map(kind => {
    const wanted: Wanted = { kind, states: waitingStates(kind), ...(body !== null && { body }) }
    return {
      kind,
      all: most === 0 ? [] : contributions(ledger, { ...wanted, most }),
      total: countContributions(ledger, wanted),
      fresh: countContributions(ledger, { ...wanted, since }),
    }
  })

/** The datasets that somebody should look after first, by what is wrong with them. */
const lists = [
  { name: 'late', quality: { fresh: 'late' } },
  { name: 'broken', quality: { lacks: ['accessUrlStatusCode'] } },
  { name: 'poor', rated: ['bad'] },
] as const satisfies { name: string; quality?: QualityFilter; rated?: string[] }[]

export interface ToMend {
  name: (typeof lists)[number]['name']
  found: Pick<Found, 'total' | 'records'>
}

export const datasetsToMend = (ledger: Ledger, body: string | null, most: number): ToMend[] =>
  lists.map(list => ({
    name: list.name,
    found: search(ledger, {
      filters: { ...(body !== null && { publisher: [body] }), ...('rated' in list && { quality: [...list.rated] }) },
      ...('quality' in list && { quality: list.quality as QualityFilter }),
      most,
      values: 0,
    }),
  }))
