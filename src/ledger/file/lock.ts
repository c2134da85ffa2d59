import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../../problem.ts'
import { faultOf } from './faults.ts'
import type { Ledger } from './ledger.ts'

/**
 * Keeps other processes from harvesting a source meanwhile; returns what lets them again. It is a lock of the operating system (SQLite's, on an empty
 * file beside the ledger), so that a process that dies leaves none behind. Throws `already-running`.
 */
export function lockSource(ledger: Ledger, source: string): () => void {
  const unlock = lock(ledger, source)
  if (unlock) return unlock
  throw new Problem('already-running', `${source} is being harvested by another process. Wait until it has ended: fihrist status says how far it is.`, {
    source,
  })
}

/** Whether a process, this one included, is harvesting a source. */
export function isHarvested(ledger: Ledger, source: string): boolean {
  const unlock = lock(ledger, source)
  unlock?.()
  return unlock === undefined
}

/** One process keeps the schedule of a ledger; undefined where another does. No source can have this name. */
export const lockSchedule = (ledger: Ledger): (() => void) | undefined => lock(ledger, '_schedule')

/** One process asks addresses at a time. Throws `already-running`. */
export function lockLinks(ledger: Ledger): () => void {
  const unlock = lock(ledger, '_links')
  if (unlock) return unlock
  throw new Problem('already-running', 'Another process asks the addresses. Wait until it has ended.')
}

function lock(ledger: Ledger, name: string): (() => void) | undefined {
  const gone = ledger.fault()
  if (gone) throw gone
  const folder = join(dirname(ledger.file), 'locks')
  if (!existsSync(folder)) mkdirSync(folder)
  const database = new DatabaseSync(join(folder, `${name}.lock`), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return () => database.close()
  } catch (error) {
    database.close()
    const fault = faultOf(error)
    if (fault) throw fault
    return undefined
  }
}
