import type { Harvested } from '../protocol.ts'
import { fail, lose } from './begin.ts'
import { ingest, keepHeld, type Intake } from './ingest.ts'

/** Takes in what a protocol yields: a record, a problem, or what it says of the source. */
export async function receive(intake: Intake, harvested: Harvested): Promise<void> {
  const { options, progress, keeper } = intake
  const { counts } = progress
  if ('catalogue' in harvested) return keeper.catalogue(harvested.catalogue)
  if ('lost' in harvested) return lose(intake, harvested.lost)
  if ('leftOut' in harvested) return void (progress.leftOut += harvested.leftOut)
  // A portal that cannot be asked for one record shows all of them.
  if (options.only !== undefined && !isCalled(harvested, options.only)) return
  if ('gone' in harvested) return void progress.deleted.add(harvested.gone)
  if ('unchanged' in harvested) {
    counts.seen += harvested.unchanged
    counts.unchanged += harvested.unchanged
    progress.readAll = false
  } else if ('problem' in harvested) {
    counts.seen++
    fail(intake, harvested.problem)
    if (harvested.key === undefined) progress.nameless++
    else await keepHeld(intake, harvested.key)
  } else await ingest(intake, harvested)
  options.progress?.(counts.seen, progress.expected)
}

const isCalled = (harvested: Harvested, key: string) =>
  ('gone' in harvested ? harvested.gone : 'key' in harvested ? harvested.key : undefined) === key || ('name' in harvested && harvested.name === key)
