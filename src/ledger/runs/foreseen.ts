import type { Ledger } from '../file/ledger.ts'

/** What the last dry run of a source told that a run would bring. */
export interface Foreseen<Told> {
  at: string
  told: Told
}

export const keepForeseen = (ledger: Ledger, source: string, told: unknown, at: string): void =>
  void ledger.run('INSERT OR REPLACE INTO foreseen (source, at, report) VALUES (?, ?, ?)', source, at, JSON.stringify(told))

export const foreseenOf = <Told>(ledger: Ledger, source: string): Foreseen<Told> | undefined => {
  const found = ledger.get<{ at: string; report: string }>('SELECT at, report FROM foreseen WHERE source = ?', source)
  return found && { at: found.at, told: JSON.parse(found.report) as Told }
}
