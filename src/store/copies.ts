import { rmSync } from 'node:fs'
import type { Problem } from '../problem.ts'
import { saidProblem } from '../words/said.ts'
import { ended, hear, newReplica, startThread, type Replica } from './copy.ts'
import { mostMemory } from './engine.ts'
import { imageBytes } from './image.ts'
import type { Answered, Given, Refused, Written } from './messages.ts'
import { openRenewal } from './renewal.ts'

/** Told of what happens to the copies: a line of a log. */
export type Tell = (line: string) => void

export interface Copies {
  count: number
  /** What every thread is given. */
  given: Omit<Given, 'gate' | 'task' | 'most'>
  /** Bytes that a query may take beside what a copy holds. */
  queryBytes: number
  /** Graphs that are replaced, beside twice as many as are held, before the image is made from the ledger. */
  replacedAtLeast: number
  tell: Tell
  /** Whether nobody waits for a copy. */
  idle(): boolean
  answered(replica: Replica, message: Answered | Refused): void
  /** A copy is of no use any more, and why. */
  broken(replica: Replica, why: string): void
  /** A copy may be free. */
  free(): void
}

/** Milliseconds before a copy that could not load is tried again; and that one does nothing before the memory that queries took is given back. */
const reloadMs = 2000
const restMs = 10_000
/** A copy gives its memory back where it has grown by more than this share, and these bytes. */
const grownShare = 0.05
const grownBytes = 16e6
const megabyte = 1e6
const mb = (bytes: number) => Math.round(bytes / megabyte)

/**
 * As many copies as there are to be: each begins with the image, and is replaced where it is broken, has grown by its queries, or where there is a better
 * image. The first of all loads from the ledger and writes the image.
 */
export function openCopies({ count, given, queryBytes, replacedAtLeast, tell, idle, answered, broken, free }: Copies) {
  const { image, key } = given
  const replicas = new Set<Replica>()
  let awaiting: (() => void)[] = []
  let failure: Problem | undefined
  let closed = false

  const wake = () => {
    for (const each of awaiting.splice(0)) each()
  }
  const held = () => imageBytes(image, key)
  const all = (is: (replica: Replica) => boolean) => [...replicas].every(is)
  const serve = ({ serving }: Replica) => serving

  const start = (task: Given['task']) => {
    const bytes = held()
    return startThread({ ...given, task, most: bytes > 0 && task === 'serve' ? Math.min(mostMemory, bytes + queryBytes) : mostMemory })
  }

  const fill = () => {
    const loading = !all(({ told }) => told !== undefined)
    while (!closed && replicas.size < count && (held() > 0 || (!loading && all(serve)))) {
      spawn()
      if (held() === 0) break
    }
  }

  const spawn = () => {
    const began = performance.now()
    const replica = newReplica(start('serve'))
    replicas.add(replica)
    hear(replica, message => {
      if ('standing' in message) {
        const { revision, records, bytes } = message.standing
        if (!replica.told)
          tell(
            `A copy of the store holds revision ${revision} (${records} records) in ${mb(bytes)} MB, ` +
              `after ${((performance.now() - began) / 1000).toFixed(1)} s; there are to be ${count} copies, of ${mb(count * bytes)} MB together, ` +
              `and up to ${mb(queryBytes)} MB more for each query that is being answered.`,
          )
        replica.told = message.standing
        replica.usedS = message.standing.usedS
        failure = undefined
        wake()
        if (!closed) renewal.look(message.standing)
      } else if ('serving' in message) {
        replica.serving = true
        replica.idleSince = performance.now()
        wake()
        fill()
      } else if ('image' in message) written(message)
      else if ('discard' in message) discard()
      else if ('alive' in message) replica.alive.get(message.alive)?.(message.ready)
      else if ('broken' in message) broken(replica, message.broken)
      else {
        replica.usedS = message.usedS
        if ('grown' in message) {
          replica.grown = message.grown
          replica.worn ||= message.grown > queryBytes / 2
        }
        answered(replica, message)
        replaceWorn()
      }
      free()
    })
    // Memory of the thread itself has a bound too.
    replica.worker.on('error', error => (replica.told ? broken(replica, error.message) : failToLoad(replica, error)))
    replica.worker.on('exit', () => {
      if (replicas.has(replica) && !closed) broken(replica, 'its copy ended')
    })
  }

  const discard = () => rmSync(image, { force: true })

  const written = ({ image: bytes, failure: why }: Written) => {
    if (why !== undefined) tell(`The image of the store cannot be written to ${image}: ${why}. Copies load from the ledger, which takes longer.`)
    else if (bytes > 0.85 * mostMemory)
      tell(
        `A copy of the store takes ${mb(bytes)} MB of the ${mb(mostMemory)} MB that it can have: set store.kind: sparql in catalogue.yaml, and run a server.`,
      )
  }

  const renewal = openRenewal({
    replacedAtLeast,
    start,
    written,
    discard,
    failed: why => tell(`The image of the store cannot be renewed: ${why}`),
    over: renewed => {
      if (renewed) for (const each of replicas) each.worn = true
      replaceWorn()
    },
  })

  /** Lets go of one copy that is worn, if all others answer. */
  const replaceWorn = () => {
    if (closed || replicas.size < count || !all(serve) || (count === 1 && !idle())) return
    const worn = [...replicas].find(each => each.worn && !each.job)
    if (worn) remove(worn)
  }

  /** The memory that queries took comes back only with a new copy: there is time for it where nothing is asked. */
  const rest = setInterval(() => {
    for (const replica of replicas) {
      const { job, told, grown, idleSince } = replica
      if (!job && told && grown > grownBytes && grown > grownShare * told.bytes && performance.now() - idleSince > restMs) replica.worn = true
    }
    replaceWorn()
  }, restMs / 4)
  rest.unref()

  /** Ends a copy; another takes its place. */
  const remove = (replica: Replica) => {
    for (const tellAlive of replica.alive.values()) tellAlive(false)
    replicas.delete(replica)
    void ended(replica)
    fill()
  }

  /** A copy that cannot load is no matter of a query: who waits for the store is told why, and it is tried again, but not in a rush. */
  const failToLoad = (replica: Replica, error: Error) => {
    replicas.delete(replica)
    const full = /unreachable|out of bounds|memory/.test(error.message)
    failure = saidProblem('store-busy', full ? 'query_problem.store_full' : 'query_problem.store_unloaded', { reason: error.message }, {}, error)
    tell(failure.message)
    wake()
    setTimeout(fill, reloadMs).unref()
  }

  fill()
  return {
    all: replicas as ReadonlySet<Replica>,
    allServe: () => replicas.size === count && all(serve),
    remove,
    /** Why the last that was begun could not load. */
    failure: () => failure,
    /** Resolves when all copies are there, and each `holds` what it should. Rejects where none can be loaded. */
    async ready(holds: (replica: Replica) => boolean): Promise<void> {
      while (!closed && (replicas.size < count || !all(each => each.serving && holds(each)))) {
        if (failure) throw failure
        await new Promise<void>(resolve => awaiting.push(resolve))
      }
    },
    async close(): Promise<void> {
      closed = true
      clearInterval(rest)
      for (const { timers } of replicas) timers.forEach(clearTimeout)
      wake()
      const writer = renewal.writer()
      await Promise.all([...replicas, ...(writer ? [writer] : [])].map(ended))
    },
  }
}
