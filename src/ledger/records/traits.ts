import type { Finding } from '../../validate/finding.ts'
import { rating } from '../../validate/quality.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Entry, Summary } from './entry.ts'

// What lists and reports count of a record. Thousands of records have it alike: it is written once, and each of them names it.

export type Facets = Summary['facets']

/** How often one rule is broken, or one repair was made, in a record: the lines that say so, and the places that they stand for. */
export type RuleCount = [rule: string, severity: Finding['severity'] | null, lines: number, places: number]

/** What is said of the newest version of a record, by rule. */
export type Judged = [source: string, findings: RuleCount[], repairs: RuleCount[]]

/** Writes by what a record is found. */
export const listFacets = (ledger: Ledger, n: number, facets: Facets): void => list(ledger, n, traitOf(ledger, sorted(facets)), null)

/** Writes how a record is rated, where that has changed since it was listed. */
export function listRating(ledger: Ledger, n: number, score: number): void {
  const listed = ledger.get<{ said: string }>('SELECT said FROM listing JOIN trait ON trait.id = listing.facets WHERE record = ?', n)
  const facets = listed && (JSON.parse(listed.said) as Facets)
  if (facets?.['quality']) listFacets(ledger, n, { ...facets, quality: [rating(score)] })
}

/** Writes how often the rules are broken in a record, and what was repaired in it. */
export function listJudgement(ledger: Ledger, n: number, { source, findings, repairs }: Pick<Entry, 'source' | 'findings' | 'repairs'>): void {
  const judged: Judged = [
    source,
    counted(findings.map(({ rule, severity, count }) => ({ rule, severity, places: count ?? 1 }))),
    counted(repairs.map(({ rule }) => ({ rule, severity: null, places: 1 }))),
  ]
  list(ledger, n, null, traitOf(ledger, judged))
}

function counted(lines: { rule: string; severity: RuleCount[1]; places: number }[]): RuleCount[] {
  const counts = new Map<string, RuleCount>()
  for (const { rule, severity, places } of lines) {
    const count = counts.get(`${rule} ${severity}`) ?? [rule, severity, 0, 0]
    count[2]++
    count[3] += places
    counts.set(`${rule} ${severity}`, count)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}

/** The same facets are the same text, in whatever order a graph names them. */
const sorted = (facets: Facets): Facets =>
  Object.fromEntries(
    Object.entries(facets)
      .filter(([, values]) => values.length > 0)
      .map(([dimension, values]) => [dimension, [...new Set(values)].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

function traitOf(ledger: Ledger, trait: Facets | Judged): number {
  const said = JSON.stringify(trait)
  return ledger.get<{ id: number }>('SELECT id FROM trait WHERE said = ?', said)?.id ?? ledger.run('INSERT INTO trait (said) VALUES (?)', said)
}

/** A trait that is not given stays. */
const list = (ledger: Ledger, n: number, facets: number | null, judged: number | null): void =>
  void ledger.run(
    `INSERT OR REPLACE INTO listing (record, facets, judged)
     VALUES (?1, ifnull(?2, (SELECT facets FROM listing WHERE record = ?1)), ifnull(?3, (SELECT judged FROM listing WHERE record = ?1)))`,
    n,
    facets,
    judged,
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
