import type { Source } from '../../config/sources.ts'
import type { Run } from '../../ledger/runs/runs.ts'
import { scopeOf, type Scope } from '../../ledger/runs/scope.ts'
import type { Publication } from '../publication.ts'

/** The kinds of what a report lists, in the order in which a technician reads them. */
export const parts = ['problems', 'findings', 'repairs', 'changes'] as const
export type Part = (typeof parts)[number]

/** What a problem, a rule or a repair is called, and how it is mended at the portal, by language. */
export interface Remedy {
  title: Record<string, string>
  mend: Record<string, string>
}
export type Remedies = (part: Part, name: string) => Remedy

/** The report on one run, to the people of its portal. */
export interface Report {
  publication: Publication
  remedies: Remedies
  source: Source
  run: Run
  scope: Scope
}

export const openReport = (publication: Publication, remedies: Remedies, source: Source, run: Run): Report => ({
  publication,
  remedies,
  source,
  run,
  scope: scopeOf(publication.ledger, run),
})
