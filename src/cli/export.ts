import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Command, Option } from 'commander'
import { openLedger } from '../ledger/file/ledger.ts'
import { exportText } from '../outlets/dump.ts'
import { Problem, sentence } from '../problem.ts'
import { formatByName, formats } from '../rdf/formats.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { readEdition, type CommonOptions, type Context } from './context.ts'
import { currentRevision } from '../ledger/records/revisions.ts'

interface Options extends CommonOptions {
  format: string
  source?: string
  output?: string
}

/** `fihrist export`: the published catalogue as one RDF text, streamed. */
export function exportCatalogue(context: Context): Command {
  return new Command('export')
    .description('write the published catalogue as RDF')
    .addOption(new Option('--format <format>', 'RDF format').choices(formats.map(format => format.name)).default('nquads'))
    .option('--source <id>', 'only what comes from one source')
    .option('-o, --output <file>', 'write to a file and not to standard output')
    .action(async (options: Options) => {
      const { catalogue, sources } = readEdition(options, context)
      if (options.source && !sources.some(source => source.id === options.source))
        throw new Problem('configuration', `There is no source "${options.source}"; there are: ${sources.map(source => source.id).join(', ') || 'none'}.`)
      const ledger = openLedger(options.data)
      try {
        const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
        const output = options.output ? createWriteStream(options.output) : process.stdout
        const broken = options.output
          ? once(output, 'error').then(([error]) => {
              throw new Problem('configuration', `${options.output} cannot be written: ${sentence(error)}.`)
            })
          : new Promise<never>(() => {})
        broken.catch(() => {})
        for await (const piece of exportText(
          { catalogue, ledger, sources, vocabulary },
          currentRevision(ledger),
          formatByName(options.format)!,
          options.source,
        )) {
          if (!output.write(piece)) await Promise.race([once(output, 'drain'), broken])
        }
        if (options.output) await Promise.race([new Promise<void>(resolve => output.end(resolve)), broken])
      } finally {
        ledger.close()
      }
    })
}
