import { withoutSecrets } from '../../config/secret-parameters.ts'
import type { Problem } from '../../problem.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Window } from './outcomes.ts'
import type { Tally } from './report.ts'

/** What went wrong in a run, and where. */
export interface RunProblem {
  code: string
  message: string
  /** The language of the message. */
  language: string
  record: string | null
  url: string | null
  excerpt: string | null
}

/** Keeps what went wrong, as it is published: without the keys that addresses of portals hold. */
export function writeProblem(ledger: Ledger, run: number, problem: Problem): void {
  const { record, url, excerpt } = problem.place
  ledger.run(
    'INSERT INTO problem (run, code, message, language, record, url, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)',
    run,
    problem.code,
    withoutSecrets(problem.message),
    problem.language,
    record ?? null,
    url === undefined ? null : withoutSecrets(url),
    excerpt === undefined ? null : withoutSecrets(excerpt),
  )
}

export const problemsOf = (ledger: Ledger, run: number, most = 500): RunProblem[] =>
  ledger.all<RunProblem>('SELECT code, message, language, record, url, excerpt FROM problem WHERE run = ? LIMIT ?', run, most)

/** `held` is our record, where the portal's key is that of one. */
export interface ReportedProblem extends RunProblem {
  held: string | null
}
export type ProblemTally = Tally<ReportedProblem>

const problemColumns = `problem.code, problem.message, problem.language, problem.record, problem.url, problem.excerpt,
  (SELECT record.id FROM record JOIN run ON run.id = problem.run
    WHERE record.source = run.source AND record.key = problem.record AND admission <> 'withheld') AS held`

export function problemTallies(ledger: Ledger, run: number): ProblemTally[] {
  type Row = { name: string; places: number; records: number; first: number }
  return ledger
    .all<Row>(
      `SELECT code AS name, count(*) AS places, count(DISTINCT record) AS records, min(rowid) AS first FROM problem WHERE run = ? GROUP BY code
       ORDER BY places DESC, code`,
      run,
    )
    .map(({ first, ...row }) => ({ ...row, example: ledger.get<ReportedProblem>(`SELECT ${problemColumns} FROM problem WHERE rowid = ?`, first)! }))
}

export function problemsIn(ledger: Ledger, run: number, { most, offset }: Window, code?: string): ReportedProblem[] {
  return ledger.all<ReportedProblem>(
    `SELECT ${problemColumns} FROM problem WHERE run = ? AND (? IS NULL OR code = ?) ORDER BY rowid LIMIT ? OFFSET ?`,
    run,
    code ?? null,
    code ?? null,
    most,
    offset,
  )
}

export const countProblems = (ledger: Ledger, run: number, code?: string): number =>
  ledger.get<{ c: number }>('SELECT count(*) AS c FROM problem WHERE run = ? AND (? IS NULL OR code = ?)', run, code ?? null, code ?? null)!.c
