import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Piscina } from 'piscina'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { root } from '../files.ts'
import { problemOf, type Fault } from '../ledger/file/faults.ts'
import { packVocabulary, type PackedVocabulary } from '../vocabulary/packed.ts'
import type { Make } from './http/answers.ts'
import type { Answer, Asked } from './http/asked.ts'
import type { Failed, WebOptions } from './site/site.ts'

/** What a thread is given to begin with. */
export interface Given extends Pick<WebOptions, 'rules' | 'standards' | 'version'> {
  data: string
  catalogue: Catalogue
  sources: Source[]
  lists: PackedVocabulary
}

/** What is asked of a thread: an answer, of this moment of the ledger or a later one. */
export interface Wish {
  asked: Asked
  moment: number
}

/** What a thread hands back: an answer, nothing where it is sent in pieces, and what went wrong that was not foreseen. */
export interface Made {
  answer: Answer | undefined
  failures: { error: unknown; request: Failed | undefined }[]
  /** What keeps the ledger from being read. */
  fault: Fault | undefined
}

/** More threads than that are more memory than they are worth: what many read is kept. */
const most = 4

/**
 * Threads that answer what is read, one for each processor: no page waits for another that takes long, and none keeps the front door, which is left with
 * what is kept. One that dies is replaced.
 */
export function openReaders({ publication, rules, standards, version, report }: WebOptions): { read: Make; close(): Promise<void> } {
  const { catalogue, sources, ledger, vocabulary } = publication
  const threads = Math.max(1, Math.min(most, availableParallelism()))
  // Compiled, wherever this runs from: Node reads TypeScript, but no JSX.
  const file = join(root, 'dist/web/worker.js')
  if (!existsSync(file)) throw new Error(`${file} is not there: "npm run build" makes it.`)
  const pool = new Piscina<Wish, Made>({
    filename: pathToFileURL(file).href,
    workerData: {
      data: dirname(ledger.file),
      catalogue,
      sources,
      lists: packVocabulary(vocabulary),
      rules,
      standards: standards ?? [],
      version,
    } satisfies Given,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Infinity,
    // One that waits must be able to let go of its moment.
    atomics: 'disabled',
  })
  // One that dies is replaced; what it was making fails alone.
  pool.on('error', error => report?.(error))
  return {
    async read(asked, moment) {
      const { answer, failures, fault } = await pool.run({ asked, moment })
      for (const { error, request } of failures) report?.(error, request)
      if (fault) throw problemOf(fault)
      return answer
    },
    close: () => pool.close(),
  }
}
