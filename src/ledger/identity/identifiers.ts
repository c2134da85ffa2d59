import { digest } from '../../rdf/digest.ts'
import { values, type Graph } from '../../rdf/graph.ts'
import { dct } from '../../rdf/namespaces.ts'
import type { Subject } from '../../rdf/terms.ts'
import type { Ledger } from '../file/ledger.ts'

/*
 * An identifier is one in the catalogue (DCAT-AP 3.0.1, Dataset: identifier): who harvests us knows datasets again by it. Of the records that are seen, the one
 * that said it first keeps it; another yields it, from the revision on in which that is noticed and for good, so that neither a page of the past nor an
 * identifier that somebody knows ever changes. What is published in its place is said in outlets/resource.ts.
 */

/** The identifiers of a dataset as its portal gives them. */
export const identifiersIn = (graph: Graph, dataset: Subject): string[] => [...new Set(values(graph, dataset, dct.identifier).map(({ value }) => value.trim()))]

/** A number to look an identifier up by. */
export const hashOfIdentifier = (text: string): number => Buffer.from(digest(`identifier ${text.trim()}`), 'base64url').readUIntBE(0, 6)

/** Records say these identifiers; those that share one with another are touched. */
export function noteIdentifiers(ledger: Ledger, touched: Set<number>, revision: number, records: { n: number; identifiers?: string[] | undefined }[]): void {
  const noted = records.flatMap(({ n, identifiers = [] }) => identifiers.map(each => ({ n, hash: hashOfIdentifier(each) })))
  for (const { n, hash } of noted) ledger.run('INSERT OR IGNORE INTO identifier (hash, record, since) VALUES (?, ?, ?)', hash, n, revision)
  const shared = ledger.all<{ n: number }>(
    `SELECT DISTINCT value AS n FROM json_each(?) JOIN identifier AS own ON own.record = value
     WHERE EXISTS (SELECT 1 FROM identifier AS other WHERE other.hash = own.hash AND other.record <> own.record)`,
    JSON.stringify(noted.map(({ n }) => n)),
  )
  for (const { n } of shared) touched.add(n)
}

/** Lets records yield what others, who are seen too, said before them. Returns those (n) that say something else from now on. */
export function yieldIdentifiers(ledger: Ledger, among: Iterable<number>, revision: () => number): number[] {
  const rows = ledger.all<{ hash: number; n: number }>(
    `SELECT hash, record AS n FROM identifier JOIN record ON record.n = identifier.record
     WHERE hash IN (SELECT hash FROM identifier WHERE record IN (SELECT value FROM json_each(?)))
       AND yielded IS NULL AND shown IS NOT NULL AND canonical IS NULL ORDER BY hash, since, record`,
    JSON.stringify([...among]),
  )
  const yielding = rows.filter(({ hash }, at) => hash === rows[at - 1]?.hash)
  for (const { hash, n } of yielding) ledger.run('UPDATE identifier SET yielded = ? WHERE hash = ? AND record = ?', revision(), hash, n)
  return yielding.map(({ n }) => n)
}

/** What a record has yielded at a revision, by hash. */
export const yieldedAt = (ledger: Ledger, n: number, revision: number): number[] =>
  ledger.all<{ hash: number }>('SELECT hash FROM identifier WHERE record = ? AND yielded <= ?', n, revision).map(({ hash }) => hash)
