import { selectRecords } from '../../ledger/records/records.ts'
import type { Waiting } from '../../ledger/runs/waiting.ts'
import type { Batch } from './batch.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { isMerged, merged, replayed } from './duplicates.ts'
import { payloadDigest } from './mapping-digest.ts'
import type { State } from './state.ts'
import { takeIn } from './take.ts'

/**
 * Takes in what waited. A new key is that of a record we hold where it alone has the clues of that record and the source, read to its end, no longer
 * shows the record's own; then the record goes on under its new key. A source that was not read to its end leaves that open: nothing is done, the next full run will tell.
 */
export async function takeWaiting(state: State, batch: Batch): Promise<void> {
  const {
    source,
    counts,
    engine: { ledger },
  } = state
  state.settling = true
  const whole = !state.lost && state.readAll && state.nameless === 0
  for (const rows of state.waiting.byKey()) {
    const harvested = merged(rows.map(row => harvestedOf(row, state)))
    const { key } = harvested
    const [known] = selectRecords(ledger, 'WHERE source = ? AND key = ?', source.id, key)
    const twin = rows.find(row => row.twin !== null)?.twin ?? null
    const [before] = twin === null || known ? [] : selectRecords(ledger, 'WHERE n = ?', twin)
    const isOpen = before && !state.keys.has(before.key) && state.waiting.claims(before.n) === 1
    const media = known && ledger.get<{ media_type: string }>('SELECT media_type FROM payload WHERE record = ?', known.n)?.media_type
    if (isOpen && !whole) {
      state.undecided++
      counts.unchanged++
    } else if (known && !whole && media && isMerged(media)) {
      // A part of it may stand in what was not read.
      counts.unchanged++
      await batch.keep({ n: known.n })
    } else {
      if (isOpen) {
        state.keys.set(before.key, '')
        state.renamed.push({ id: before.id, from: before.key, to: key })
      }
      await takeIn(state, batch, harvested, payloadDigest(state.mappingDigest, harvested.payload.body), isOpen ? before : known)
    }
  }
  state.waiting.clear()
}

const harvestedOf = ({ key, name, modified, cut, mediaType, body }: Waiting, { source }: State): HarvestedRecord => ({
  ...replayed({ key, payload: { mediaType, body } }, source),
  key,
  ...(name !== null && { name }),
  ...(modified !== null && { modified }),
  cut: cut === 1,
})
