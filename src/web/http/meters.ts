import { statSync } from 'node:fs'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { countAdmissions } from '../../ledger/records/records.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { waitingRequests } from '../../ledger/runs/run-requests.ts'
import { countRuns, outcomes } from '../../ledger/runs/runs.ts'
import type { Publication } from '../../outlets/publication.ts'
import { standingIn, type SourceStanding } from '../../outlets/standing.ts'
import type { Copy } from '../../store/store.ts'
import { withoutLanguage } from '../page/page.ts'
import type { Site } from '../site/site.ts'

/** What is looked up once for all that is told at a moment. */
interface Seen {
  site: Site
  standings: SourceStanding[]
  copies: Copy[]
}
type Told = [labels: Record<string, string>, value: number]
interface Meter {
  help: string
  labels?: string[]
  read(seen: Seen): Told[]
}

const one = (value: number): Told[] => [[{}, value]]
const bytesOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
const ofSources = (read: (standing: SourceStanding) => number | undefined) => ({
  labels: ['source'],
  read: ({ standings }: Seen): Told[] =>
    standings.flatMap(each => {
      const value = read(each)
      return value === undefined ? [] : [[{ source: each.source.id }, value] as Told]
    }),
})
const behind = (copies: Copy[], of: 'revisions' | 'seconds') => Math.max(0, ...copies.map(copy => copy.behind?.[of] ?? 0))

/** What is told of the catalogue when somebody asks, by the name of the metric. Add one: a line; docs/operate.md names them. */
const meters: Record<string, Meter> = {
  fihrist_revision: { help: 'The newest revision of the catalogue.', read: ({ site }) => one(currentRevision(site.publication.ledger)) },
  fihrist_records: {
    help: 'Records held, by whether they are published, quarantined, withheld, missing or removed.',
    labels: ['admission'],
    read: ({ site }) => Object.entries(countAdmissions(site.publication.ledger)).map(([admission, count]) => [{ admission }, count]),
  },
  fihrist_ledger_bytes: {
    help: 'Bytes of the ledger on disk, its log included.',
    read: ({ site: { publication } }) => one(bytesOf(publication.ledger.file) + bytesOf(`${publication.ledger.file}-wal`)),
  },
  fihrist_runs: {
    help: 'Harvests in the ledger, by source and how they ended.',
    labels: ['source', 'state'],
    read: ({ site }) => countRuns(site.publication.ledger).map(({ source, state, count }) => [{ source, state }, count]),
  },
  fihrist_last_run_records: {
    help: 'Records of the last harvest of a source, by what became of them.',
    labels: ['source', 'outcome'],
    read: ({ standings }) =>
      standings.flatMap(({ source, last }) => (last ? outcomes.map((outcome): Told => [{ source: source.id, outcome }, last[outcome]]) : [])),
  },
  fihrist_last_good_run_age_seconds: {
    help: 'Seconds since the last harvest that read the source to its end.',
    ...ofSources(({ lagMs }) => lagMs && lagMs / 1000),
  },
  fihrist_source_late: {
    help: '1 where a harvest of an enabled source is overdue or went wrong.',
    ...ofSources(({ source, late }) => (source.enabled ? Number(late) : undefined)),
  },
  fihrist_source_broken_runs: { help: 'Harvests since the last good one, none of which was.', ...ofSources(({ broken }) => broken?.runs ?? 0) },
  fihrist_run_requests_waiting: {
    help: 'Runs that were asked for and have not begun.',
    read: ({ site }) => one(waitingRequests(site.publication.ledger).length),
  },
  fihrist_store_copies: {
    help: 'Copies of the SPARQL store, by whether they answer.',
    labels: ['ready'],
    read: ({ copies }) => [true, false].map(ready => [{ ready: String(ready) }, copies.filter(copy => copy.ready === ready).length]),
  },
  fihrist_store_lag_revisions: { help: 'Revisions that the last copy of the store has yet to follow.', read: ({ copies }) => one(behind(copies, 'revisions')) },
  fihrist_store_lag_seconds: { help: 'Seconds that the oldest of them has been waiting.', read: ({ copies }) => one(behind(copies, 'seconds')) },
  fihrist_store_bytes: { help: 'Bytes of memory of all copies.', read: ({ copies }) => one(copies.reduce((sum, { bytes = 0 }) => sum + bytes, 0)) },
  fihrist_store_queries_waiting: { help: 'Queries that wait for their turn.', read: ({ site }) => one(site.store.waiting) },
}

/** Counts what is asked of a site, and tells how it is, as Prometheus reads it. */
export interface Meters {
  /** Comes before all else. */
  count: RequestHandler
  mediaType: string
  text(): Promise<string>
}

const opened = new WeakMap<Publication, Meters>()

/** The meters of what is published, which are opened once. */
export function metersOf(site: Site): Meters {
  const known = opened.get(site.publication)
  if (known) return known
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauges = Object.entries(meters).map(([name, { help, labels: labelNames = [], read }]) => ({
    gauge: new Gauge({ name, help, labelNames, registers: [registry] }),
    read,
  }))
  const made = { count: counting(site, registry), mediaType: registry.contentType, text }
  opened.set(site.publication, made)
  return made

  async function text(): Promise<string> {
    const seen = {
      site,
      standings: site.publication.sources.map(source => standingIn(site.publication, source)),
      copies: await site.store.copies(),
    }
    for (const { gauge, read } of gauges) {
      gauge.reset()
      for (const [labels, value] of read(seen)) gauge.set(labels, value)
    }
    return registry.metrics()
  }
}

/** Requests by the first part of their path, where a route begins with it: what people ask for cannot make labels. */
function counting(site: Site, registry: Registry): RequestHandler {
  const known = new Set(['/static', ...site.routes.map(({ path }) => firstOf(path))])
  const seconds = new Histogram({
    name: 'fihrist_http_request_seconds',
    help: 'Seconds from a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  return (request, response, next) => {
    const began = performance.now()
    const { method } = request
    const first = firstOf(withoutLanguage(site, request.originalUrl).replace(/\?.*/s, ''))
    const route = known.has(first) ? first : 'other'
    response.once('close', () =>
      seconds.observe({ route, method, status: response.writableFinished ? response.statusCode : 499 }, (performance.now() - began) / 1000),
    )
    next()
  }
}

/** `/dataset/population` → `/dataset`; `/catalog.ttl` → `/catalog`. */
const firstOf = (path: string): string => (path.startsWith('/:') ? 'other' : (/^\/[^/:.]*/.exec(path)?.[0] ?? 'other'))
