import { availableParallelism } from 'node:os'
import type { Piscina } from 'piscina'
import { workerBeside } from '../../files.ts'
import { Problem } from '../../problem.ts'
import { openCheck, type Check, type Settings } from '../../validate/validate.ts'
import { packVocabulary, type PackedVocabulary } from '../../vocabulary/packed.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import type { Mapping } from './mapping.ts'
import { failed, goTogether, sizeOf, type Failed, type Made, type Packing, type Sent } from './way.ts'

/** What a thread is given when it starts. */
export interface ThreadData {
  settings: Settings
  vocabulary: PackedVocabulary
}

/** What a thread is given of each batch; the rest of the mapping it has. */
export interface Task extends Pick<Mapping, 'source' | 'defaults'> {
  records: Sent[]
  packing: Packing
}

/** Those who take records on their way. */
export interface Threads {
  /** Batches that may be under way at once: enough that neither the reading nor a thread waits for the other. */
  readonly underWay: number
  /** Takes a batch on its way. A record that cannot be taken is a Problem, and costs no other. */
  take(mapping: Mapping, records: Sent[], packing: Packing): Promise<(Made | Problem)[]>
  close(): Promise<void>
}

/** Beside the one that reads and commits, which more than these would wait for. */
const mostThreads = 2
/** Batches that a thread is given at once, so that it has the next one while this process is at work. */
const ahead = 2
/** So few records are taken here: it would take a thread longer to start. */
const few = 50
/** Characters of the largest payload that is taken here: what may end a thread is not to end the process. */
const mostHere = 100_000

export function openThreads(settings: Settings, vocabulary: Vocabulary): Threads {
  const count = Math.max(1, Math.min(availableParallelism() - 1, mostThreads))
  let pool: Promise<Piscina> | undefined
  let check: Promise<Check> | undefined
  let busy = 0
  const open = async () => {
    const { Piscina } = await import('piscina')
    return new Piscina({
      filename: workerBeside(import.meta.url, 'worker').href,
      workerData: { settings, vocabulary: packVocabulary(vocabulary) } satisfies ThreadData,
      minThreads: 1,
      maxThreads: count,
      concurrentTasksPerWorker: ahead,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 16 },
    })
  }

  const here = async (mapping: Mapping, records: Sent[], packing: Packing) =>
    goTogether(mapping, await (check ??= openCheck(settings, vocabulary)), records, packing)
  const there = async (mapping: Mapping, records: Sent[], packing: Packing): Promise<(Made | Failed)[]> => {
    const { source, defaults } = mapping
    busy++
    try {
      return (await (await (pool ??= open())).run({ source, defaults, records, packing } satisfies Task)) as (Made | Failed)[]
    } catch (error) {
      // A thread that ends over a record takes the others of its batch with it: they are taken one by one.
      if (records.length === 1) return records.map(record => failed(error, record, 'validated'))
      return (await Promise.all(records.map(record => there(mapping, [record], packing)))).flat()
    } finally {
      busy--
    }
  }
  /** This process takes what would only wait for it: a few records alone, and a batch for which no thread has time. */
  const isForHere = (records: Sent[]) => (pool ? busy >= ahead * count : records.length < few) && records.every(each => sizeOf(each) < mostHere)
  return {
    underWay: 2 * count + 1,
    take: async (mapping, records, packing) => {
      const made = await (isForHere(records) ? here : there)(mapping, records, packing)
      return made.map(each => ('problem' in each ? new Problem(each.problem.code, each.problem.message, each.problem.place) : each))
    },
    close: async () => (await pool)?.destroy(),
  }
}
