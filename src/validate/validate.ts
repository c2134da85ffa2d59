import { Piscina } from 'piscina'
import { workerBeside } from '../files.ts'
import type { Index } from '../vocabulary/vocabulary.ts'
import type { Finding } from './finding.ts'
import type { Quality } from './quality.ts'

/** What the worker validates against. */
export interface Settings {
  shapes: string
  base: string
  /** The reference lists. */
  lists: Index
  profiles: string[]
  /** The profile that a record without a violation of it complies with. */
  compliance?: string | undefined
}

/** One record's graph as N-Triples. */
export interface ToCheck {
  dataset: string
  graph: string
}
export interface Checked {
  findings: (Finding & { constraint: string })[]
  quality: Quality
}

export interface Validation {
  check(batch: ToCheck[]): Promise<Checked[]>
  close(): Promise<void>
}

/**
 * SHACL and quality in a thread of their own, never on the one that answers pages. One thread validates as fast as another reads and maps: a second would
 * bring a tenth more speed for a quarter more memory.
 */
export function openValidation(settings: Settings): Validation {
  let pool: Piscina | undefined
  // Where nothing has changed nothing is validated, and no worker reads what it would validate against.
  const worker = () =>
    (pool ??= new Piscina({
      filename: workerBeside(import.meta.url, 'worker').href,
      workerData: settings,
      minThreads: 1,
      maxThreads: 1,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 16 },
    }))
  return {
    check: batch => worker().run(batch) as Promise<Checked[]>,
    close: async () => pool?.destroy(),
  }
}
