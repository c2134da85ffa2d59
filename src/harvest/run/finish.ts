import type { Source } from '../../config/sources.ts'
import { prune } from '../../ledger/sources/prune.ts'
import { settleRemovals } from '../../ledger/records/removal.ts'
import { forgetPages } from '../../ledger/runs/pages.ts'
import { noCounts, writeRun, type Counts, type RunState } from '../../ledger/runs/runs.ts'
import { Problem } from '../../problem.ts'
import type { Engine } from './engine.ts'
import { previewRemovals, previewUnreadable, type Preview } from './preview.ts'
import { fail, lose, note, type Renaming, type State } from './state.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { rememberSource } from '../../ledger/sources/memory.ts'

/** What a run leaves: its state, its counts, its problems. */
export interface Report extends Counts {
  source: string
  run: number
  state: RunState
  durationMs: number
  revision: number
  problems: Problem[]
  /** Ids that are gone from the portal: marked missing, removed, or waiting for a word (`held`). */
  gone: string[]
  /** Records whose portal gave them another key. */
  renamed: Renaming[]
  /** Records that were our own coming back: they were left out. */
  own: number
  /** Records that are as they were and were judged anew, since the rules have changed. */
  judged?: number
  /** It asked for one record alone. */
  only: boolean
  /** Of a dry run. */
  preview?: Preview
}

/** Ends a run: settles what is gone from the portal, and writes down how far the run came. */
export function finish(state: State): Report {
  const {
    counts,
    engine: { catalogue, ledger },
    source,
    options,
    id,
  } = state
  if (!state.lost && counts.seen === 0) {
    if (options.only !== undefined && state.deleted.size === 0) fail(state, notFound(state))
    else if (options.only === undefined && !(options.acceptRemovals && state.held > 0)) lose(state, emptySource(state))
  }
  if (state.own.length > 0) note(state, harvestLoop(state))
  let result: RunState = !state.lost ? 'complete' : counts.seen > 0 ? 'partial' : 'failed'
  let gone: string[] = []
  // A record that has lost its identifier may be any of those that were not seen.
  const readAll = state.readAll && state.nameless === 0
  if (result === 'complete' && (readAll || state.deleted.size > 0)) {
    // Who tells of one record that it is deleted has given the word.
    const accept = options.acceptRemovals === true || options.only !== undefined
    const unseen = { readAll, deleted: state.deleted }
    const settled = options.dryRun
      ? previewRemovals(state, unseen, accept)
      : settleRemovals(ledger, id, { source: source.id, at: new Date().toISOString(), rules: source.removal, accept, gone: unseen })
    gone = [...settled.missing, ...settled.removed]
    if (settled.held) {
      result = 'held'
      note(
        state,
        new Problem(
          'held',
          `${settled.fresh} of ${settled.known} records of ${source.id} are no longer at the portal, more than the threshold of ${source.removal.threshold * 100} %: none was touched. If that is right, run: fihrist harvest ${source.id} --accept-removals`,
          { source: source.id },
        ),
      )
    } else {
      counts.missing += settled.missing.length
      counts.removed += settled.removed.length
    }
  }
  if (options.dryRun) previewUnreadable(state)
  const revision = currentRevision(ledger)
  const at = new Date().toISOString()
  if (!options.dryRun) {
    if (result === 'complete' && options.only === undefined) {
      const { next } = state.notes
      rememberSource(ledger, source.id, {
        ...(state.newest && { watermark: watermark(state) }),
        ...(state.readAll && { last_full: at }),
        ...(state.undecided > 0 && { last_full: null }),
        ...(next !== undefined && { notes: JSON.stringify(next) }),
      })
      forgetPages(ledger, source.id, id, state.readAll ? 'full' : 'incremental')
    }
    writeRun(ledger, id, counts, revision, {
      state: result,
      at,
      broken: state.broken,
      mode: options.only !== undefined ? undefined : state.readAll ? 'full' : 'incremental',
    })
    if (result === 'complete') prune(ledger, source.id, catalogue.retention, at)
  }
  return {
    ...counts,
    source: source.id,
    run: id,
    state: result,
    durationMs: Date.now() - state.started.getTime(),
    revision,
    problems: state.problems,
    gone,
    renamed: state.renamed,
    own: state.own.length,
    only: options.only !== undefined,
    ...(options.dryRun && { preview: state.preview }),
  }
}

/** What is said of a run that did not start. */
export const refused = (source: Source, engine: Engine, problem: Problem): Report => ({
  ...noCounts(),
  source: source.id,
  run: 0,
  state: 'failed',
  durationMs: 0,
  revision: currentRevision(engine.ledger),
  problems: [problem],
  gone: [],
  renamed: [],
  own: 0,
  only: false,
})

/** The newest date of the portal; a date in the future would hide every change until then. */
const watermark = ({ newest, started }: State) => [newest, started.toISOString()].sort()[0]!

const notFound = ({ source, options }: State) =>
  new Problem(
    'not-found',
    `${source.url} has no record ${options.only}: nothing was changed. Check the record's identifier; if the portal has deleted it, the next run of the whole source will notice.`,
    { source: source.id, record: options.only! },
  )

const harvestLoop = ({ source, own }: State) =>
  new Problem(
    'harvest-loop',
    `${own.length === 1 ? 'A record' : `${own.length} records`} of ${source.id} came from this catalogue (${own.slice(0, 3).join(', ')}${own.length > 3 ? ', …' : ''}) and ${own.length === 1 ? 'was' : 'were'} left out. Ask the portal not to publish anew what it reads here, or leave it out by the source's options.`,
    { source: source.id, url: source.url },
  )

const emptySource = ({ source, held }: State) =>
  new Problem(
    'empty-source',
    `${source.url} was read to its end and holds no dataset. Check the source's url and options: the whole catalogue is needed.${held > 0 ? ` The ${held} records held of it stay; if they are all to go, run: fihrist harvest ${source.id} --accept-removals` : ''}`,
    { source: source.id, url: source.url },
  )
