import { selectRecords } from '../ledger/records.ts'
import { Problem, sentence } from '../problem.ts'
import type { Batch } from './batch.ts'
import { draftOf } from './draft.ts'
import type { HarvestedRecord } from './protocol.ts'
import { instant, payloadDigest } from './since.ts'
import { fail, type State } from './state.ts'

/** Takes one record in: says that it is unchanged, drafts its next version, or says why it cannot be read. */
export async function take(state: State, batch: Batch, harvested: HarvestedRecord): Promise<void> {
  const { counts, source, engine: { ledger } } = state
  const { key, payload } = harvested
  const digest = payloadDigest(state.fingerprint, payload.body)
  const before = state.keys.get(key)
  // Pages that shift while they are read show a record twice: that is no fault of the record.
  if (before === digest) return void state.repeats++
  counts.seen++
  if (before !== undefined) return fail(state, new Problem('duplicate-id', `The portal gives the identifier ${key} to two records: the first is kept. Give each dataset its own.`, { record: key, excerpt: payload.body.slice(0, 300) }))
  state.keys.set(key, digest)
  const modified = harvested.modified && instant(harvested.modified)
  if (modified && modified > state.newest) state.newest = modified

  const known = selectRecords(ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  const digests = known && ledger.get<{ payload_digest: string, graph_digest: string }>('SELECT payload_digest, graph_digest FROM record WHERE n = ?', known.n)
  if (known && digests?.payload_digest === digest) return batch.unchanged({ n: known.n })
  if (harvested.cut && known && known.admission !== 'removed') {
    // The problem of the page it stood on says why.
    counts.failed++
    return batch.keep({ n: known.n })
  }
  try {
    const draft = draftOf(state, harvested, known, digest)
    if (known && digests?.graph_digest === draft.graph.digest) return await batch.unchanged({ n: known.n, payload: draft.payload })
    await batch.add(draft)
  } catch (error) {
    fail(state, error instanceof Problem ? error : new Problem('bad-record', `The record ${key} cannot be mapped: ${sentence(error)}.`, { record: key, excerpt: payload.body.slice(0, 300) }, error))
    await keep(state, batch, key)
  }
}

/** What cannot be read today is not gone: what is held of it stays. */
export async function keep({ source, engine, unreadable }: State, batch: Batch, key: string): Promise<void> {
  unreadable.add(key)
  const known = selectRecords(engine.ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  if (known && known.admission !== 'removed') await batch.keep({ n: known.n })
}
