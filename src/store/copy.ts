import { Worker } from 'node:worker_threads'
import { workerBeside } from '../files.ts'
import type { FromWorker, Given, Told, ToWorker } from './messages.ts'
import type { Copy } from './store.ts'
import type { Job } from './turns.ts'

/** A thread of the store: one that answers, or one that writes an image. */
export interface Thread {
  worker: Worker
  gate: Int32Array
}

/** A copy of the store in its thread, as it is seen from outside. */
export interface Replica extends Thread {
  /** Undefined while it loads. */
  told?: Told
  serving: boolean
  /** Seconds of CPU that it had used when it was last heard of. */
  usedS: number
  /** Bytes by which queries have made its memory larger. */
  grown: number
  job?: Job
  /** When its last query began, and ended. */
  started: number
  idleSince: number
  timers: NodeJS.Timeout[]
  /** It is to be replaced when its query is over. */
  worn?: boolean
  alive: Map<number, (ready: boolean) => void>
}

/** Milliseconds in which a copy that is idle says that it lives. */
const aliveMs = 2000

export function startThread(given: Omit<Given, 'gate'>): Thread {
  const gate = new Int32Array(new SharedArrayBuffer(8))
  return { gate, worker: new Worker(workerBeside(import.meta.url, 'worker'), { workerData: { ...given, gate } satisfies Given }) }
}

/** Whether a thread is reading the ledger. */
export const isReading = ({ gate }: Thread): boolean => Atomics.load(gate, 1) === 1

export const newReplica = (thread: Thread): Replica => ({
  ...thread,
  serving: false,
  usedS: 0,
  grown: 0,
  started: 0,
  idleSince: 0,
  timers: [],
  alive: new Map(),
})

export const tell = ({ worker }: Thread, message: ToWorker): void => worker.postMessage(message)
export const hear = ({ worker }: Thread, listener: (message: FromWorker) => void): void => void worker.on('message', listener)

/** Seconds of CPU that a copy has spent on its query; of the clock, where Node does not tell. */
export async function spentBy({ worker, usedS, started }: Replica): Promise<number> {
  const usage = await worker.cpuUsage?.().catch(() => undefined)
  return usage ? (usage.user + usage.system) / 1e6 - usedS : (performance.now() - started) / 1000
}

let asked = 0

/** Asks a copy whether it answers; one that is answering does. */
export async function standingOf(replica: Replica): Promise<Copy> {
  const { told, serving, job, alive } = replica
  const copy = { revision: told?.revision ?? -1, ...(told && { bytes: told.bytes }) }
  if (!serving) return { ...copy, ready: false }
  if (job) return { ...copy, ready: true, busy: true }
  const id = asked++
  return new Promise(resolve => {
    const timer = setTimeout(() => alive.get(id)?.(false), aliveMs)
    alive.set(id, ready => {
      clearTimeout(timer)
      alive.delete(id)
      resolve({ ...copy, ready })
    })
    tell(replica, { alive: id })
  })
}

/**
 * Ends a thread: at once where it computes; one that is reading the ledger by itself, between two graphs. Node does not survive that a thread is ended while it
 * unpacks.
 */
export async function ended(thread: Thread): Promise<void> {
  const { worker, gate } = thread
  const exit = new Promise(resolve => worker.once('exit', resolve))
  Atomics.store(gate, 0, 1)
  if (!isReading(thread)) await worker.terminate()
  else await exit
}
