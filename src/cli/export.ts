import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { Command, Option } from 'commander'
import { currentRevision } from '../ledger/records/revisions.ts'
import { exportText } from '../outlets/dump.ts'
import { Problem, unwritable } from '../problem.ts'
import { formatByName, formats } from '../rdf/formats.ts'
import { bulkText } from '../store/bulk.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { readEdition, tellNothing, withLedger, type CommonOptions, type Context } from './context.ts'
import { written } from './outside.ts'

interface Options extends CommonOptions {
  format: string
  source?: string
  output?: string
  store?: true
}

/** `fihrist export`: the published catalogue as one RDF text, streamed. */
export function exportCatalogue(context: Context): Command {
  return new Command('export')
    .description('write the published catalogue as RDF')
    .addOption(new Option('--format <format>', 'RDF format').choices(formats.map(format => format.name)).default('nquads'))
    .option('--source <id>', 'only what comes from one source')
    .option('--store', 'all that a SPARQL server is to hold (store.kind: sparql), as N-Quads for its bulk loader')
    .option('-o, --output <file>', 'write to a file and not to standard output')
    .action(async (options: Options) => {
      const { catalogue, sources } = readEdition(options, context)
      if (options.source && !sources.some(source => source.id === options.source))
        throw new Problem('configuration', `There is no source "${options.source}"; there are: ${sources.map(source => source.id).join(', ') || 'none'}.`)
      if (options.store && catalogue.store.kind !== 'sparql')
        throw new Problem('configuration', '--store writes what a SPARQL server is to hold: name the server in catalogue.yaml first (store.kind: sparql).')
      await withLedger(options, async ledger => {
        if (currentRevision(ledger) === 0) tellNothing(context, options)
        const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
        const publication = { catalogue, ledger, sources, vocabulary }
        const text = options.store ? bulkText(publication) : exportText(publication, currentRevision(ledger), formatByName(options.format)!, options.source)
        if (options.output === undefined) return void (await writeAll(text, context.out))
        const file = createWriteStream(options.output).on('error', () => {})
        if (await writeAll(text, file, options.output)) await ended(file, options.output)
      })
    })
}

/** Whether all of it was written: not where nobody reads on. */
async function writeAll(text: AsyncIterable<string> | Iterable<string>, stream: Writable, name?: string): Promise<boolean> {
  for await (const piece of text) if (!(await written(stream, piece, name))) return false
  return true
}

const ended = (file: Writable, name: string) =>
  new Promise<void>((resolve, reject) => file.end((error?: Error | null) => (error ? reject(unwritable(name, error)) : resolve())))
