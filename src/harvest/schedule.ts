import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Cron } from 'croner'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { nodeFlags, root } from '../files.ts'

/**
 * Starts the runs that the sources' cron lines ask for, in the catalogue's time zone, each as a child process of the same command line:
 * a run that dies or eats memory takes no page with it. A source whose last run is still going is left out.
 */
export function openSchedule(catalogue: Catalogue, sources: Source[], options: string[]): { stop(): void } {
  const jobs = sources.filter(source => source.enabled && source.schedule).map(source =>
    new Cron(source.schedule!, { timezone: catalogue.timeZone, protect: true, unref: true }, () => new Promise<void>(resolve => {
      const child = spawn(process.execPath, [...nodeFlags, join(root, 'dist/cli/main.js'), 'harvest', source.id, '--quiet', ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })))
  return { stop: () => jobs.forEach(job => job.stop()) }
}
