import type { Source } from '../../config/sources.ts'
import { isSilence, Problem } from '../../problem.ts'
import { protocols } from '../protocols/index.ts'
import { openBatch } from './batch.ts'
import { begin, lose, type Run } from './begin.ts'
import type { Engine } from './engine.ts'
import { finish, refused } from './finish.ts'
import { verdicts, type Intake } from './ingest.ts'
import { keepInLedger } from './keep-in-ledger.ts'
import { mappingOf, type Mapping } from './mapping.ts'
import { rememberPages } from './pages.ts'
import { outside, portalOf } from './portal.ts'
import { preview } from './preview.ts'
import { receive } from './receive.ts'
import type { Report } from './report.ts'
import { revalidate } from './revalidate.ts'
import type { RunOptions } from './setup.ts'
import { ingestWaiting } from './waiting.ts'

export type { Report } from './report.ts'
export type { RunOptions } from './setup.ts'

/**
 * One harvest of one source: fetch → digest → the way of each record, in threads → commit; one page and some batches in memory.
 * Another process that harvests it is not disturbed.
 */
export async function run(source: Source, engine: Engine, options: RunOptions = {}): Promise<Report> {
  const keeping = options.dryRun ? preview : keepInLedger
  let unlock: () => void
  try {
    unlock = keeping.lock(engine.ledger, source.id)
  } catch (error) {
    if (error instanceof Problem) return refused(source, engine, error)
    throw error
  }
  try {
    const from = performance.now()
    const report = await harvest(begin(source, engine, options, keeping))
    return { ...report, durationMs: Math.round(performance.now() - from) }
  } finally {
    unlock()
  }
}

async function harvest(run: Run): Promise<Omit<Report, 'durationMs'>> {
  const judged = await attempt(run, async () => {
    const mapping = mappingOf(run.source, run.engine)
    await attempt(run, () => takeIn(run, mapping))
    return attempt(run, () => revalidate(run, mapping))
  })
  return { ...finish(run), judged: judged ?? 0 }
}

/** A step that fails costs the run, and not the steps after it. */
async function attempt<T>(run: Run, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    lose(run, error)
    return undefined
  }
}

/** Takes in what the source has; what had to wait for its end, even where that was not reached. */
async function takeIn(run: Run, mapping: Mapping): Promise<void> {
  const batch = openBatch(run.engine, mapping, run.progress.counts, run.keeper, verdicts(run))
  const intake: Intake = { ...run, mapping, batch }
  try {
    await readSource(intake)
  } catch (error) {
    run.progress.broken = leftEarly(error, run.options)
    lose(run, error)
  }
  // What is still on its way may have to wait as well.
  await batch.settle()
  await ingestWaiting(intake)
  await batch.settle()
}

async function readSource(intake: Intake): Promise<void> {
  const { source, options, progress } = intake
  const protocol = protocols[source.protocol]!
  const portal = portalOf(intake)
  const pages = options.only === undefined ? rememberPages(intake, portal) : undefined
  if (!protocol.ownPages && (await pages?.nothingNew())) return
  for await (const harvested of protocol.harvest(source, outside(intake, pages ?? portal))) {
    options.signal?.throwIfAborted()
    await receive(intake, harvested)
  }
  if (!progress.lost && progress.repeats > 0 && progress.counts.seen < (progress.expected ?? 0)) lose(intake, noStableOrder(intake))
}

/** Whether the next run may go on from here: this one was stopped, or its portal fell silent. After an answer that makes no sense all is asked anew. */
const leftEarly = (error: unknown, { signal }: RunOptions): boolean =>
  signal?.aborted === true || (error instanceof Problem && (isSilence(error) || error.code === 'http-status'))

/** Where one record stands on two pages, another may stand on none. */
const noStableOrder = ({ source: { id, url }, progress: { counts, expected } }: Run) =>
  new Problem(
    'unexpected-answer',
    `${url} showed ${counts.seen} of the ${expected} datasets it says it has, and some of them twice: its pages have no stable order. ` +
      'Ask the portal to sort them; until then nothing that was not shown is taken for removed.',
    { source: id, url },
  )
