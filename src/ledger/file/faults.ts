import { statSync } from 'node:fs'
import { Problem, type ProblemCode } from '../../problem.ts'

// What keeps a ledger from being used, told by what SQLite and the system say of it: what it is, what is lost, and what to do. The sentences are for the log
// and the terminal of who looks after the catalogue; readers are told that it cannot answer.

const sentences = {
  'ledger-damaged':
    'The ledger is damaged: a page of it is not what was written. Stop serve and harvest, keep a copy of the data folder, see fihrist doctor, ' +
    'and bring back the last backup: fihrist restore FILE --force. What was harvested since comes again with the next runs.',
  'ledger-gone':
    'The ledger that this process reads is no longer in the data folder: the folder was deleted, moved or replaced while it was in use. ' +
    'Stop this process first, then put the folder back, or bring back the last backup: fihrist restore FILE. Nothing is written until then.',
  'ledger-unwritable':
    'The ledger cannot be written: give the data folder, and all that is in it, to the user that runs fihrist, and see that its disk is not mounted ' +
    'read-only. What is held is still read; nothing is lost.',
  'disk-full':
    'The disk is full: nothing more was written, and what was committed before stays. Make room, or move the data folder (fihrist prune lets go of ' +
    'former versions), and run it again: it goes on from there.',
  'too-many-files': 'This process may open no more files: raise its limit (LimitNOFILE of the service, ulimit -n), and start it again. Nothing is lost.',
} satisfies Partial<Record<ProblemCode, string>>

export type Fault = keyof typeof sentences

export const isFault = (code: string): code is Fault => code in sentences

/** Primary result codes of SQLite (sqlite.org/rescode.html), and codes of the system. */
const sqlite: Record<number, Fault> = { 8: 'ledger-unwritable', 10: 'ledger-damaged', 11: 'ledger-damaged', 13: 'disk-full', 26: 'ledger-damaged' }
const system: Record<string, Fault> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'ledger-unwritable',
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
}
/** Of SQLite's errors of reading and writing, those that say that a file was moved or deleted. */
const goneOf = new Set([8 | (4 << 8), 10 | (23 << 8)])
/** And those that say that there was no room: for what is written, and for what readers share. */
const fullOf = new Set([10 | (3 << 8), 10 | (19 << 8)])

/** The problem that an error is, where it is one of a ledger or its disk. */
export function faultOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || error instanceof Problem) return undefined
  const { code = '', errcode = 0 } = error as Error & { code?: string; errcode?: number }
  const told = goneOf.has(errcode) ? 'ledger-gone' : fullOf.has(errcode) ? 'disk-full' : sqlite[errcode & 0xff]
  const fault = told ?? system[code]
  return fault && problemOf(fault, error)
}

/** The problem as it is told again, where another thread has met it. */
export const problemOf = (fault: Fault, cause?: unknown): Problem => new Problem(fault, sentences[fault], { said: { key: 'fault.ledger', values: {} } }, cause)

/** What a file is known by, whatever it is called. */
export const markOf = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.dev}/${found.ino}`
}

/** That the file which was opened is no longer there, or another in its place. */
export const isGone = (file: string, mark: string | undefined): Problem | undefined => (markOf(file) === mark ? undefined : problemOf('ledger-gone'))
