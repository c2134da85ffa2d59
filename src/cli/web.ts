import type { RequestListener, Server } from 'node:http'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { version } from '../files.ts'
import { proxied } from '../harvest/http/proxied.ts'
import { type Ledger } from '../ledger/file/ledger.ts'
import { reindex } from '../ledger/records/reindex.ts'
import { rankSources } from '../ledger/sources/priorities.ts'
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
import { type Context } from './context.ts'
import { endpointsOf } from './endpoints.ts'
import { feedsOf } from './feeds.ts'
import { log, report } from './log.ts'
import { previewsOf } from './previews.ts'
import { reachOf } from './reach.ts'

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
  // Who has the port is known before anything is read, and who asks meanwhile is told to come back.
  let app: RequestListener = starting
  const server = await listen(serverOf((request, response) => app(request, response)).listen(port, options.host), port, options.host)
  try {
    const { takeUp, ready, close } = await openBehind(catalogue, sources, ledger, context, options, next => (app = next))
    const { port: actual } = server.address() as { port: number }
    const name = options.host.includes(':') ? `[${options.host}]` : options.host === '127.0.0.1' || options.host === '0.0.0.0' ? 'localhost' : options.host
    return {
      url: `http://${name}:${actual}/`,
      ready,
      takeUp,
      close: async () => {
        await finished(server)
        await close()
      },
    }
  } catch (error) {
    server.closeAllConnections()
    server.close()
    throw error
  }
}

/** What everybody is told until the lists are read and the store is open. */
const starting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'Retry-After': '2' })
  response.end(`${JSON.stringify({ type: 'about:blank', title: 'Starting', status: 503, detail: 'The catalogue is starting. Ask again in a moment.' })}\n`)
}

/** Opens what stands behind the server, and tells what answers from now on. */
async function openBehind(
  catalogue: Catalogue,
  sources: Source[],
  ledger: Ledger,
  context: Context,
  options: { data: string; quiet?: boolean },
  answerWith: (app: RequestListener) => void,
): Promise<Omit<Web, 'url'>> {
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
    reach: reachOf(catalogue),
    ...(catalogue.http.proxy && { outside: proxied(catalogue.http.proxy) }),
    report: (error: unknown, request?: Failed) => report(context, error, request),
  }
  let readers = openReaders(web)
  answerWith(webApp(web, readers.read))
  /** Threads that answer what was asked before the sources changed. */
  const former = new Set<typeof readers>()
  return {
    ready: () => store.ready(),
    // Who was asked before answers what he was asked.
    takeUp: changed => {
      sources.splice(0, sources.length, ...changed)
      store.learn(sources)
      const before = readers
      former.add(before)
      readers = openReaders(web)
      answerWith(webApp(web, readers.read))
      setTimeout(() => former.delete(before) && void before.close(), graceMs).unref()
    },
    close: async () => void (await Promise.all([...former, readers, store, checks].map(each => each.close()))),
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
