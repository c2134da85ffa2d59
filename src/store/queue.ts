/** Something that waits for its turn, and who asked for it. */
export interface Waiting {
  client: string
}

/** Seconds after which half of what a client has used is forgotten. */
const halfLifeS = 30

/**
 * Whose turn it is: of all who wait, the one who has used least of late. Time that is used counts for who used it, whether an answer came of it or not; so who
 * sends one long query after the other waits for those who send short ones, and never the other way round.
 */
export function fairQueue<Job extends Waiting>(now: () => number = () => performance.now() / 1000) {
  const waiting: Job[] = []
  const used = new Map<string, { seconds: number; at: number }>()
  const usedBy = (client: string) => {
    const found = used.get(client)
    return found ? found.seconds * 2 ** ((found.at - now()) / halfLifeS) : 0
  }
  return {
    waiting: waiting as readonly Job[],
    usedBy,
    /** Counts time that was used. */
    charge(client: string, seconds: number): void {
      used.set(client, { seconds: usedBy(client) + seconds, at: now() })
      if (used.size > 1000) for (const each of [...used.keys()].filter(each => usedBy(each) < 0.01)) used.delete(each)
    },
    add: (job: Job) => void waiting.push(job),
    /** Takes the next that may run. */
    take(may: (job: Job) => boolean): Job | undefined {
      let next: Job | undefined
      for (const job of waiting) if (may(job) && (!next || usedBy(job.client) < usedBy(next.client))) next = job
      if (next) waiting.splice(waiting.indexOf(next), 1)
      return next
    },
    /** Takes back one that waits; false where it waits no longer. */
    remove(job: Job): boolean {
      const at = waiting.indexOf(job)
      if (at >= 0) waiting.splice(at, 1)
      return at >= 0
    },
  }
}
