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

/** SHACL and quality in worker threads, never on the thread that answers pages. */
export function openValidation(settings: Settings, threads = availableParallelism()): Validation {
  const pool = new Piscina({ filename: workerBeside(import.meta.url, 'worker').href, workerData: settings, minThreads: 1, maxThreads: threads, idleTimeout: 60_000, resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 } })
  return {
    check: batch => pool.run(batch) as Promise<Checked[]>,
    close: () => pool.destroy(),
  }
}
