import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem, sentence, unwritable } from '../../problem.ts'
import { numberOf } from './ledger.ts'
import { migrations } from './migrations.ts'

/**
 * Copies the ledger of a data folder to a file, as it is at one instant, while others go on reading and writing it.
 * Never writes over a file; what could not be written to its end is not left behind.
 */
export function backup(data: string, file: string): number {
  const ledger = join(data, 'ledger.sqlite')
  if (!existsSync(ledger)) throw new Problem('configuration', `There is no ledger ${ledger} to copy. Check --data.`, { file: ledger })
  if (existsSync(file))
    throw new Problem('configuration', `${file} is there already and is not overwritten. Name another file, or move that one away.`, { file })
  readable(ledger)
  copy(ledger, file)
  return readable(file)
}

/**
 * Puts a backup in the place of the data folder's ledger. A ledger that is there goes only with `force`, and only while no other process has it open;
 * until the copy is whole, it stays as it was.
 */
export function restore(data: string, file: string, force: boolean): number {
  if (!existsSync(file)) throw new Problem('configuration', `There is no file ${file} to restore from.`, { file })
  const revision = readable(file)
  const ledger = join(data, 'ledger.sqlite')
  if (resolve(ledger) === resolve(file))
    throw new Problem('configuration', `${file} is the ledger of the data folder itself: there is nothing to restore.`, { file })
  if (existsSync(ledger) && !force)
    throw new Problem(
      'configuration',
      `${ledger} is there already, and a restore would replace it. Keep a copy of it with: fihrist backup FILE, then use --force.`,
      { file: ledger },
    )
  mkdirSync(data, { recursive: true })
  copy(file, ledger, () => {
    if (existsSync(ledger)) retire(ledger)
  })
  return revision
}

/** The revision of a file that is a whole ledger of a version that we know. Throws a Problem for every other file. */
const readable = (file: string): number => inspect(file).revision

/**
 * Reads every page of a ledger, and tells its revision and the number of its schema. Throws a Problem for what is none, is damaged, or is of a newer version.
 */
export function inspect(file: string): { revision: number; version: number } {
  const found = opened(file, database => {
    const whole = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0]
    if (whole !== 'ok') throw new Error(`it is damaged (${String(whole)})`)
    const version = numberOf(database, 'PRAGMA user_version')
    const tables = new Set(
      database
        .prepare('SELECT name FROM sqlite_schema')
        .all()
        .map(row => row['name']),
    )
    if (version < 1 || !['revision', 'record', 'version', 'change'].every(table => tables.has(table))) throw new Error('its tables are others')
    return { version, revision: numberOf(database, 'SELECT max(id) FROM revision') }
  })
  if (found.version <= migrations.length) return found
  throw new Problem(
    'data-newer',
    `${file} was written by a newer version of Fihrist (schema ${found.version}, this version knows ${migrations.length}). Use that version.`,
    { file },
  )
}

function opened<T>(file: string, work: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 30_000 })
    return work(database)
  } catch (error) {
    throw new Problem('configuration', `${file} is not a ledger that can be read: ${sentence(error)}.`, { file }, error)
  } finally {
    if (database?.isOpen) database.close()
  }
}

/** Writes beside the place of the copy and moves it there when it is whole. */
function copy(from: string, to: string, before: () => void = () => {}): void {
  const part = `${to}.${process.pid}.part`
  let database: DatabaseSync | undefined
  try {
    mkdirSync(dirname(to), { recursive: true })
    database = new DatabaseSync(from, { readOnly: true, timeout: 30_000 })
    database.prepare('VACUUM INTO ?').run(part)
    before()
    renameSync(part, to)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw unwritable(to, error, { file: to })
  } finally {
    if (database?.isOpen) database.close()
    for (const left of [part, `${part}-journal`]) rmSync(left, { force: true })
  }
}

/** Leaves nothing of a ledger beside its one file: a log of the old ledger must never be read into the new one. */
function retire(ledger: string): void {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(ledger, { timeout: 1000 })
    // Only the last connection to a ledger may leave its log behind: this fails while another process has it open.
    database.exec('PRAGMA journal_mode = DELETE')
  } catch (error) {
    if (/locked|busy/i.test(sentence(error)))
      throw new Problem(
        'configuration',
        `${ledger} is in use by another process of Fihrist. Stop it (serve, harvest), and restore again.`,
        { file: ledger },
        error,
      )
    // What is no database any more has nothing to lose.
  } finally {
    if (database?.isOpen) database.close()
  }
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${ledger}${end}`, { force: true })
}
