import { heldAsItWas, recordByKey } from '../../ledger/records/held.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { instant } from '../protocols/incremental.ts'
import type { Batch, Verdicts } from './batch.ts'
import { fail, type Run } from './begin.ts'
import { draftOf, readOut } from './draft.ts'
import { repeated, toldApart } from './duplicates.ts'
import { ourIriIn } from './loops.ts'
import { payloadDigest } from './mapping-digest.ts'
import type { Mapping } from './mapping.ts'
import { renamedFrom } from './renamed-from.ts'

/** A run that takes records in: how they are mapped, and the batch they go to. */
export interface Intake extends Run {
  readonly mapping: Mapping
  readonly batch: Batch
}

/** Takes one record in: says that it is unchanged, or takes it on its way. */
export async function ingest(intake: Intake, shown: HarvestedRecord): Promise<void> {
  const { source, engine, progress, keeper } = intake
  const { counts, seenKeys } = progress
  const { duplicates } = source
  const digest = payloadDigest(intake.mappingDigest, shown.payload.body, intake.corrections.get(shown.key))
  // Pages that shift while they are read show a record twice: that is no fault of the record.
  const met = duplicates === 'apart' ? seenKeys.get(shown.key) : seenKeys.meet(shown.key, digest)
  // So does a record that is described within another one.
  if (met === digest || (met !== undefined && shown.within)) return void progress.repeats++
  const harvested = duplicates === 'apart' ? toldApart(shown, source, engine.ledger, seenKeys) : shown
  const { key } = harvested
  const before = harvested === shown ? met : seenKeys.get(key)
  if (before === digest) return void progress.repeats++
  if (before !== undefined && duplicates === 'merge') {
    keeper.problem(repeated(harvested, 'they are taken for one dataset'))
    return wait(intake, harvested, digest, null)
  }
  counts.seen++
  if (before !== undefined) return fail(intake, repeated(harvested, 'the first is kept'))
  if (harvested !== shown) keeper.problem(repeated(shown, `they are kept apart, this one as ${key}`))
  if (duplicates === 'apart') seenKeys.meet(key, digest)
  const modified = harvested.modified && instant(harvested.modified)
  if (modified && modified > progress.newest) progress.newest = modified

  const same = duplicates === 'merge' ? undefined : heldAsItWas(engine.ledger, source.id, key, digest)
  if (same !== undefined) return intake.batch.unchanged({ n: same })
  const known = recordByKey(engine.ledger, source.id, key)
  // Only at the end of the run it is known which records are to be one.
  if (duplicates === 'merge') return wait(intake, harvested, digest, known ? null : mayBeRenamedFrom(intake, harvested))
  await ingestAs(intake, harvested, digest, known)
}

/** Takes a record in as the next version of the one that is known, or as a new one; it may be `settled` that it is new. */
export async function ingestAs(intake: Intake, harvested: HarvestedRecord, digest: string, known: RecordRow | undefined, settled = false): Promise<void> {
  const { source, engine, batch, progress } = intake
  const { map: _, ...taken } = harvested
  const { key, cut } = taken
  const renamed = known !== undefined && known.key !== key
  if (known && !renamed && known.payload_digest === digest) return batch.unchanged({ n: known.n })
  const own = ourIriIn(harvested, engine.catalogue.base)
  if (own !== undefined) return void progress.loops.push(own)
  if (cut && known && known.admission !== 'removed') {
    // The problem of the page it stood on says why.
    progress.counts.failed++
    return batch.keep({ n: known.n })
  }
  const id = known?.id ?? progress.ids.mint(source.id, harvested)
  const corrections = intake.corrections.get(known?.key ?? key)
  await batch.add({ ...taken, id, digest, known, settled, corrections, held: renamed ? undefined : known?.graph_digest })
}

/** What a run says of the records that come back from their way. */
export const verdicts = (run: Run): Verdicts => ({
  unreadable: key => void run.progress.unreadable.add(key),
  /** One that may be a record we hold under another key waits until the source was read. */
  waits(taken, { clues }) {
    const former = taken.known || taken.settled ? null : renamedFrom(run, clues)
    if (former === null) return false
    run.progress.ids.release(taken.id)
    wait(run, taken, taken.digest, former)
    return true
  },
})

/** A record that cannot be read today is not gone: what is held of it stays. */
export async function keepHeld({ source, engine, progress, batch }: Intake, key: string): Promise<void> {
  progress.unreadable.add(key)
  const known = recordByKey(engine.ledger, source.id, key)
  if (known && known.admission !== 'removed') await batch.keep({ n: known.n })
}

/** Lets a record wait for the end of the run. */
function wait({ progress }: Run, { key, name, modified, cut, payload }: Omit<HarvestedRecord, 'map'>, digest: string, former: number | null): void {
  progress.waiting.put({ key, digest, name: name ?? null, modified: modified ?? null, cut: cut ? 1 : 0, renamedFrom: former, ...payload })
}

/** The record (n) that one with a new key, which waits in any case, may have been until now. */
function mayBeRenamedFrom(intake: Intake, harvested: HarvestedRecord): number | null {
  const { source, held, mapping, progress } = intake
  if (held === 0) return null
  const id = progress.ids.mint(source.id, harvested)
  progress.ids.release(id)
  try {
    return renamedFrom(intake, readOut(mapping, draftOf(mapping, id, harvested)).clues)
  } catch {
    // Why it cannot be mapped is said where it is taken in.
    return null
  }
}
