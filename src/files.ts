import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's own folder, seen alike from `src/` and from the compiled `dist/`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Reads one of the project's own text files, by its path from the root. */
export function readOwn(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The version of the program. */
export const { version } = JSON.parse(readOwn('package.json')) as { version: string }

/** The URL of a worker that lies beside `module`: TypeScript when run from source, JavaScript when compiled. */
export function workerBeside(module: string, name: string): URL {
  return new URL(`./${name}${module.endsWith('.ts') ? '.ts' : '.js'}`, module)
}

/**
 * How Node is started for a harvest, here and in the first line of cli/main.ts: left to itself, V8 lets three threads' garbage grow to a gigabyte
 * before it looks; with these it stays under half of that, for about a tenth more work. Room for what is young is there from the beginning: a process that
 * starts makes much of it, and would be cleared again and again.
 */
export const nodeFlags = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--heap-growing-percent=20']
