import { createHash } from 'node:crypto'
import type { Ledger } from '../file/ledger.ts'

/**
 * One more supporter, who is told from others by a word that his browser bears; what else he supports cannot be told from what is kept, but for what is `about`
 * the same. False where it has supported it already.
 */
export function support(ledger: Ledger, id: number, word: string, at: string, about = String(id)): boolean {
  const browser = createHash('sha256').update(`${about} ${word}`).digest('base64url')
  const before = ledger.get('SELECT 1 FROM support WHERE contribution = ? AND browser = ?', id, browser)
  if (!before) ledger.run('INSERT INTO support (contribution, browser, at) VALUES (?, ?, ?)', id, browser, at)
  return !before
}

/** From how many browsers the personal data in a dataset were reported, by reports that nobody has found to be wrong. */
export const personalReports = (ledger: Ledger, dataset: string): number =>
  ledger.get<{ c: number }>(
    `SELECT count(DISTINCT browser) AS c FROM contribution_dataset AS named JOIN contribution ON contribution.id = named.contribution
       JOIN support ON support.contribution = contribution.id
     WHERE named.dataset = ? AND kind = 'report' AND state <> 'unfounded' AND said ->> 'type' = 'personal'`,
    dataset,
  )!.c
