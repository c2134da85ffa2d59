import { isKept, type Source } from '../../config/sources.ts'
import type { Settlement } from '../../ledger/records/removal.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { noCounts, type RunState } from '../../ledger/runs/runs.ts'
import { Problem } from '../../problem.ts'
import { fail, lose, type Run } from './begin.ts'
import type { Engine } from './engine.ts'
import type { Report } from './report.ts'

/** Ends a run: settles what is gone from the portal, and writes down how far the run came. */
export function finish(run: Run): Omit<Report, 'durationMs'> {
  const { source, options, progress, keeper, held } = run
  const { counts, deleted, loops } = progress
  if (!progress.lost && counts.seen === 0) {
    if (options.only !== undefined && deleted.size === 0) fail(run, notFound(source, options.only))
    // What is kept here may be nothing at all.
    else if (options.only === undefined && !(options.acceptRemovals && held > 0) && !isKept(source)) lose(run, emptySource(source, held))
  }
  if (loops.length > 0) keeper.problem(harvestLoop(source, loops))
  let state: RunState = !progress.lost ? 'complete' : counts.seen > 0 ? 'partial' : 'failed'
  let gone: string[] = []
  // A record that has lost its identifier may be any of those that were not seen.
  const readAll = progress.readAll && progress.nameless === 0
  if (state === 'complete' && (readAll || deleted.size > 0)) {
    // A run that asks for one record is started by a person or by the portal itself: that the record is deleted needs no second word.
    // What is no more in the inventory that is kept here was taken out by a person too.
    const accept = options.acceptRemovals === true || options.only !== undefined || isKept(source)
    const settled = keeper.removals({ readAll, deleted }, accept)
    gone = [...settled.missing, ...settled.removed]
    if (settled.held) {
      state = 'held'
      keeper.problem(tooManyGone(source, settled))
    } else {
      counts.missing += settled.missing.length
      counts.removed += settled.removed.length
    }
  }
  const revision = currentRevision(run.engine.ledger)
  keeper.end(state)
  return {
    ...counts,
    source: source.id,
    run: keeper.run,
    state,
    revision,
    problems: keeper.problems,
    gone,
    renamed: progress.renamed,
    own: loops.length,
    leftOut: progress.leftOut,
    only: options.only !== undefined,
    ...(keeper.preview && { preview: keeper.preview }),
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
  leftOut: 0,
  only: false,
})

const notFound = ({ id, url }: Source, key: string) =>
  new Problem(
    'not-found',
    `${url} has no record ${key}: nothing was changed. Check the record's identifier; if the portal has deleted it, the next run of the whole source ` +
      'will notice.',
    { source: id, record: key },
  )

const harvestLoop = ({ id, url }: Source, loops: string[]) =>
  new Problem(
    'harvest-loop',
    `${loops.length === 1 ? 'A record' : `${loops.length} records`} of ${id} came from this catalogue ` +
      `(${loops.slice(0, 3).join(', ')}${loops.length > 3 ? ', …' : ''}) and ${loops.length === 1 ? 'was' : 'were'} left out. ` +
      `Ask the portal not to publish anew what it reads here, or leave it out by the source's options.`,
    { source: id, url },
  )

const emptySource = ({ id, url }: Source, held: number) =>
  new Problem(
    'empty-source',
    `${url} was read to its end and holds no dataset. Check the source's url and options: the whole catalogue is needed.` +
      (held > 0 ? ` The ${held} records held of it stay; if they are all to go, run: fihrist harvest ${id} --accept-removals` : ''),
    { source: id, url },
  )

const tooManyGone = ({ id, removal }: Source, { fresh, known }: Settlement) =>
  new Problem(
    'held',
    `${fresh} of ${known} records of ${id} are no longer at the portal, more than the threshold of ${removal.threshold * 100} %: none was touched. ` +
      `If that is right, run: fihrist harvest ${id} --accept-removals`,
    { source: id },
  )
