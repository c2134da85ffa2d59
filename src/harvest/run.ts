import type { Source } from '../config/sources.ts'
import { pack } from '../ledger/pack.ts'
import { rememberSource } from '../ledger/runs.ts'
import { lines } from '../rdf/serialise.ts'
import { openBatch, type Batch } from './batch.ts'
import { defaultsOf, type Engine } from './engine.ts'
import { politeFetch } from './fetch.ts'
import { finish, type Report } from './finish.ts'
import type { Harvest, Harvested } from './protocol.ts'
import { protocols } from './protocols/index.ts'
import { begin, fail, lose, type RunOptions, type State } from './state.ts'
import { keep, take } from './take.ts'

export type { Report } from './finish.ts'
export type { RunOptions } from './state.ts'

/** One harvest of one source: fetch → map → normalise → digest → validate → commit, one page and one batch in memory. */
export async function run(source: Source, engine: Engine, options: RunOptions = {}): Promise<Report> {
  const state = begin(source, engine, options)
  const batch = openBatch(state)
  try {
    state.defaults = defaultsOf(source, engine.catalogue, engine.vocabulary)
    for await (const harvested of protocols[source.protocol]!.harvest(source, outside(state))) await receive(state, batch, harvested)
  } catch (error) {
    lose(state, error)
  }
  try {
    await batch.end()
  } catch (error) {
    lose(state, error)
  }
  return finish(state)
}

/** What the protocol may use of the outside world. */
function outside(state: State): Harvest {
  const { source, options, engine: { catalogue } } = state
  return {
    fetch: options.fetch ?? politeFetch(source.limits, catalogue.http, { signal: options.signal, robots: source.robots ?? protocols[source.protocol]!.robots, ca: source.ca }),
    base: catalogue.base,
    known: state.held,
    expect: total => { state.expected = total },
    ...(state.since && { since: state.since }),
  }
}

async function receive(state: State, batch: Batch, harvested: Harvested): Promise<void> {
  const { counts, options, engine: { ledger }, source } = state
  if ('catalogue' in harvested) {
    if (!options.dryRun) rememberSource(ledger, source.id, { catalogue: pack(lines(harvested.catalogue, false)) })
    return
  }
  if ('lost' in harvested) return lose(state, harvested.lost)
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
