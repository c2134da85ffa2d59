import { addressesOf, paths } from '../config/addresses.ts'
import { changesBetween, type VisibleChange } from '../ledger/records/changes.ts'
import { currentRevision, revisionBefore } from '../ledger/records/revisions.ts'
import { once, oneOf, whole, momentIn } from './asked.ts'
import type { Outlet } from './outlet.ts'

/** What changed after a revision and up to the newest. */
interface Changes {
  from: number
  to: number
  /** Each record once, by its last change. */
  last: boolean
}

/** Changes that are read together: between two pieces nothing of the ledger stays open. */
const piece = 1000

/**
 * What came into view, was changed or went, a line of JSON each, in the order it happened: who applies all of it to what he holds at one revision holds what
 * there is at the other. `since` is a revision, or a moment; the header `Fihrist-Revision` says where to go on from.
 */
export const changes: Outlet<Changes> = {
  path: paths.changes,
  forms: [{ mediaType: 'application/x-ndjson', extension: 'jsonl', aliases: ['application/jsonl', 'application/json-lines', 'application/json'] }],
  find: ({ ledger }, { query }) => {
    const newest = currentRevision(ledger)
    const since = once(query, 'since')
    const named = since !== undefined && /^\d+$/.test(since) ? whole(query, 'since', { most: newest }) : undefined
    const moment = named === undefined ? momentIn(query, 'since') : undefined
    const from = named ?? (moment === undefined ? 0 : revisionBefore(ledger, moment))
    return { from, to: newest, last: oneOf(query, 'each', ['change', 'record']) === 'record' }
  },
  revision: ({ to }) => to,
  state: ({ from, last }) => `${from}${last ? 'l' : ''}`,
  *write({ ledger, catalogue: { base } }, { from, to, last }) {
    const addresses = addressesOf(base)
    const line = ({ revision, at, id, source, version }: VisibleChange) =>
      `${JSON.stringify({
        revision,
        at,
        type: version === null ? 'delete' : 'upsert',
        id,
        source,
        record: addresses.record(id),
        page: addresses.dataset(id),
      })}\n`
    for (let after: VisibleChange | undefined, all: VisibleChange[] = []; ; after = all.at(-1)) {
      all = [...changesBetween(ledger, from, to, { last, most: piece, ...(after && { after }) })]
      if (all.length > 0) yield all.map(line).join('')
      if (all.length < piece) return
    }
  },
}
