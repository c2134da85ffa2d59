import { readFileSync } from 'node:fs'

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

/** Seconds of CPU that a process has used, in hundredths (proc(5), `stat`: the 14th and 15th field). */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
