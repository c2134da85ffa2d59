import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { addressRange, httpUrl, languageCode } from '../config/keys.ts'
import { root } from '../files.ts'
import { Problem, sentence, unwritable } from '../problem.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { editionFiles } from './init/files.ts'
import type { Wished } from './init/wished.ts'
import { probeFor } from './probe.ts'

interface Options extends CommonOptions {
  title: string
  base: string
  languages: string
  country?: string
  publisher?: string
  url?: string
  allow?: string
}

/** `fihrist init`: an edition for a country and its languages, in an empty folder. */
export function initCommand(context: Context): Command {
  return new Command('init')
    .description('write an edition into an empty folder: catalogue.yaml, lists of its own, a first source')
    .argument('[folder]', 'the folder, which is made where there is none', '.')
    .requiredOption('--title <text>', 'what the catalogue is called')
    .requiredOption('--base <url>', 'the address that it will have, from which everything in it is named')
    .requiredOption('--languages <codes>', 'its languages (BCP 47), the first one first: de,en')
    .option('--country <code>', 'the country that it covers (ISO 3166-1): DE')
    .option('--publisher <name>', 'who runs it; the title where it is not said')
    .option('--url <portal>', 'a portal, for the first source')
    .option('--allow <range>', 'a range of private addresses in which portals may lie: 10.0.0.0/8')
    .action(async (folder: string, options: Options) => {
      const wished = read(options)
      const where = resolve(folder)
      refuseUsed(where)
      const { concepts } = await loadVocabulary(join(root, 'ontologies'), wished.base)
      // What git holds of a folder already, such as a .gitignore, stays as it is.
      const files = [...editionFiles(wished, concepts)].filter(([path]) => !existsSync(join(where, path)))
      for (const [path, text] of files) write(join(where, path), text)
      const written = files.map(([path]) => path)
      const catalogue = join(where, 'catalogue.yaml')
      readEdition({ catalogue }, context)
      if (!options.quiet && !options.json) print(context, `Written to ${where}: ${written.join(', ')}.`)
      if (options.url) await probeFor(options.url, { ...options, catalogue, write: true }, context)
      else if (options.json) print(context, JSON.stringify({ folder: where, files: written }))
      if (!options.quiet && !options.json)
        print(context, 'Next: fihrist check; fihrist probe URL --write for each portal; fihrist harvest SOURCE --dry-run; fihrist serve.')
    })
}

/** What is wished for. Throws `configuration`, naming the option that is none. */
function read({ title, base, languages, country, publisher, allow }: Options): Wished {
  const refuse = (option: string, value: string, expected: string) => new Problem('configuration', `--${option}: "${value}" is not right: ${expected}.`)
  if (!httpUrl.safeParse(base).success) throw refuse('base', base, 'expected an address such as https://data.example.org')
  const tags = languages.split(/[\s,]+/).filter(Boolean)
  const wrong = tags.length === 0 ? languages : tags.find(tag => !languageCode.safeParse(tag).success)
  if (wrong !== undefined) throw refuse('languages', wrong, 'expected language codes such as de,en or pt-BR')
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw refuse('country', country, 'expected two capital letters such as DE')
  if (allow !== undefined && !addressRange.safeParse(allow).success) throw refuse('allow', allow, 'expected a range of addresses such as 10.0.0.0/8')
  return { title, base: base.replace(/\/+$/, ''), languages: [...new Set(tags)], country, publisher: publisher ?? title, allow }
}

/** What a folder may hold before: what npm and git put there. */
const passes = (name: string) => name.startsWith('.') || /^(node_modules|package(-lock)?\.json|fihrist-.*\.tgz)$/.test(name)

/** Throws `configuration` for a folder that somebody keeps something in: nothing of it is written over. */
function refuseUsed(folder: string): void {
  let held: string[]
  try {
    held = readdirSync(folder).filter(name => !passes(name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new Problem('configuration', `${folder} cannot be read: ${sentence(error)}.`, { file: folder }, error)
  }
  if (held.length === 0) return
  const named = `${held.slice(0, 3).join(', ')}${held.length > 3 ? ` and ${held.length - 3} more` : ''}`
  throw new Problem('configuration', `${folder} is not empty (${named}), and is left as it is. Name a new folder: fihrist init FOLDER …`, { file: folder })
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    throw unwritable(file, error, { file })
  }
}
