import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { readCatalogue } from '../config/catalogue.ts'
import { root } from '../files.ts'
import { checkTable } from '../inventory/check.ts'
import { spoken } from '../inventory/columns.ts'
import { readTable } from '../inventory/table.ts'
import { templateCsv, templateXlsx } from '../inventory/template.ts'
import { Problem, sentence } from '../problem.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { wordsIn } from '../words/words.ts'
import { languageFor, print, tell, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  lang?: string
  output?: string
}

/** `fihrist inventory check FILE` and `fihrist inventory template`: for those who keep an inventory as a table. */
export function inventoryCommand(context: Context): Command {
  const language = () => new Option('--lang <language>', 'language of what is said: one of the program or the edition')
  const command = new Command('inventory').description('check an inventory (CSV or XLSX), or write an empty one')
  command
    .command('check')
    .description('say line by line what is to be mended in an inventory')
    .argument('<file>', 'a CSV or XLSX file, or - for standard input')
    .addOption(language())
    .action(async (file: string, _options: Options, self: Command) => {
      const options = self.optsWithGlobals<Options>()
      const { lang, lists, base } = await means(options, context)
      const name = file === '-' ? 'stdin' : basename(file)
      const table = await readTable(read(file, context), name)
      const remarks = [...checkTable(table, { file: name, language: lang, lists, base })]
      const errors = remarks.filter(({ level }) => level === 'error').length
      if (options.json)
        print(
          context,
          JSON.stringify(
            {
              file: name,
              rows: table.entries.length,
              errors,
              warnings: remarks.length - errors,
              remarks,
              ...(table.problem && { problem: table.problem.message }),
            },
            null,
            2,
          ),
        )
      else {
        const { t } = wordsIn(lang)
        for (const { level, message } of remarks) print(context, `${t(`inventory.${level}`)}${lang === 'fr' ? ' :' : ':'} ${message}`)
        print(
          context,
          t(remarks.length === 0 ? 'inventory.well' : 'inventory.told', { file: name, rows: table.entries.length, errors, warnings: remarks.length - errors }),
        )
      }
      if (table.problem) tell(context, `fihrist: ${table.problem.message}`)
      context.finish(table.problem ? 2 : errors > 0 ? 1 : 0)
    })
  command
    .command('template')
    .description('write an empty inventory with the lists of the edition')
    .option('-o, --output <file>', 'a .xlsx or .csv file', 'inventory.xlsx')
    .addOption(language())
    .action(async (_options: Options, self: Command) => {
      const options = self.optsWithGlobals<Options>()
      const { lang, lists, base } = await means(options, context)
      const file = options.output!
      if (!/\.(xlsx|csv)$/i.test(file))
        throw new Problem('unknown-format', `${file}: an inventory is written as .xlsx or .csv. Let the name end in one of them.`, { file })
      try {
        writeFileSync(file, /\.csv$/i.test(file) ? templateCsv(spoken(lang)) : await templateXlsx(spoken(lang), lists, base), { flag: 'wx' })
      } catch (error) {
        throw new Problem('configuration', `${file} cannot be written: ${sentence(error)}. Choose another name by -o.`, { file }, error)
      }
      if (!options.quiet) print(context, options.json ? JSON.stringify({ file: resolve(file) }) : file)
    })
  return command
}

/** The lists of the edition where there is one, else those that are shipped. */
async function means({ catalogue: file, lang }: Options, { env }: Context) {
  const edition = existsSync(file) ? readCatalogue(resolve(file), env) : undefined
  const { base, ontologies } = edition ?? { base: 'https://example.org', ontologies: resolve(root, 'ontologies') }
  return { base, lang: languageFor(lang, edition), lists: await loadVocabulary(ontologies, base) }
}

function read(file: string, { input }: Context): Uint8Array {
  try {
    return file === '-' ? input() : readFileSync(file)
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${sentence(error)}.`, { file }, error)
  }
}
