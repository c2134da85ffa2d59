import { Command } from 'commander'
import { openLinkSchedule } from '../harvest/schedule/links.ts'
import { openSchedule } from '../harvest/schedule/schedule.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import { rankSources } from '../ledger/sources/priorities.ts'
import { keepScorecards } from '../outlets/scorecard/scorecard.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { log } from './log.ts'
import { onStop } from './stop.ts'
import { watchSources } from './watch.ts'
import { openWeb } from './web.ts'

interface Options extends CommonOptions {
  port: string
  host: string
  schedule: boolean
}

/** Scorecards are kept of days on which nothing is harvested too: what is on time depends on the day. */
const hourMs = 3_600_000

/** `fihrist serve`: pages, SPARQL, feeds and the schedule. */
export function serve(context: Context): Command {
  return new Command('serve')
    .description('serve pages, SPARQL and feeds, and harvest on schedule')
    .option('--port <number>', 'port to listen on', '3000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--no-schedule', 'do not harvest')
    .action(async (options: Options) => {
      const { catalogue, sources } = readEdition(options, context)
      const ledger = openLedger(options.data)
      const web = await openWeb(catalogue, sources, ledger, context, options).catch(error => {
        ledger.close()
        throw error
      })
      if (!options.quiet) print(context, `Fihrist serves ${catalogue.base} on ${web.url}`)
      const schedule = options.schedule
        ? openSchedule({
            catalogue,
            sources,
            ledger,
            args: ['--catalogue', options.catalogue, '--data', options.data],
            log: line => log(context, line, options),
          })
        : undefined
      const days = options.schedule ? setInterval(() => keepScorecards(ledger), hourMs) : undefined
      const links = options.schedule
        ? openLinkSchedule(catalogue, ['--catalogue', options.catalogue, '--data', options.data], line => log(context, line, options))
        : undefined
      const unwatch = watchSources(catalogue, context, options, changed => {
        rankSources(ledger, changed)
        web.takeUp(changed)
      })
      onStop(context.unread, async () => {
        unwatch()
        clearInterval(days)
        log(context, { event: 'stopping', message: 'Stopping: what runs is ended tidily. Once more ends it at once.' }, options)
        await Promise.all([schedule?.stop(), links?.stop(), web.close()])
        ledger.close()
      })
    })
}
