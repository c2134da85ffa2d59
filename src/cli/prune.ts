import { Command } from 'commander'
import { metSources } from '../ledger/sources/memory.ts'
import { prune, wholeFrom, type Pruned } from '../ledger/sources/prune.ts'
import { choose, print, readEdition, withLedger, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  dryRun?: boolean
}

/** `fihrist prune [SOURCE…]`: lets go what the edition's `retention` does not keep. */
export function pruneCommand(context: Context): Command {
  return new Command('prune')
    .description('let go former versions, payloads and runs that the retention does not keep')
    .argument('[source...]', 'ids of sources; all where none is named')
    .option('--dry-run', 'say what would go, and let nothing go')
    .action(async (ids: string[], options: Options) => {
      const {
        catalogue: { retention },
        sources,
      } = readEdition(options, context)
      await withLedger(options, ledger => {
        // Of sources that the edition no longer has there are versions and runs too.
        const known = [...new Set([...sources.map(source => source.id), ...metSources(ledger)])].map(id => ({ id }))
        const chosen = choose(known, ids.length > 0 ? ids : known.map(({ id }) => id))
        const at = new Date().toISOString()
        const pruned = chosen.map(({ id }) => ({ source: id, ...prune(ledger, id, retention, at, options.dryRun) }))
        if (options.json) print(context, JSON.stringify({ dryRun: options.dryRun ?? false, wholeFrom: wholeFrom(ledger), sources: pruned }))
        else if (!options.quiet) {
          for (const each of pruned) print(context, toText(each, options.dryRun ?? false))
          print(context, `The catalogue is whole from revision ${wholeFrom(ledger)} on${options.dryRun ? ' (dry run: nothing was let go)' : ''}.`)
        }
      })
    })
}

function toText({ source, bytes, ...counts }: Pruned & { source: string }, dryRun: boolean): string {
  const said = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  if (said.length === 0) return `${source}: nothing to let go`
  return `${source}: ${dryRun ? 'would let go' : 'let go'} ${said.join(', ')} (${(bytes / 1000).toFixed(0)} kB)`
}
