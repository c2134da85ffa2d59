import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Problem, sentence } from '../../problem.ts'
import { faultOf, isGone, markOf } from './faults.ts'
import { migrations } from './migrations.ts'
import { pack } from './pack.ts'

/** The transactional file that holds every record, version, run and finding: the truth that everything else follows. */
export interface Ledger {
  readonly file: string
  /** Rows of a query. Statements are prepared once and kept. */
  all<Row = Record<string, unknown>>(sql: string, ...parameters: SQLInputValue[]): Row[]
  get<Row = Record<string, unknown>>(sql: string, ...parameters: SQLInputValue[]): Row | undefined
  /** Rows one by one, for what is larger than memory. */
  each<Row = Record<string, unknown>>(sql: string, ...parameters: SQLInputValue[]): IterableIterator<Row>
  /** The numbers that a query selects as `n`, in its order: ten times as fast as rows. */
  numbers(sql: string, ...parameters: SQLInputValue[]): Uint32Array
  run(sql: string, ...parameters: SQLInputValue[]): number
  /** All or nothing. */
  transaction<T>(work: () => T): T
  /** Until it is called back, all that is read is of this moment, whatever others write. Within such a moment, or a transaction, it does nothing. */
  hold(): () => void
  /** Numbers that are others whenever this connection has written to the file, and whenever any other one has committed. */
  marks(): { own: number; others: number }
  /** Takes the log into the file and begins it anew, where it has more bytes than this: waits for who reads, as it only grows while somebody always does. */
  shortenLog(most?: number): void
  /** What keeps the file from being written any more that nobody who reads it would notice: that it is gone. */
  fault(): Problem | undefined
  close(): void
}

/**
 * What keeps the cost of a record flat as the ledger grows: 32 MB of pages, so that indexes written in no order do not read theirs again each time, as many for
 * tables beside the ledger, and 64 MB of log, in which a page that is written again and again goes to the file once.
 */
const pace = 'PRAGMA cache_size = -32000; PRAGMA temp.cache_size = -32000; PRAGMA wal_autocheckpoint = 16000'

/** Milliseconds that a writer waits for another; and for those who read, before he begins the log anew; and the bytes from which on he does. */
const [waitMs, logWaitMs, mostLog] = [30_000, 5000, 256e6]

/**
 * Opens the ledger of a data folder and brings its schema up to date. A reader may open it while another process writes (WAL).
 * Throws `data-newer` for a ledger that a later version of the program has written.
 */
export function openLedger(data: string, options: { readOnly?: boolean } = {}): Ledger {
  // Absolute: Node makes folders without end below a working folder that somebody has deleted.
  const folder = resolve(data)
  const file = join(folder, 'ledger.sqlite')
  let database: DatabaseSync | undefined
  try {
    if (!options.readOnly) mkdirSync(folder, { recursive: true })
    database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: waitMs })
    if (!options.readOnly)
      database.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; ${pace}`)
    if (!options.readOnly) migrate(database, file)
    // A reader cannot bring the schema up to date: a writer, opened for a moment, does it for it.
    else if (versionOf(database, file) < migrations.length) openLedger(folder).close()
    return wrap(database, file)
  } catch (error) {
    if (database?.isOpen) database.close()
    if (error instanceof Problem) throw error
    const fault = faultOf(error)
    if (fault?.code === 'disk-full' || fault?.code === 'too-many-files') throw fault
    throw new Problem(
      'configuration',
      `The ledger ${file} cannot be opened: ${sentence(error)}. Check --data, and that this user may write there.`,
      { file },
      error,
    )
  }
}

function versionOf(database: DatabaseSync, file: string): number {
  const found = numberOf(database, 'PRAGMA user_version')
  if (found <= migrations.length) return found
  throw new Problem(
    'data-newer',
    `${file} was written by a newer version of Fihrist (schema ${found}, this version knows ${migrations.length}). Use that version, or another --data folder.`,
    { file },
  )
}

function migrate(database: DatabaseSync, file: string): void {
  if (versionOf(database, file) === migrations.length) return
  database.function('zstd', text => pack(String(text)))
  database.exec('BEGIN IMMEDIATE')
  for (let next = versionOf(database, file); next < migrations.length; next++) {
    for (const step of [migrations[next]!].flat()) applyStep(database, step)
    database.exec(`PRAGMA user_version = ${next + 1}`)
  }
  database.exec('COMMIT')
}

/** Records that a statement of a migration is done for at a time. */
const atOnce = 1000

function applyStep(database: DatabaseSync, step: string): void {
  if (!step.includes('$from')) return database.exec(step)
  const statement = database.prepare(step)
  const last = numberOf(database, 'SELECT max(n) FROM record')
  for (let from = 0; from <= last; from += atOnce) statement.run({ from, to: from + atOnce - 1 })
}

/** Rows as their query selects them: SQLite says no more of them than the names of their columns. */
const typed = <Rows>(found: unknown): Rows => found as Rows

/** The one number that a query tells; 0 where it tells none. */
export const numberOf = (database: DatabaseSync, sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? 0)

function wrap(database: DatabaseSync, file: string): Ledger {
  let triedAt = 0
  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const opened = markOf(file)
  /** What is written into a file that was deleted would be lost, and nobody told. */
  const stands = () => {
    const gone = isGone(file, opened)
    if (gone) throw gone
  }
  /** What goes wrong with the file is a problem that says what to do. */
  const told = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw faultOf(error) ?? error
    }
  }
  function* each<Row>(sql: string, parameters: SQLInputValue[]): Generator<Row> {
    try {
      yield* typed<IterableIterator<Row>>(database.prepare(sql).iterate(...parameters))
    } catch (error) {
      throw faultOf(error) ?? error
    }
  }
  return {
    file,
    all: <Row>(sql: string, ...parameters: SQLInputValue[]) => told(() => typed<Row[]>(prepare(sql).all(...parameters))),
    get: <Row>(sql: string, ...parameters: SQLInputValue[]) => told(() => typed<Row | undefined>(prepare(sql).get(...parameters))),
    each: <Row>(sql: string, ...parameters: SQLInputValue[]) => each<Row>(sql, parameters),
    numbers: (sql, ...parameters) => {
      const { told: numbers } = told(() => typed<{ told: string | null }>(prepare(`SELECT group_concat(n) AS told FROM (${sql})`).get(...parameters)))
      return new Uint32Array(JSON.parse(`[${numbers ?? ''}]`) as number[])
    },
    run: (sql, ...parameters) => {
      if (!database.isTransaction) stands()
      return told(() => Number(prepare(sql).run(...parameters).lastInsertRowid))
    },
    transaction: work => {
      stands()
      told(() => database.exec('BEGIN IMMEDIATE'))
      try {
        const result = work()
        told(() => database.exec('COMMIT'))
        return result
      } catch (error) {
        // A full disk has ended it already.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    hold: () => {
      if (database.isTransaction) return () => {}
      told(() => database.exec('BEGIN'))
      // What goes wrong with the file may have ended it already.
      return () => void (database.isTransaction && database.exec('COMMIT'))
    },
    marks: () =>
      told(() => typed<{ own: number; others: number }>(prepare('SELECT total_changes() AS own, data_version AS others FROM pragma_data_version').get())),
    shortenLog: (most = mostLog) => {
      const bytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
      if (bytes <= Math.max(most, triedAt)) return
      database.exec(`PRAGMA busy_timeout = ${logWaitMs}`)
      try {
        const { busy } = told(() => typed<{ busy: number }>(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()))
        // Where somebody reads for longer than that, it is tried again when as much has come.
        triedAt = busy === 1 ? bytes + most : 0
      } finally {
        database.exec(`PRAGMA busy_timeout = ${waitMs}`)
      }
    },
    fault: () => isGone(file, opened),
    close: () => database.close(),
  }
}
