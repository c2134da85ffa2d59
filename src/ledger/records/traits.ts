import type { Finding } from '../../validate/finding.ts'
import { dueOf, type Rhythm } from '../../validate/quality/freshness.ts'
import { rating, type Measurements } from '../../validate/quality/points.ts'
import { measuredNames, signsOf } from '../../validate/quality/signs.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Entry, Summary } from './entry.ts'

// What lists and reports count of a record. Thousands of records have it alike: it is written once, and each of them names it.

export type Facets = Summary['facets']

/** How often one rule is broken, or one repair was made, in a record: the lines that say so, and the places that they stand for. */
export type RuleCount = [rule: string, severity: Finding['severity'] | null, lines: number, places: number]

/** What is said of the newest version of a record, by rule. */
export type Judged = [source: string, findings: RuleCount[], repairs: RuleCount[]]

/** Writes by what a record is found. */
export const listFacets = (ledger: Ledger, n: number, facets: Facets): void => list(ledger, n, { facets: traitOf(ledger, sorted(facets)) })

/** Writes how a record is rated, where that has changed since it was listed. */
export function listRating(ledger: Ledger, n: number, score: number): void {
  const row = ledger.get<{ said: string }>('SELECT said FROM listing JOIN trait ON trait.id = listing.facets WHERE record = ?', n)
  const facets = row && (JSON.parse(row.said) as Facets)
  if (facets?.['quality']) listFacets(ledger, n, { ...facets, quality: [rating(score)] })
}

/** Writes how often the rules are broken in a record, and what was repaired in it. */
export function listJudgement(ledger: Ledger, n: number, { source, findings, repairs, measurements, rhythm = {} }: Entry): void {
  const judged: Judged = [
    source,
    counted(findings.map(({ rule, severity, count }) => ({ rule, severity, places: count ?? 1 }))),
    counted(repairs.map(({ rule }) => ({ rule, severity: null, places: 1 }))),
  ]
  list(ledger, n, { judged: traitOf(ledger, judged), ...measuredAs(ledger, measurements, rhythm, undefined) })
}

/** Writes what is measured of a record, and until when it is on time. `seen`: the day on which a file was seen to have changed. */
export const listMeasured = (ledger: Ledger, n: number, measurements: Measurements, rhythm: Rhythm, seen: number | undefined): void =>
  list(ledger, n, measuredAs(ledger, measurements, rhythm, seen))

const measuredAs = (ledger: Ledger, measurements: Measurements, rhythm: Rhythm, seen: number | undefined): Partial<Listed> => ({
  measured: traitOf(ledger, signsOf(measurements, measuredNames)),
  lastDay: dueOf(rhythm, seen)?.last ?? null,
})

function counted(lines: { rule: string; severity: RuleCount[1]; places: number }[]): RuleCount[] {
  const counts = new Map<string, RuleCount[]>()
  for (const { rule, severity, places } of lines) {
    let ofRule = counts.get(rule)
    if (!ofRule) counts.set(rule, (ofRule = []))
    let count = ofRule.find(each => each[1] === severity)
    if (!count) ofRule.push((count = [rule, severity, 0, 0]))
    count[2]++
    count[3] += places
  }
  return [...counts.values()]
    .flat()
    .map(count => ({ count, key: `${count[0]} ${count[1]}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ count }) => count)
}

/** The same facets are the same text, in whatever order a graph names them. */
const sorted = (facets: Facets): Facets =>
  Object.fromEntries(
    Object.entries(facets)
      .filter(([, values]) => values.length > 0)
      .map(([dimension, values]) => [dimension, [...new Set(values)].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

function traitOf(ledger: Ledger, trait: Facets | Judged | string): number {
  const said = JSON.stringify(trait)
  return ledger.get<{ id: number }>('SELECT id FROM trait WHERE said = ?', said)?.id ?? ledger.run('INSERT INTO trait (said) VALUES (?)', said)
}

/** What a trait says, by its number. */
export const readTrait = <Trait extends Facets | Judged | string>(ledger: Ledger, id: number): Trait =>
  JSON.parse(ledger.get<{ said: string }>('SELECT said FROM trait WHERE id = ?', id)!.said) as Trait

/** What lists know of a record: numbers of traits, and the last day on which it is on time. */
interface Listed {
  facets: number
  judged: number
  measured: number
  lastDay: number | null
}

/**
 * What is not given stays. Row by row: an INSERT of what is selected may have to be undone alone, so that SQLite would write before it, record by record, the
 * words that FTS5 has gathered for search.
 */
function list(ledger: Ledger, n: number, said: Partial<Listed>): void {
  const { facets, judged, measured, lastDay } = { ...listed(ledger, n), ...said }
  ledger.run(
    'INSERT OR REPLACE INTO listing (record, facets, judged, measured, last_day) VALUES (?, ?, ?, ?, ?)',
    n,
    facets ?? null,
    judged ?? null,
    measured ?? null,
    lastDay ?? null,
  )
}

const listed = (ledger: Ledger, n: number): Partial<Listed> =>
  ledger.get<Listed>('SELECT facets, judged, measured, last_day AS lastDay FROM listing WHERE record = ?', n) ?? {}

/** Lets go the traits that no record has any more. The last stays, so that no number is given twice: who holds traits in memory knows them by it. */
export const forgetTraits = (ledger: Ledger): void =>
  void ledger.run(
    `DELETE FROM trait WHERE id < (SELECT max(id) FROM trait) AND id NOT IN (
       SELECT facets FROM listing WHERE facets IS NOT NULL UNION SELECT judged FROM listing WHERE judged IS NOT NULL
       UNION SELECT measured FROM listing WHERE measured IS NOT NULL)`,
  )

/** The facets of some records, by the number of the record. */
export function facetsOf(ledger: Ledger, records: number[]): Map<number, Facets> {
  const rows = ledger.all<{ record: number; said: string }>(
    'SELECT record, said FROM listing JOIN trait ON trait.id = listing.facets WHERE record IN (SELECT value FROM json_each(?))',
    JSON.stringify(records),
  )
  const found = new Map(rows.map(({ record, said }) => [record, JSON.parse(said) as Facets]))
  return new Map(records.map(n => [n, found.get(n) ?? {}]))
}
