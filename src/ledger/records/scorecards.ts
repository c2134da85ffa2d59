import type { Ledger } from '../file/ledger.ts'
import type { ScopeKind } from './tallies.ts'

/** The figures of one scope on the day on which they became what they are; null from the day on which it had no dataset any more. */
export interface KeptFigures<Figures> {
  kind: ScopeKind
  scope: string
  day: number
  figures: Figures | null
}

/** Keeps the figures of all scopes on a day: a row for each whose figures are others than those kept last, so that quiet days cost nothing. */
export function keepFigures(ledger: Ledger, day: number, all: { kind: ScopeKind; scope: string; figures: object }[]): number {
  return ledger.transaction(() => {
    const before = new Map(lastFigures(ledger, day).map(row => [`${row.kind} ${row.scope}`, row]))
    const write = (kind: ScopeKind, scope: string, figures: string) => {
      ledger.run('INSERT OR REPLACE INTO scorecard (kind, scope, day, figures) VALUES (?, ?, ?, ?)', kind, scope, day, figures)
      written++
    }
    let written = 0
    for (const { kind, scope, figures } of all) {
      const text = JSON.stringify(figures)
      const known = before.get(`${kind} ${scope}`)
      before.delete(`${kind} ${scope}`)
      if (known?.figures !== text) write(kind, scope, text)
    }
    for (const { kind, scope, figures } of before.values()) if (figures !== 'null') write(kind, scope, 'null')
    return written
  })
}

interface Raw {
  kind: ScopeKind
  scope: string
  day: number
  figures: string
}

/** Of each scope the last that was kept up to a day. */
const lastFigures = (ledger: Ledger, day: number): Raw[] =>
  ledger.all(
    `SELECT kind, scope, day, figures FROM scorecard AS here
     WHERE day = (SELECT max(day) FROM scorecard WHERE kind = here.kind AND scope = here.scope AND day <= ?) ORDER BY kind, scope`,
    day,
  )

const read = <Figures>({ figures, ...row }: Raw): KeptFigures<Figures> => ({ ...row, figures: JSON.parse(figures) as Figures | null })

/** The figures of all scopes as they were at the end of a day. */
export const figuresOn = <Figures>(ledger: Ledger, day: number): KeptFigures<Figures>[] => lastFigures(ledger, day).map(row => read<Figures>(row))

/** How the figures of one scope became what they are, the oldest first. */
export const figuresOf = <Figures>(ledger: Ledger, kind: ScopeKind, scope: string): KeptFigures<Figures>[] =>
  ledger.all<Raw>('SELECT kind, scope, day, figures FROM scorecard WHERE kind = ? AND scope = ? ORDER BY day', kind, scope).map(row => read<Figures>(row))

/** The first day of which anything was kept. */
export const firstKept = (ledger: Ledger): number | undefined => ledger.get<{ day: number | null }>('SELECT min(day) AS day FROM scorecard')?.day ?? undefined
