import { changes, gainOf } from '../../validate/quality/fixes.ts'
import { dayOf, freshnessOn, type Freshness } from '../../validate/quality/freshness.ts'
import { fails, holds } from '../../validate/quality/points.ts'
import type { Ledger } from '../file/ledger.ts'
import { beginnings, type Known } from '../search/question.ts'
import { columnsOf, type Columns, type Order } from './columns.ts'
import { notSaid } from './facet-kinds.ts'
import { matching, type Reading } from './matching.ts'
import { agesOf, recencies } from './recency.ts'
import { recordsByNumbers, visible, type RecordRow } from './records.ts'

/** The dimensions a search can be narrowed by, in the order pages show them. `updated`: how long ago, by the date of the publisher. */
export const dimensions = ['availability', 'theme', 'publisher', 'territory', 'format', 'licence', 'updated', 'language', 'quality', 'source'] as const
export type Dimension = (typeof dimensions)[number]

/** `relevance`: what fits the words best; `modified`: by the date of the publisher; `added`: by when the catalogue took it in. */
export const sorts = ['relevance', 'modified', 'added', 'title'] as const
export type Sort = (typeof sorts)[number]

export interface Query {
  text?: string
  /** What is known of its words: `knownWords`. */
  known?: Known
  /** Nothing is found but what has all of them. */
  strict?: boolean
  /** Values of one dimension are alternatives; dimensions narrow each other. */
  filters?: Partial<Record<Dimension, string[]>>
  /** What is asked of the quality of each: it narrows all, facets too. */
  quality?: QualityFilter
  /** Words, each of which begins a keyword's. */
  keywords?: string[]
  /** Ids of records. */
  ids?: string[]
  /** When the record was changed last, and when the catalogue took it in. */
  modified?: Between
  added?: Between
  /** `changed`: by when our entry changed, the last first; `came`: in the order in which records came here. */
  sort?: Sort | 'changed' | 'came'
  /** In which titles are sorted. */
  language?: string
  /** The last first. */
  reversed?: boolean
  offset?: number
  most?: number
  /** That `none` is told as a value too: of those that say nothing of a dimension. */
  unsaid?: boolean
  /** Values of each dimension that are told, the most frequent; 200 where nothing is said. */
  values?: number
}

/** A stretch of time, its ends included; one that is not said is open. */
export interface Between {
  from?: string
  to?: string
}

/** Names of metrics and criteria that a dataset must meet, or must not; and how it stands on a day. */
export interface QualityFilter {
  meets?: string[]
  lacks?: string[]
  /** Changes that would mend it (`changes` of validate/quality/fixes.ts). */
  fix?: string[]
  fresh?: Freshness
  today?: number
}

export interface Found {
  total: number
  records: RecordRow[]
  /** Per dimension, the values with their counts; a dimension's own filter does not narrow its own counts. */
  facets: Record<Dimension, Counted[]>
  /** How the words were read, where some were asked for. */
  reading?: Reading
}

interface Counted {
  value: string
  count: number
}

/** More than that are not ranked one by one: how often a word stands in a record tells little where it stands in so many. */
const mostRanked = 20_000

/** Full-text search over what is shown, with facets: all of one moment. Of what more than `ranked` have, the titles come first, then the newest. */
export function search(ledger: Ledger, query: Query, ranked = mostRanked): Found {
  const letGo = ledger.hold()
  try {
    return found(ledger, columnsOf(ledger), query, ranked)
  } finally {
    letGo()
  }
}

function found(ledger: Ledger, columns: Columns, query: Query, ranked: number): Found {
  const { most = 20, offset = 0, values = mostValues, unsaid = false } = query
  const { kindOf, kinds } = columns
  const failing = failingOf(columns, query.filters ?? {})
  const counts = new Uint32Array(kinds.length)
  const ageOf = agesOf(ledger, columns, query.quality?.today ?? dayOf(new Date()))
  const ages = query.filters?.updated ?? []
  const passes = recencies.map(age => ages.length === 0 || ages.includes(age))
  const aged = new Uint32Array(recencies.length)
  const page: number[] = []
  let total = 0
  const admits = admission(columns, query.quality)
  const { text = '', known = {}, strict = false, sort = 'relevance', language = 'en' } = query
  const order: Order | undefined = sort === 'relevance' ? undefined : sort === 'title' ? `title ${language}` : sort
  const matched = matching(ledger, columns, text, { known, order, ranked, strict })
  for (const n of restricted(ledger, columns, query, matched?.numbers ?? columns.order(order ?? 'modified'))) {
    const kind = kindOf[n]!
    if (kind === 0 || (admits && !admits(n))) continue
    const age = ageOf[n]!
    if (failing[kind] === 0) aged[age]!++
    if (!passes[age]) continue
    counts[kind]!++
    if (failing[kind] === 0 && total++ >= offset && page.length < most) page.push(n)
  }
  return {
    total,
    records: recordsByNumbers(ledger, page),
    facets: {
      ...countFacets(columns, counts, failing, values, unsaid),
      updated: recencies.map((value, age) => ({ value, count: aged[age]! })).filter(({ value, count }) => count > 0 && (unsaid || value !== notSaid)),
    },
    ...(matched && { reading: matched.reading }),
  }
}

/** Whether a record has the quality that is asked for; undefined where none is. */
function admission({ measuredOf, measured, lastDayOf }: Columns, filter: QualityFilter = {}): ((n: number) => boolean) | undefined {
  const { meets = [], lacks = [], fix = [], fresh, today = dayOf(new Date()) } = filter
  if (meets.length + lacks.length + fix.length === 0 && !fresh) return undefined
  const known = new Map<number, boolean>()
  const fits = (trait: number) => {
    const { measurements } = measured(trait)
    return (
      meets.every(name => holds(measurements[name])) &&
      lacks.every(name => fails(measurements[name])) &&
      fix.every(name => changes.some(change => change.name === name && gainOf(change, measurements) > 0))
    )
  }
  return n => {
    const trait = measuredOf[n]!
    let found = known.get(trait)
    if (found === undefined) known.set(trait, (found = fits(trait)))
    return found && (!fresh || freshnessOn(today, lastDayOf[n] || undefined) === fresh)
  }
}

const changed = 'SELECT n FROM record WHERE modified_revision'

/** Those of some records that a query lets pass by what is no facet. */
function restricted(ledger: Ledger, { kindOf }: Columns, { keywords = [], ids, modified, added, reversed }: Query, records: Uint32Array): Uint32Array {
  const conditions: [sql: string, ...parameters: string[]][] = keywords
    .map(beginnings)
    .filter(Boolean)
    .map(match => ['SELECT rowid AS n FROM search WHERE search MATCH ?', `{keywords} : (${match})`])
  if (ids) conditions.push(['SELECT n FROM record WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)])
  // A record is changed in a revision, and revisions are in the order of time: their index is read, and not every record.
  if (modified?.from) conditions.push([`${changed} >= (SELECT min(id) FROM revision WHERE at >= ?)`, modified.from])
  if (modified?.to) conditions.push([`${changed} <= (SELECT max(id) FROM revision WHERE at <= ?)`, modified.to])
  if (added?.from) conditions.push([`SELECT n FROM record WHERE issued >= ? AND ${visible}`, added.from])
  if (added?.to) conditions.push([`SELECT n FROM record WHERE issued <= ? AND ${visible}`, added.to])
  let passing = records
  for (const [sql, ...parameters] of conditions) {
    const among = new Uint8Array(kindOf.length)
    for (const n of ledger.numbers(sql, ...parameters)) among[n] = 1
    passing = passing.filter(n => among[n] === 1)
  }
  return reversed ? passing.toReversed() : passing
}

/** By the number of a kind, the dimensions whose filters it fails, a bit for each; how old a record is is no matter of its kind. */
function failingOf({ kinds, values }: Columns, filters: Partial<Record<Dimension, string[]>>): Uint16Array {
  const failing = new Uint16Array(kinds.length)
  dimensions.forEach((dimension, at) => {
    const chosen = filters[dimension] ?? []
    if (chosen.length === 0 || dimension === 'updated') return
    const passing = new Set(values.flatMap((each, number) => (each.dimension === dimension && chosen.includes(each.value) ? [number] : [])))
    kinds.forEach((kind, number) => {
      if (!kind.some(value => passing.has(value))) failing[number]! |= 1 << at
    })
  })
  return failing
}

/** Counts the values of the records that were found; the filters of a dimension do not narrow its own counts. */
function countFacets({ kinds, values }: Columns, records: Uint32Array, failing: Uint16Array, most: number, unsaid: boolean): Found['facets'] {
  const counts = new Uint32Array(values.length)
  const own = dimensions.map((_, at) => 1 << at)
  const bits = values.map(({ dimension }) => own[dimensions.indexOf(dimension as Dimension)] ?? 0)
  kinds.forEach((kind, number) => {
    const found = records[number]!
    if (found > 0) for (const value of kind) if ((failing[number]! & ~bits[value]!) === 0) counts[value]! += found
  })
  const counted = Map.groupBy(
    values.flatMap(({ dimension, value }, number) =>
      counts[number]! > 0 && (unsaid || value !== notSaid || dimension === 'availability') ? [{ dimension, value, count: counts[number]! }] : [],
    ),
    ({ dimension }) => dimension,
  )
  return Object.fromEntries(
    dimensions.map(dimension => [
      dimension,
      (counted.get(dimension) ?? [])
        .map(({ value, count }) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, most),
    ]),
  ) as Found['facets']
}

const mostValues = 200
