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
import type { Failed } from '../web/site/site.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { endpointsOf } from './endpoints.ts'
import { feedsOf } from './feeds.ts'
import { log, report } from './log.ts'
import { previewsOf } from './previews.ts'
import { onStop } from './stop.ts'
import { watchSources } from './watch.ts'

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

/** The web side of a catalogue, which listens. */
export interface Web {
  url: string
  /** Resolves when the store has followed the ledger. */
  ready(): Promise<void>
  /** Goes on with other sources. */
  takeUp(sources: Source[]): void
  close(): Promise<void>
}

/** Milliseconds that answers which are under way have, when the server is stopped. */
const graceMs = 10_000

/** Opens the store and listens. Throws `port-in-use`, naming the way out. */
export async function openWeb(
  catalogue: Catalogue,
  sources: Source[],
  ledger: Ledger,
  context: Context,
  options: { port: string; host: string; data: string; quiet?: boolean },
): Promise<Web> {
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
  if (indexed > 0) log(context, { event: 'index', message: `Search and lists were made anew for ${indexed} records.`, records: indexed }, options)
  const publication = { catalogue, sources, ledger, vocabulary }
  const store = openStore(catalogue.store, publication, options.data, {
    tell: message => log(context, { event: 'store', message }, options),
    outside: endpointsOf(catalogue),
  })
  const { shapes, base, words, compliance = 'dcat-ap' } = catalogue
  const checks = openChecks({ shapes, base, profile: compliance, words, vocabulary, fetch: feedsOf(catalogue) })
  const web = {
    publication,
    store,
    rules,
    standards,
    version,
    checks,
    preview: previewsOf(catalogue),
    report: (error: unknown, request?: Failed) => report(context, error, request),
  }
  let readers = openReaders(web)
  let app = webApp(web, readers.read)
  /** Threads that answer what was asked before the sources changed. */
  const former = new Set<typeof readers>()
  const closeBehind = () => Promise.all([...former, readers, store, checks].map(each => each.close()))
  try {
    const server = await listen(serverOf((request, response) => app(request, response)).listen(port, options.host), port, options.host)
    const { port: actual } = server.address() as { port: number }
    return {
      ready: () => store.ready(),
      url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host === '127.0.0.1' || options.host === '0.0.0.0' ? 'localhost' : options.host}:${actual}/`,
      // Who was asked before answers what he was asked.
      takeUp: changed => {
        sources.splice(0, sources.length, ...changed)
        store.learn(sources)
        const before = readers
        former.add(before)
        readers = openReaders(web)
        app = webApp(web, readers.read)
        setTimeout(() => former.delete(before) && void before.close(), graceMs).unref()
      },
      close: async () => {
        await finished(server)
        await closeBehind()
      },
    }
  } catch (error) {
    await closeBehind()
    throw error
  }
}

/** Takes no more requests, lets those that are under way be answered, for a while, and ends. */
async function finished(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const over = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(over)
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
