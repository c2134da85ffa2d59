import { selectRecords, type RecordRow } from '../../ledger/records/records.ts'
import { twinOf } from '../../ledger/identity/twins.ts'
import { Problem, sentence } from '../../problem.ts'
import type { Batch } from './batch.ts'
import { draftOf, type Draft } from './draft.ts'
import { ownIn } from './loops.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { apart, keyApart } from './duplicates.ts'
import { payloadDigest } from './mapping-digest.ts'
import { fail, note, type State } from './state.ts'
import { instant } from '../protocols/incremental.ts'

/** Takes one record in: says that it is unchanged, drafts its next version, or says why it cannot be read. */
export async function take(state: State, batch: Batch, met: HarvestedRecord): Promise<void> {
  const {
    counts,
    source,
    engine: { ledger },
  } = state
  const digest = payloadDigest(state.mappingDigest, met.payload.body)
  // Pages that shift while they are read show a record twice: that is no fault of the record.
  if (state.keys.get(met.key) === digest) return void state.repeats++
  const harvested = source.duplicates === 'apart' ? toldApart(state, met) : met
  const { key } = harvested
  const before = state.keys.get(key)
  if (before === digest) return void state.repeats++
  if (before !== undefined && source.duplicates === 'merge') {
    note(state, repeated(harvested, 'they are taken for one dataset'))
    return wait(state, harvested, digest, null)
  }
  counts.seen++
  if (before !== undefined) return fail(state, repeated(harvested, 'the first is kept'))
  if (harvested !== met) note(state, repeated(met, `they are kept apart, this one as ${key}`))
  state.keys.set(key, digest)
  const modified = harvested.modified && instant(harvested.modified)
  if (modified && modified > state.newest) state.newest = modified

  const known = selectRecords(ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  // Only at the end of the run it is known which records are to be one.
  if (source.duplicates === 'merge') return wait(state, harvested, digest, known ? null : twinBefore(state, harvested, digest))
  await takeIn(state, batch, harvested, digest, known)
}

/** Takes a record in as the next version of one that is held, or as a new one. */
export async function takeIn(state: State, batch: Batch, harvested: HarvestedRecord, digest: string, known: RecordRow | undefined): Promise<void> {
  const {
    counts,
    engine: { ledger, catalogue },
  } = state
  const { key, payload } = harvested
  const digests = known && ledger.get<{ payload_digest: string; graph_digest: string }>('SELECT payload_digest, graph_digest FROM record WHERE n = ?', known.n)
  const renamed = known !== undefined && known.key !== key
  if (known && !renamed && digests?.payload_digest === digest) return batch.unchanged({ n: known.n })
  const own = ownIn(harvested, catalogue.base)
  if (own !== undefined) return void state.own.push(own)
  if (harvested.cut && known && known.admission !== 'removed') {
    // The problem of the page it stood on says why.
    counts.failed++
    return batch.keep({ n: known.n })
  }
  try {
    const draft = draftOf(state, harvested, known, digest)
    if (known && !renamed && digests?.graph_digest === draft.graph.digest) return await batch.unchanged({ n: known.n, payload: draft.payload })
    const twin = known ? null : likelyTwin(state, draft)
    if (twin === null) return await batch.add(draft)
    state.names.delete(draft.id)
    wait(state, harvested, digest, twin)
  } catch (error) {
    fail(
      state,
      error instanceof Problem
        ? error
        : new Problem('bad-record', `The record ${key} cannot be mapped: ${sentence(error)}.`, { record: key, excerpt: payload.body.slice(0, 300) }, error),
    )
    await keep(state, batch, key)
  }
}

/** Lets a record wait for the end of the run. */
function wait(state: State, { key, name, modified, cut, payload }: HarvestedRecord, digest: string, twin: number | null): void {
  state.waiting.put({ key, digest, name: name ?? null, modified: modified ?? null, cut: cut ? 1 : 0, twin, ...payload })
}

/** What cannot be read today is not gone: what is held of it stays. */
export async function keep({ source, engine, unreadable }: State, batch: Batch, key: string): Promise<void> {
  unreadable.add(key)
  const known = selectRecords(engine.ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  if (known && known.admission !== 'removed') await batch.keep({ n: known.n })
}

/** The record that a new key may stand for, among those that have not passed by. */
function likelyTwin({ held, settling, source, keys, unreadable, options, engine: { ledger } }: State, { clues }: Draft): number | null {
  // Who accepts what is gone takes the portal's ids at their word: what has a new one is new.
  if (held === 0 || settling || options.acceptRemovals) return null
  return twinOf(ledger, source.id, clues ?? [], key => !keys.has(key) && !unreadable.has(key))?.n ?? null
}

function twinBefore(state: State, harvested: HarvestedRecord, digest: string): number | null {
  if (state.held === 0) return null
  try {
    const draft = draftOf(state, harvested, undefined, digest)
    state.names.delete(draft.id)
    return likelyTwin(state, draft)
  } catch {
    // It is told of where it is taken in.
    return null
  }
}

/** A record under a key of its own where it shares its identifier with another, in this run or in an earlier one. */
function toldApart({ keys, source, engine: { ledger } }: State, harvested: HarvestedRecord): HarvestedRecord {
  const { key } = harvested
  const kin = keys.has(key) || ledger.get('SELECT 1 FROM record WHERE source = ? AND key > ? AND key < ?', source.id, `${key} #`, `${key} $`) !== undefined
  if (!kin) return harvested
  try {
    const own = keyApart(harvested)
    return keys.has(key) || ledger.get(`SELECT 1 FROM record WHERE source = ? AND key = ? AND admission <> 'removed'`, source.id, own)
      ? apart(harvested, own)
      : harvested
  } catch {
    // What cannot be mapped is told of where it is mapped for good.
    return harvested
  }
}

const repeated = ({ key, payload }: HarvestedRecord, what: string) =>
  new Problem('duplicate-id', `The portal gives the identifier ${key} to two records: ${what}. Give each dataset its own.`, {
    record: key,
    excerpt: payload.body.slice(0, 300),
  })
