/** An engine that is asked beside others. */
export interface Peer {
  name: string
  /** Asks one query, and reads all of its answer. Rejects with `Late` where that takes longer than `limitS`. */
  ask(sparql: string): Promise<void> | void
  close?(): Promise<void> | void
}

/** Seconds that one query may take. */
export const limitS = 30

/** A peer was given up on. */
export class Late extends Error {}
