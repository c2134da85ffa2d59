import { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { checkLinks } from '../harvest/links/pass.ts'
import { lockLinks } from '../ledger/file/lock.ts'
import { linkStates } from '../ledger/links/links.ts'
import { countLinks, deadLinks } from '../ledger/links/uses.ts'
import { choose, print, readEdition, tell, withLedger, type CommonOptions, type Context } from './context.ts'
import { progressBar } from './progress.ts'
import { stoppable } from './stop.ts'

/** `fihrist links [SOURCE…]`: asks the addresses of files whether they answer. */
export function links(context: Context): Command {
  return new Command('links')
    .description('ask the addresses of files whether they answer, politely')
    .argument('[source...]', 'ids of sources; all that are enabled where none is named')
    .action(async (ids: string[], options: CommonOptions) => {
      const { catalogue, sources } = readEdition(options, context)
      const chosen = choose(sources, ids).map(({ id }) => id)
      await withLedger(options, async ledger => {
        const unlock = lockLinks(ledger)
        const bar = progressBar('links', context, options)
        const stopping = () => {
          if (!options.quiet) tell(context, 'fihrist: Stopping; what was asked is kept. Once more ends it at once.')
        }
        let asked = 0
        try {
          await stoppable(context.unread, stopping, async signal => {
            const progress = (count: number, expected: number) => {
              asked = count
              bar.update(count, expected)
            }
            await checkLinks({ catalogue, ledger, sources: chosen, now: systemClock, signal, progress }).catch(error => {
              if (!signal.aborted) throw error
            })
          })
        } finally {
          bar.stop()
          unlock()
        }
        const rows = chosen.map(source => ({ source, ...countLinks(ledger, source), deadLinks: deadLinks(ledger, source) }))
        if (options.json) return print(context, JSON.stringify({ asked, sources: rows }))
        if (!options.quiet) print(context, `${asked} addresses asked`)
        for (const { source, deadLinks: dead, ...counts } of rows) {
          const said = [...linkStates, 'unasked' as const].filter(state => counts[state] > 0).map(state => `${counts[state]} ${state}`)
          print(context, `  ${source.padEnd(28)} ${said.join(', ') || 'no addresses'}`)
          for (const { url, status, problem, failing_since: since, record, records } of dead)
            print(context, `    dead: ${url} (${status ?? problem}, since ${since?.slice(0, 10)}) in ${record}${records > 1 ? ` and ${records - 1} more` : ''}`)
        }
      })
    })
}
