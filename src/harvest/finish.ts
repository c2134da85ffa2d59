import { currentRevision } from '../ledger/commit.ts'
import { settleRemovals } from '../ledger/removal.ts'
import { rememberSource, writeRun, type Counts, type RunState } from '../ledger/runs.ts'
import { Problem } from '../problem.ts'
import { previewGone, type Preview } from './preview.ts'
import { lose, note, type State } from './state.ts'

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
  /** Of a dry run. */
  preview?: Preview
}

/** Ends a run: settles what is gone from the portal, and writes down how far the run came. */
export function finish(state: State): Report {
  const { counts, engine: { ledger }, source, options, id } = state
  if (!state.lost && counts.seen === 0 && !(options.acceptRemovals && state.held > 0)) lose(state, emptySource(state))
  let result: RunState = !state.lost ? 'complete' : counts.seen > 0 ? 'partial' : 'failed'
  let gone: string[] = []
  // A record that has lost its identifier may be any of those that were not seen.
  if (result === 'complete' && state.readAll && state.nameless === 0 && !options.dryRun) {
    const settled = settleRemovals(ledger, source.id, id, new Date().toISOString(), source.removal, options.acceptRemovals ?? false)
    gone = [...settled.missing, ...settled.removed]
    if (settled.held) {
      result = 'held'
      note(state, new Problem('held', `${settled.missing.length} of ${settled.known} records of ${source.id} are no longer at the portal, more than the threshold of ${source.removal.threshold * 100} %: none was touched. If that is right, run: fihrist harvest ${source.id} --accept-removals`, { source: source.id }))
    } else {
      counts.missing += settled.missing.length
      counts.removed += settled.removed.length
    }
  }
  if (result === 'complete' && state.readAll && state.nameless === 0 && options.dryRun) previewGone(state)
  const revision = currentRevision(ledger)
  const at = new Date().toISOString()
  if (!options.dryRun) {
    if (result === 'complete') rememberSource(ledger, source.id, { ...(state.newest && { watermark: watermark(state) }), ...(state.readAll && { last_full: at }) })
    writeRun(ledger, id, counts, revision, { state: result, at })
  }
  return { ...counts, source: source.id, run: id, state: result, durationMs: Date.now() - state.started.getTime(), revision, problems: state.problems, gone, ...(options.dryRun && { preview: state.preview }) }
}

/** The newest date of the portal; a date in the future would hide every change until then. */
const watermark = ({ newest, started }: State) => [newest, started.toISOString()].sort()[0]!

const emptySource = ({ source, held }: State) => new Problem('empty-source',
  `${source.url} was read to its end and holds no dataset. Check the source's url and options: the whole catalogue is needed.${held > 0 ? ` The ${held} records held of it stay; if they are all to go, run: fihrist harvest ${source.id} --accept-removals` : ''}`, { source: source.id, url: source.url })
