import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../problem.ts'
import type { Ledger } from './open.ts'

/**
 * Keeps other processes from harvesting a source meanwhile; returns what lets them again. It is a lock of the operating system (SQLite's, on an empty
 * file beside the ledger), so that a process that dies leaves none behind. Throws `already-running`.
 */
export function lockSource(ledger: Ledger, source: string): () => void {
  const folder = join(dirname(ledger.file), 'locks')
  if (!existsSync(folder)) mkdirSync(folder)
  const lock = new DatabaseSync(join(folder, `${source}.lock`), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Problem('already-running', `${source} is being harvested by another process. Wait until it has ended: fihrist status says how far it is.`, { source }, error)
  }
  return () => lock.close()
}
