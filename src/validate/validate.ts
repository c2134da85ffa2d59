import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { workerBeside } from '../files.ts'
import type { Finding } from './finding.ts'
import type { Quality } from './quality.ts'

/** Where the worker finds what it validates against. */
export interface Settings { shapes: string, ontologies: string, base: string, profiles: string[] }

/** One record's graph as N-Triples. */
export interface ToCheck { dataset: string, graph: string }
export interface Checked { findings: (Finding & { constraint: string })[], quality: Quality }

export interface Validation {
  check(batch: ToCheck[]): Promise<Checked[]>
  close(): Promise<void>
}

/** One core is left to the thread that reads and maps; it keeps no more than two busy that validate. */
const coresToSpare = () => Math.min(2, Math.max(1, availableParallelism() - 1))

/** SHACL and quality in worker threads, never on the thread that answers pages. */
export function openValidation(settings: Settings, threads = coresToSpare()): Validation {
  let pool: Piscina | undefined
  // Where nothing has changed nothing is validated, and no worker reads what it would validate against.
  const workers = () => pool ??= new Piscina({ filename: workerBeside(import.meta.url, 'worker').href, workerData: settings, minThreads: 1, maxThreads: threads, idleTimeout: 60_000, resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 16 } })
  return {
    check: batch => workers().run(batch) as Promise<Checked[]>,
    close: async () => pool?.destroy(),
  }
}
