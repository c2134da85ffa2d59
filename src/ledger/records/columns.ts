import { standards } from '../../validate/quality/metrics.ts'
import { pointsOf, type Measurements, type Points } from '../../validate/quality/points.ts'
import { measuredNames, readSigns } from '../../validate/quality/signs.ts'
import type { Ledger } from '../file/ledger.ts'
import { noKinds, numberOfKind, type FacetKinds, type FacetValue, type Kind } from './facet-kinds.ts'
import { readTrait, type Judged } from './traits.ts'

/**
 * What lists and reports are counted from, held in memory: a number for each record. A hundred thousand records take about two megabytes, and a list of
 * all of them is counted in a millisecond. What has been written since is read before each question, so that the answer is that of the ledger at its moment.
 */
export interface Columns {
  /** Changes when anything in them does. */
  readonly state: string
  /** Of each record (n) the number of its kind; 0: the public does not see it. */
  kindOf: Uint32Array
  /** Records are of one kind that are found by the same values. */
  kinds: Kind[]
  /** The values that kinds name. */
  values: FacetValue[]
  /** Of each record (n) the trait that is said of its newest version; 0: it is not held. */
  judgedOf: Uint32Array
  judged(trait: number): Judged
  /** Of each record (n) the trait that is measured of it; 0: nothing is. */
  measuredOf: Uint32Array
  measured(trait: number): MeasuredTrait
  /** Of each record (n) the last day (since 1970-01-01) on which it is on time; 0: nothing can be expected of it. */
  lastDayOf: Uint32Array
  /** All that the public sees, in the order of a list. */
  order(by: Order): Uint32Array
}

/**
 * By the publisher's date, by when the catalogue took it in, or by when our entry changed, the newest first; by title as a language sorts it; as records came.
 */
export type Order = 'modified' | 'added' | 'changed' | 'came' | `title ${string}`

/** What many records have measured alike, and the points that this comes to by each standard. */
export interface MeasuredTrait {
  measurements: Measurements
  points: [today: Points, former: Points]
}

const shown = 'record.shown IS NOT NULL AND record.canonical IS NULL'
const orders = { modified: 'dated DESC, n', added: 'issued DESC, n', changed: 'modified DESC, n', came: 'n' }

function orderBy(ledger: Ledger, by: Order): Uint32Array {
  if (by in orders) return ledger.numbers(`SELECT n FROM record WHERE ${shown} ORDER BY ${orders[by as keyof typeof orders]}`)
  return ledger.numbers(
    `SELECT n FROM title_key JOIN record ON record.n = title_key.record WHERE language = ? AND ${shown} ORDER BY title_key.key, title_key.record`,
    by.slice('title '.length),
  )
}
const held = new WeakMap<Ledger, Held>()

/** The columns of a ledger as it is now. Where most of the kinds that are held have no record any more, all is read anew: memory does not grow with time. */
export function columnsOf(ledger: Ledger): Columns {
  const before = held.get(ledger)
  const known = before && before.kinds.length < 2 * before.kindsInUse + mostUnused ? before : nothingHeld(ledger)
  held.set(ledger, known)
  const letGo = ledger.hold()
  try {
    return refreshed(known)
  } finally {
    letGo()
  }
}

/** Kinds without a record that may always be held. */
const mostUnused = 1000

interface Held extends Columns, FacetKinds {
  ledger: Ledger
  /** What was read last: the mark of a row, and the revision. */
  mark: number
  revision: number
  /** Records that are listed. */
  rows: number
  /** Of each record (n), the trait of its own facets. */
  facetsOf: Uint32Array
  ordered: Map<Order, Uint32Array>
  kindsInUse: number
}

function nothingHeld(ledger: Ledger): Held {
  const parsed = new Map<number, Judged>()
  const measured = new Map<number, MeasuredTrait>()
  const fresh: Held = {
    ledger,
    get state() {
      return `${fresh.mark} ${fresh.revision}`
    },
    mark: 0,
    revision: -1,
    rows: 0,
    facetsOf: new Uint32Array(),
    kindOf: new Uint32Array(),
    judgedOf: new Uint32Array(),
    measuredOf: new Uint32Array(),
    lastDayOf: new Uint32Array(),
    ...noKinds(),
    kindsInUse: 0,
    ordered: new Map(),
    judged: trait => {
      const found = parsed.get(trait) ?? readTrait<Judged>(ledger, trait)
      parsed.set(trait, found)
      return found
    },
    measured: trait => {
      const found = measured.get(trait) ?? measuredTrait(trait === 0 ? '' : readTrait<string>(ledger, trait))
      measured.set(trait, found)
      return found
    },
    order: by => {
      const found = fresh.ordered.get(by) ?? orderBy(ledger, by)
      fresh.ordered.set(by, found)
      return found
    },
  }
  return fresh
}

const measuredTrait = (signs: string): MeasuredTrait => {
  const measurements = readSigns(signs, measuredNames)
  return { measurements, points: [pointsOf(measurements, standards[0]), pointsOf(measurements, standards[1])] }
}

interface Row {
  record: number
  facets: number | null
  judged: number | null
  measured: number | null
  last_day: number | null
}

function refreshed(known: Held): Held {
  const { ledger } = known
  const now = ledger.get<{ mark: number; revision: number }>(
    'SELECT ifnull((SELECT max(mark) FROM listing), 0) AS mark, ifnull((SELECT max(id) FROM revision), 0) AS revision',
  )!
  if (now.mark === known.mark && now.revision === known.revision) return known
  known.ordered.clear()
  makeRoom(known, ledger.get<{ n: number }>('SELECT ifnull(max(n), 0) AS n FROM record')!.n)
  for (const { record, facets, judged, measured, last_day } of ledger.each<Row>(
    'SELECT record, facets, judged, measured, last_day FROM listing WHERE mark > ?',
    known.mark,
  )) {
    if (known.judgedOf[record] === 0) known.rows++
    known.facetsOf[record] = facets ?? 0
    known.judgedOf[record] = judged ?? 0
    known.measuredOf[record] = measured ?? 0
    known.lastDayOf[record] = last_day ?? 0
  }
  // Rows that have gone leave no mark: all are read anew.
  if (ledger.get<{ c: number }>('SELECT count(*) AS c FROM listing')!.c !== known.rows) {
    const { mark, rows, judgedOf } = nothingHeld(ledger)
    if (known.mark > 0) return refreshed(Object.assign(known, { mark, rows, revision: -1, judgedOf }))
  }
  known.mark = now.mark
  known.revision = now.revision
  sortByKind(known)
  return known
}

/** Room for records up to this number, and for some more. */
function makeRoom(known: Held, most: number): void {
  for (const column of ['kindOf', 'facetsOf', 'judgedOf', 'measuredOf', 'lastDayOf'] as const) {
    if (most < known[column].length) continue
    const wider = new Uint32Array(Math.ceil(most * 1.1) + 1000)
    wider.set(known[column])
    known[column] = wider
  }
}

/** A dataset is found under every source that carries it, though one record of it is shown. */
function sortByKind(known: Held): void {
  const { ledger, kindOf, facetsOf } = known
  kindOf.fill(0)
  const numbers = new Map<number, number>()
  for (const n of known.order('modified')) {
    const facets = facetsOf[n]!
    let number = numbers.get(facets)
    if (number === undefined) numbers.set(facets, (number = numberOfKind(ledger, known, facets, [])))
    kindOf[n] = number
  }
  const carried = ledger.all<{ n: number; source: string }>('SELECT canonical AS n, source FROM record WHERE canonical IS NOT NULL AND shown IS NOT NULL')
  for (const [n, others] of Map.groupBy(carried, each => each.n)) {
    const sources = others.map(({ source }) => source)
    if (kindOf[n] !== 0) kindOf[n] = numberOfKind(ledger, known, facetsOf[n]!, sources)
  }
  known.kindsInUse = new Set(kindOf).size
}
