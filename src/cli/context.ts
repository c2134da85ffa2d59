import { resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { readCatalogue, type Catalogue } from '../config/catalogue.ts'
import { readSources, type Source } from '../config/sources.ts'
import { protocolOptions } from '../harvest/protocols/index.ts'
import { openLedger, type Ledger } from '../ledger/file/ledger.ts'
import { Problem } from '../problem.ts'
import { shown } from '../shown.ts'
import { sayWordsOf, spokenLanguages } from '../words/words.ts'

/** What lies outside of the program: its environment, and the three streams of a process. */
export interface Outside {
  env: NodeJS.ProcessEnv
  /** Standard output: results. */
  out: Writable
  /** Standard error: what is wrong, how far a command has come, and the log of a service. */
  err: Writable & { isTTY?: boolean }
  /** Aborted when nobody reads standard output any more (`fihrist export | head`): what has much to do ends then. */
  unread: AbortSignal
  /** All of standard input. */
  input(): Uint8Array
}

/** What commands use of the outside. */
export interface Context extends Outside {
  /** Sets the exit code of the command line; without it, it is 0. */
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
export function readEdition({ catalogue: file }: Pick<CommonOptions, 'catalogue'>, { env }: Pick<Context, 'env'>): { catalogue: Catalogue; sources: Source[] } {
  const catalogue = readCatalogue(resolve(file), env)
  sayWordsOf(catalogue.words)
  return { catalogue, sources: readSources(catalogue, protocolOptions, env) }
}

/** The sources of these ids; all that are enabled where there are none. Throws `configuration` for an id that no source has. */
export function choose<Each extends { id: string; enabled?: boolean }>(sources: Each[], ids: string[]): Each[] {
  const unknown = ids.find(id => !sources.some(source => source.id === id))
  if (unknown) throw new Problem('configuration', `There is no source "${unknown}"; there are: ${sources.map(source => source.id).join(', ') || 'none'}.`)
  return ids.length > 0 ? sources.filter(source => ids.includes(source.id)) : sources.filter(source => source.enabled)
}

/** Opens the ledger for what is done with it, and closes it however that ends. */
export async function withLedger<Result>({ data }: Pick<CommonOptions, 'data'>, use: (ledger: Ledger) => Result | Promise<Result>): Promise<Result> {
  const ledger = openLedger(data)
  try {
    return await use(ledger)
  } finally {
    ledger.close()
  }
}

/** The number of things that `--most` asks for. Throws `configuration` for what is none. */
export function mostOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new Problem('configuration', `--most: "${text}" is no number. Use one such as 100.`)
}

/** A line of results. */
export const print = ({ out }: Pick<Context, 'out'>, text: string): void => void out.write(`${shown(text)}\n`)

/** A line for whoever sits before the screen. */
export const tell = ({ err }: Pick<Context, 'err'>, text: string): void => void err.write(`${shown(text)}\n`)

/** Said where something is asked of what is held, and nothing is. */
export const tellNothing = (context: Pick<Context, 'err'>, { data, quiet }: Pick<CommonOptions, 'data' | 'quiet'>): void => {
  if (!quiet) tell(context, `Nothing has been harvested into ${data} yet: run fihrist harvest.`)
}

/**
 * The language in which a command says what it found: the one that was asked for, else the first of the edition, whose own words are said too. Throws
 * `configuration` for a language in which there are no words.
 */
export function languageFor(asked: string | undefined, edition: Pick<Catalogue, 'words' | 'languages'> | undefined): string {
  if (edition) sayWordsOf(edition.words)
  const known = spokenLanguages()
  if (asked !== undefined && !known.includes(asked))
    throw new Problem('configuration', `--lang: there are no words in "${asked}"; use one of: ${known.join(', ')}. An edition has its own in words/.`)
  return asked ?? edition?.languages[0] ?? 'en'
}
