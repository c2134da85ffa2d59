import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpuOf, Late, limitS, type Peer } from './peer.ts'

/** Seconds in which it must have read all statements, and megabytes that it may take. */
const loadingS = 600
const mostMB = 8000

type Told = { loaded: number } | { ms: number; rows: number } | { failed: string }

/** Comunica over N3's store, in a process of its own (comunica.ts): what takes too long is ended with it, and the next query loads it again. */
export function comunica(triples: string): Peer {
  let child: ChildProcess | undefined
  const next = async (process: ChildProcess, seconds: number): Promise<Told> => {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(seconds * 1000)])
    const told = once(process, 'message', { signal }).then(([message]) => message as Told)
    const left = once(process, 'exit', { signal }).then((): Told => ({ failed: 'its process ended' }))
    left.catch(() => {})
    try {
      return await Promise.race([told, left])
    } catch {
      process.kill('SIGKILL')
      child = undefined
      throw new Late(`over ${seconds} s`)
    } finally {
      over.abort()
    }
  }
  const loaded = async () => {
    const process = fork(new URL('./comunica.ts', import.meta.url), [triples], { execArgv: [`--max-old-space-size=${mostMB}`] })
    child = process
    const told = await next(process, loadingS)
    if ('failed' in told) throw new Late(`not loaded: ${told.failed}`)
    return process
  }
  return {
    name: 'Comunica',
    async ask(sparql) {
      const process = child ?? (await loaded())
      process.send(sparql)
      const told = await next(process, limitS)
      if (!('failed' in told)) return
      if (process.exitCode !== null || process.signalCode !== null) child = undefined
      throw new Error(told.failed)
    },
    cpuS: () => (child ? cpuOf(child.pid!) : 0),
    close: () => void child?.kill(),
  }
}
