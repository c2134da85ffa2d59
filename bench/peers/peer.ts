import { readdirSync, readFileSync } from 'node:fs'

/** An engine that is asked beside others. */
export interface Peer {
  name: string
  /** Asks one query, and reads all of its answer. Rejects with `Late` where that takes longer than `limitS`. */
  ask(sparql: string): Promise<void> | void
  close?(): Promise<void> | void
  /** Seconds of CPU that its process has used. */
  cpuS?(): number
}

/** Seconds that one query may take. */
export const limitS = 30

/** A peer was given up on. */
export class Late extends Error {}

/** Seconds of CPU that the threads of a process have used (proc(5), `schedstat`: nanoseconds). */
export const cpuOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9, 0)
