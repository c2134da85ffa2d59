import type { Counts, RunState } from '../../ledger/runs/runs.ts'
import type { Problem } from '../../problem.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Renaming } from './progress.ts'

/** What a run leaves: its state, its counts, its problems. */
export interface Report extends Counts {
  source: string
  run: number
  state: RunState
  durationMs: number
  revision: number
  problems: Problem[]
  /** Ids that are gone from the portal: marked missing, removed, or waiting for a word (`held`). */
  gone: string[]
  /** Records whose portal gave them another key. */
  renamed: Renaming[]
  /** Records that were our own coming back: they were left out. */
  own: number
  /** Records that the portal showed and that are left out: by the source's options, or as they are private or deleted there. */
  leftOut: number
  /** Records that are as they were and were judged anew, since the rules have changed. */
  judged?: number
  /** It asked for one record alone. */
  only: boolean
  /** Of a dry run. */
  preview?: Preview
}

/** Names of what a run would do to records, by kind. */
export interface PreviewLists {
  added: string[]
  changed: { id: string; properties: Record<string, { removed: string[]; added: string[] }> }[]
  /** Records that are no longer at the portal and would be kept for their grace days. */
  missing: string[]
  /** Records whose grace days are over, or that the portal says are deleted. */
  removed: string[]
  /** Records that a blocking rule would newly keep from being published. */
  quarantined: string[]
  /** Records that would break rules which they did not break before: profile and rule, and how often. */
  failing: { id: string; rules: { profile: string; rule: string; severity: Finding['severity']; findings: number }[] }[]
  /** Records that cannot be read: what is held of them stays, where there is an id. */
  unreadable: { key: string; id: string | null; code: string; message: string }[]
}

/** What a run would do, were it not dry. Lists are as long as was asked for, and say how much is left out; the counts of the report are whole. */
export interface Preview extends PreviewLists {
  /** The run would be held, and nothing go: what --accept-removals would let go. */
  held?: Pick<PreviewLists, 'missing' | 'removed'>
  /** How many of each list are not named. */
  more: Record<keyof PreviewLists, number>
}

/** Problems that a report names; the ledger keeps all. */
export const mostProblems = 200
