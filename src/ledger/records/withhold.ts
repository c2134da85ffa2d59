import { digest } from '../../rdf/digest.ts'
import type { Ledger } from '../file/ledger.ts'

/**
 * A record meets a rule of the publication gate: nobody is shown anything of it from now on, nor what was shown of it before, as pages of a former revision
 * would. Its graph and what is said of it stay for its steward. Whoever was shown it is told that it is gone.
 */
export function withhold(ledger: Ledger, revision: number, n: number): void {
  const seen = wasSeen(ledger, n)
  ledger.run('DELETE FROM change WHERE record = ?', n)
  if (seen) ledger.run('INSERT INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
  ledger.run('UPDATE version SET shown_from = NULL, shown_until = NULL WHERE record = ?', n)
  ledger.run('UPDATE record SET shown = NULL WHERE n = ?', n)
  unlist(ledger, n)
}

export const isWithheld = (ledger: Ledger, n: number): boolean => ledger.get(`SELECT 1 FROM record WHERE n = ? AND admission = 'withheld'`, n) !== undefined

/** Whether the public was ever shown it. */
export const wasSeen = (ledger: Ledger, n: number): boolean => ledger.get('SELECT 1 FROM change WHERE record = ? LIMIT 1', n) !== undefined

/** No list, search or report counts it. */
export function unlist(ledger: Ledger, n: number): void {
  ledger.run('DELETE FROM search WHERE rowid = ?', n)
  for (const table of ['listing', 'link_use', 'link_noted']) ledger.run(`DELETE FROM ${table} WHERE record = ?`, n)
}

/** A record has been mended, or goes: what it said while it was withheld is kept no longer, but for a version that is to be seen. */
export const forgetWithheld = (ledger: Ledger, n: number, but: number | null = null): void => {
  ledger.run('DELETE FROM version WHERE record = ? AND id IS NOT ?', n, but)
}

/** A withheld record, and the rules that it meets. */
export interface Withheld {
  n: number
  id: string
  source: string
  key: string
  dataset: string
  title: string
}

/** What is withheld of a source: for its steward alone. */
export const withheldOf = (ledger: Ledger, source: string, most = 1000): Withheld[] =>
  ledger.all<Withheld>(`SELECT n, id, source, key, dataset, title FROM record WHERE source = ? AND admission = 'withheld' ORDER BY id LIMIT ?`, source, most)

/** Changes whenever a record is withheld, which alone changes what former revisions showed; empty where none is. */
export function stateOfWithheld(ledger: Ledger): string {
  const withheld = ledger.numbers(`SELECT n FROM record WHERE admission = 'withheld' ORDER BY n`)
  return withheld.length === 0 ? '' : digest(withheld.join()).slice(0, 12)
}

/** How many records of a source are withheld. */
export const countWithheld = (ledger: Ledger, source: string): number =>
  ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission = 'withheld'`, source)!.c
