import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import { pack } from '../file/pack.ts'
import type { Entry } from './entry.ts'
import { judgementText, readJudgement, type Judgement } from './judgement-text.ts'
import type { Means } from './means.ts'
import { listJudgement } from './traits.ts'

const nothing: Judgement = { findings: [], repairs: [], measurements: {} }

/** All that is said of the newest version of a record; nothing where no judgement is kept of it. */
export function judgementOf(ledger: Ledger, n: number): Judgement {
  const row = ledger.get<{ body: Uint8Array | string }>('SELECT body FROM judgement WHERE record = ?', n)
  if (!row) return nothing
  return readJudgement(typeof row.body === 'string' ? row.body : unpacked(ledger, row.body))
}

/** When the newest version of a record was judged; undefined where that was not written down. */
export const judgedAt = (ledger: Ledger, n: number): string | undefined =>
  ledger.get<{ at: string | null }>('SELECT at FROM judgement WHERE record = ?', n)?.at ?? undefined

const severities = ['violation', 'warning', 'info']

/** What the newest version of a record breaks, the worst first. */
export const findingsOf = (ledger: Ledger, n: number): Finding[] =>
  judgementOf(ledger, n).findings.sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  )
/** What normalising changed in the newest version of a record, in the order of its steps. */
export const repairsOf = (ledger: Ledger, n: number): Repair[] => judgementOf(ledger, n).repairs

/** Writes what is said of the newest version of a record in the place of what was said before; its score and its facets have been written already. */
export function writeJudgement(ledger: Ledger, { dictionaries }: Means, n: number, said: Entry, at: string): void {
  const text = said.judgement ? '' : judgementText(said)
  const body = said.judgement ?? (dictionaries.judgement ? pack(text, dictionaries.judgement) : text)
  ledger.run('INSERT OR REPLACE INTO judgement (record, body, at) VALUES (?, ?, ?)', n, body, at)
  listJudgement(ledger, n, said)
}
