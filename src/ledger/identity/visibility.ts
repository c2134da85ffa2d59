import type { Ledger } from '../file/ledger.ts'

/** A record stands back for another from this revision on; null: for none. */
export function standBack(ledger: Ledger, revision: number, n: number, canonical: number | null): void {
  ledger.run('DELETE FROM alternate WHERE record = ? AND since = ?', n, revision)
  ledger.run('UPDATE alternate SET until = ? WHERE record = ? AND until IS NULL', revision, n)
  if (canonical !== null) ledger.run('INSERT INTO alternate (record, since, canonical) VALUES (?, ?, ?)', n, revision, canonical)
  ledger.run('UPDATE record SET canonical = ? WHERE n = ?', canonical, n)
}

/** The canonical record of one whose dataset has got another IRI in this revision: it names that IRI. */
export const namingAnew = (ledger: Ledger, revision: number, n: number): number[] =>
  ledger
    .all<{ canonical: number }>(
      `SELECT canonical FROM record WHERE n = ? AND canonical IS NOT NULL
       AND EXISTS (SELECT 1 FROM version WHERE version.record = n AND shown_until = ? AND version.dataset <> record.dataset)`,
      n,
      revision,
    )
    .map(({ canonical }) => canonical)

/** Writes to the log what became of a record in this revision, by whether the public saw it before and sees it now. */
export function logChange(ledger: Ledger, revision: number, n: number): void {
  const { shown, canonical, modified, linked, admission } = ledger.get<{
    shown: number | null
    canonical: number | null
    modified: number
    linked: number
    admission: string
  }>('SELECT shown, canonical, modified_revision AS modified, linked_revision AS linked, admission FROM record WHERE n = ?', n)!
  // The log says of a withheld record that it is gone, where it had said anything (records/withhold.ts).
  if (admission === 'withheld') return
  if (modified !== revision && linked !== revision) return
  const was =
    ledger.get(
      `SELECT 1 FROM version WHERE record = ? AND shown_from < ? AND (shown_until IS NULL OR shown_until >= ?)
     AND NOT EXISTS (SELECT 1 FROM alternate WHERE alternate.record = version.record AND since < ? AND (until IS NULL OR until >= ?))`,
      n,
      revision,
      revision,
      revision,
      revision,
    ) !== undefined
  const is = shown !== null && canonical === null
  if (is) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, shown)
  else if (was) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
  else ledger.run('DELETE FROM change WHERE revision = ? AND record = ?', revision, n)
}

/** Our own entry about a record says something else from this revision on, though its version is the same. */
export function showAnew(ledger: Ledger, revision: number, n: number): void {
  ledger.run('UPDATE record SET linked_revision = ? WHERE n = ?', revision, n)
  logChange(ledger, revision, n)
}
