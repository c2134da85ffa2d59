import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's own folder, seen alike from `src/` and from the compiled `dist/`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Reads one of the project's own text files, by its path from the root. */
export function readOwn(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The URL of a worker that lies beside `module`: TypeScript when run from source, JavaScript when compiled. */
export function workerBeside(module: string, name: string): URL {
  return new URL(`./${name}${module.endsWith('.ts') ? '.ts' : '.js'}`, module)
}
