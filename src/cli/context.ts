import { resolve } from 'node:path'
import { readCatalogue, type Catalogue } from '../config/catalogue.ts'
import { readSources, type Source } from '../config/sources.ts'
import { protocolOptions } from '../harvest/protocols/index.ts'

/** What commands use of the outside. */
export interface Context {
  env: NodeJS.ProcessEnv
  /** Sets the exit code of the process. */
  finish(code: number): void
}

/** The options of all commands. */
export interface CommonOptions {
  catalogue: string
  data: string
  json?: boolean
  quiet?: boolean
}

/** Reads the edition and its sources; throws a Problem with file and line where anything in them is wrong. */
export function readEdition({ catalogue: file }: Pick<CommonOptions, 'catalogue'>, { env }: Context): { catalogue: Catalogue; sources: Source[] } {
  const catalogue = readCatalogue(resolve(file), env)
  return { catalogue, sources: readSources(catalogue, protocolOptions, env) }
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
