import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether OpenLink Virtuoso is on this machine (Debian: virtuoso-opensource-7). */
export const hasVirtuoso = spawnSync('virtuoso-t', ['-?']).error === undefined
if (!hasVirtuoso) console.warn('skipped: virtuoso-t is not on this machine (Debian: virtuoso-opensource-7)')

/** A Virtuoso of our own. */
export interface Virtuoso {
  url: string
  /** Ends it as a machine that fails does, and starts it again with what it holds, or with nothing. */
  kill(): Promise<void>
  start(options?: { empty?: boolean }): Promise<void>
  stop(): Promise<void>
  /** Has its bulk loader read a file of N-Quads. */
  load(file: string): void
  /** Its process. */
  pid(): number
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts one that holds nothing. `buffersMB`: memory for pages of its database, of 8 kB each. */
export async function startVirtuoso({ buffersMB = 80 } = {}): Promise<Virtuoso> {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-virtuoso-'))
  const [http, sql] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${http}`
  let child: ChildProcess | undefined

  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
    rmSync(join(folder, 'virtuoso.lck'), { force: true })
  }
  const start = async ({ empty }: { empty?: boolean } = {}) => {
    if (empty) for (const each of ['virtuoso.db', 'virtuoso.trx', 'virtuoso.pxa', 'temp.db', 'temp.trx']) rmSync(join(folder, each), { force: true })
    child = spawn('virtuoso-t', ['+foreground', '+configfile', join(folder, 'virtuoso.ini')], { cwd: folder, stdio: 'ignore' })
    for (let tries = 0; tries < 240; tries++) {
      const answers = await fetch(`${url}/sparql`).then(
        answer => answer.ok,
        () => false,
      )
      if (answers) return
      await new Promise(resolve => setTimeout(resolve, 250))
    }
    await kill()
    throw new Error('Virtuoso did not start')
  }
  writeFileSync(
    join(folder, 'virtuoso.ini'),
    `[Database]
DatabaseFile = ${folder}/virtuoso.db
ErrorLogFile = ${folder}/virtuoso.log
LockFile = ${folder}/virtuoso.lck
TransactionFile = ${folder}/virtuoso.trx
xa_persistent_file = ${folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = ${folder}/temp.db
TransactionFile = ${folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:${sql}
NumberOfBuffers = ${buffersMB * 125}
MaxDirtyBuffers = ${buffersMB * 90}
DirsAllowed = ${folder}
[HTTPServer]
ServerPort = 127.0.0.1:${http}
ServerRoot = ${folder}
[SPARQL]
ResultSetMaxRows = 1000000
`,
  )
  await start()
  return {
    url,
    kill,
    start,
    load: file => {
      const bulk = mkdtempSync(join(folder, 'bulk-'))
      copyFileSync(file, join(bulk, 'all.nq'))
      const commands = `ld_dir('${bulk}', '*.nq', 'urn:unused'); rdf_loader_run(); checkpoint; select 'failed: ', ll_error from DB.DBA.load_list where ll_error is not null;`
      const { stdout, stderr, status } = spawnSync('isql-vt', [String(sql), 'dba', 'dba', `exec=${commands}`], { encoding: 'utf8' })
      if (status !== 0 || /failed: /.test(stdout)) throw new Error(`Virtuoso did not load ${file}: ${stdout} ${stderr}`)
      rmSync(bulk, { recursive: true })
    },
    pid: () => child!.pid!,
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
