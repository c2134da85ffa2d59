import type { Server } from 'node:http'
import { Command } from 'commander'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { version } from '../files.ts'
import { openLinkSchedule } from '../harvest/schedule/links.ts'
import { openSchedule } from '../harvest/schedule/schedule.ts'
import { openLedger, type Ledger } from '../ledger/file/ledger.ts'
import { reindex } from '../ledger/records/reindex.ts'
import { rankSources } from '../ledger/sources/priorities.ts'
import { keepScorecards } from '../outlets/scorecard/scorecard.ts'
import { Problem } from '../problem.ts'
import { openStore } from '../store/open.ts'
import { openChecks } from '../validate/checks/checks.ts'
import { loadProfile, profileNames, rulesOf } from '../validate/profiles.ts'
import { standardOf } from '../validate/standard.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { webApp } from '../web/app.ts'
import { serverOf } from '../web/http/server.ts'
import { openReaders } from '../web/readers.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { endpointsOf } from './endpoints.ts'
import { feedsOf } from './feeds.ts'
import { log, report } from './log.ts'
import { previewsOf } from './previews.ts'
import { onStop } from './stop.ts'

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
      onStop(context.unread, async () => {
        clearInterval(days)
        await Promise.all([schedule?.stop(), links?.stop()])
        await web.close()
        ledger.close()
      })
    })
}

/** Opens the store and listens. Throws `port-in-use`, naming the way out. */
export async function openWeb(
  catalogue: Catalogue,
  sources: Source[],
  ledger: Ledger,
  context: Context,
  options: { port: string; host: string; data: string; quiet?: boolean },
): Promise<{ url: string; ready(): Promise<void>; close(): Promise<void> }> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Problem('configuration', `--port: "${options.port}" is no port: use a number from 0 to 65535.`)
  const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
  const profiles = await Promise.all(catalogue.profiles.map(name => loadProfile(catalogue.shapes, catalogue.base, name)))
  const rules = new Map(profiles.flatMap(profile => [...rulesOf(profile)]))
  const shipped = await Promise.all(profileNames(catalogue.shapes).map(name => loadProfile(catalogue.shapes, catalogue.base, name)))
  const standards = shipped.map(standardOf)
  rankSources(ledger, sources)
  const indexed = reindex(ledger, vocabulary, catalogue.base)
  if (indexed > 0) log(context, { event: 'index', records: indexed }, options)
  const publication = { catalogue, sources, ledger, vocabulary }
  const store = openStore(catalogue.store, publication, options.data, {
    tell: message => log(context, { event: 'store', message }, options),
    outside: endpointsOf(catalogue),
  })
  const { shapes, base, words, compliance = 'dcat-ap' } = catalogue
  const checks = openChecks({ shapes, base, profile: compliance, words, vocabulary, fetch: feedsOf(catalogue) })
  const web = { publication, store, rules, standards, version, checks, preview: previewsOf(catalogue), report: (error: unknown) => report(context, error) }
  const readers = openReaders(web)
  const closeBehind = () => Promise.all([readers.close(), store.close(), checks.close()])
  try {
    const server = await listen(serverOf(webApp(web, readers.read)).listen(port, options.host), port, options.host)
    const { port: actual } = server.address() as { port: number }
    return {
      ready: () => store.ready(),
      url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host === '127.0.0.1' || options.host === '0.0.0.0' ? 'localhost' : options.host}:${actual}/`,
      close: async () => {
        server.closeAllConnections()
        await new Promise(resolve => server.close(resolve))
        await closeBehind()
      },
    }
  } catch (error) {
    await closeBehind()
    throw error
  }
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  // Longer than browsers and proxies keep a connection: one that is closed as somebody asks over it is an error to him.
  server.keepAliveTimeout = 75_000
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem('port-in-use', `Port ${port} of ${host} is in use by another program. Stop it, or choose another: --port ${port + 1}.`)
          : new Problem('configuration', `Cannot listen on ${host}:${port}: ${error.message}.`),
      ),
    )
  })
}
