import type { Source } from '../../config/sources.ts'
import { lockSource } from '../../ledger/file/lock.ts'
import { pack } from '../../ledger/file/pack.ts'
import { rankSources } from '../../ledger/sources/priorities.ts'
import { selectRecords } from '../../ledger/records/records.ts'
import { Problem } from '../../problem.ts'
import { lines } from '../../rdf/serialise.ts'
import { openBatch, type Batch } from './batch.ts'
import { defaultsOf, type Engine } from './engine.ts'
import { politeHttp, type Fetch, type Open } from '../http/fetch.ts'
import { finish, refused, type Report } from './finish.ts'
import { judgeAnew, noteRules } from './revalidate.ts'
import { rememberPages, type Pages } from './pages.ts'
import type { Harvest, Harvested } from '../protocol.ts'
import { protocols } from '../protocols/index.ts'
import { begin, fail, lose, type RunOptions, type State } from './state.ts'
import { keep, take } from './take.ts'
import { takeWaiting } from './waiting.ts'
import { rememberSource } from '../../ledger/sources/memory.ts'

export type { Report } from './finish.ts'
export type { RunOptions } from './state.ts'

/** One harvest of one source: fetch → map → normalise → digest → validate → commit, one page and one batch in memory. Another process that harvests it is not disturbed. */
export async function run(source: Source, engine: Engine, options: RunOptions = {}): Promise<Report> {
  let unlock = () => {}
  try {
    if (!options.dryRun) unlock = lockSource(engine.ledger, source.id)
  } catch (error) {
    if (error instanceof Problem) return refused(source, engine, error)
    throw error
  }
  try {
    return await locked(source, engine, options)
  } finally {
    unlock()
  }
}

async function locked(source: Source, engine: Engine, options: RunOptions): Promise<Report> {
  if (!options.dryRun) rankSources(engine.ledger, [source])
  const state = begin(source, engine, options)
  noteRules(state)
  const batch = openBatch(state)
  const portal = portalOf(state)
  const pages = options.only === undefined ? rememberPages(state, portal) : undefined
  try {
    state.defaults = defaultsOf(source, engine.catalogue, engine.vocabulary)
    if (protocols[source.protocol]!.ownPages || !(await pages?.nothingNew())) {
      for await (const harvested of protocols[source.protocol]!.harvest(source, outside(state, pages ?? portal))) {
        options.signal?.throwIfAborted()
        await receive(state, batch, harvested)
      }
      if (!state.lost && state.repeats > 0 && state.counts.seen < (state.expected ?? 0)) lose(state, shuffled(state))
    }
  } catch (error) {
    state.broken = leftEarly(error, options)
    lose(state, error)
  }
  let judged = 0
  for (const last of [
    () => takeWaiting(state, batch),
    () => batch.end(),
    async () => {
      judged = await judgeAnew(state)
    },
  ]) {
    try {
      await last()
    } catch (error) {
      lose(state, error)
    }
  }
  return { ...finish(state), judged }
}

/** Whether the next run may go on from here: this one was stopped, or its portal fell silent. After an answer that makes no sense all is asked anew. */
const leftEarly = (error: unknown, { signal }: RunOptions): boolean =>
  signal?.aborted === true ||
  (error instanceof Problem && ['unreachable', 'timeout-connect', 'timeout-idle', 'timeout-total', 'http-status'].includes(error.code))

function portalOf({ source, options, engine: { catalogue } }: State): { fetch: Fetch; open: Open } {
  const polite = politeHttp(source.limits, catalogue.http, {
    signal: options.signal,
    robots: source.robots ?? protocols[source.protocol]!.robots,
    ca: source.ca,
  })
  return { ...polite, ...(options.fetch && { fetch: options.fetch }) }
}

/** What the protocol may use of the outside world. */
function outside(state: State, { fetch, open }: Pick<Pages, 'fetch' | 'open'>): Harvest {
  const {
    options,
    source,
    engine: { catalogue, ledger },
  } = state
  return {
    fetch,
    open,
    base: catalogue.base,
    known: state.held,
    holds: key => selectRecords(ledger, `WHERE source = ? AND key = ? AND admission <> 'removed'`, source.id, key).length > 0,
    notes: state.notes,
    expect: total => {
      state.expected = total
    },
    ...(state.since && { since: state.since }),
    ...(options.only !== undefined && { only: options.only }),
  }
}

async function receive(state: State, batch: Batch, harvested: Harvested): Promise<void> {
  const {
    counts,
    options,
    engine: { ledger },
    source,
  } = state
  if ('catalogue' in harvested) {
    if (!options.dryRun) rememberSource(ledger, source.id, { catalogue: pack(lines(harvested.catalogue, false)) })
    return
  }
  if ('lost' in harvested) return lose(state, harvested.lost)
  // Of a portal that cannot be asked for one record, the others pass by.
  if (options.only !== undefined && keyOf(harvested) !== options.only && !('name' in harvested && harvested.name === options.only)) return
  if ('gone' in harvested) return void state.deleted.add(harvested.gone)
  if ('unchanged' in harvested) {
    counts.seen += harvested.unchanged
    counts.unchanged += harvested.unchanged
    state.readAll = false
  } else if ('problem' in harvested) {
    counts.seen++
    fail(state, harvested.problem)
    if (harvested.key === undefined) state.nameless++
    else await keep(state, batch, harvested.key)
  } else await take(state, batch, harvested)
  options.progress?.(counts.seen, state.expected)
}

/** Where one record stands on two pages, another may stand on none. */
const shuffled = ({ source, counts, expected }: State) =>
  new Problem(
    'unexpected-answer',
    `${source.url} showed ${counts.seen} of the ${expected} datasets it says it has, and some of them twice: its pages have no stable order. Ask the portal to sort them; until then nothing that was not shown is taken for removed.`,
    { source: source.id, url: source.url },
  )

const keyOf = (harvested: Harvested) => ('gone' in harvested ? harvested.gone : 'key' in harvested ? harvested.key : undefined)
