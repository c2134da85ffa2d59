import type { Source } from '../../config/sources.ts'
import { mediaTypeOf, recordByKey } from '../../ledger/records/held.ts'
import { recordByNumber } from '../../ledger/records/records.ts'
import type { Waiting } from '../../ledger/runs/waiting.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { isMerged, merged, replayed } from './duplicates.ts'
import { ingestAs, type Intake } from './ingest.ts'
import { payloadDigest } from './mapping-digest.ts'

/**
 * Takes in what waited. A new key is that of a record we hold where it alone has the clues of that record and the source, read to its end, no longer
 * shows the record's own; then the record goes on under its new key. A source that was not read to its end leaves that open:
 * nothing is done, and the next run reads everything.
 */
export async function ingestWaiting(intake: Intake): Promise<void> {
  const {
    source,
    engine: { ledger },
    progress,
    batch,
  } = intake
  const { counts, seenKeys, waiting } = progress
  const whole = !progress.lost && progress.readAll && progress.nameless === 0
  for (const rows of waiting.byKey()) {
    const harvested = merged(rows.map(row => harvestedOf(row, source)))
    const { key } = harvested
    const known = recordByKey(ledger, source.id, key)
    const renamedFrom = rows.find(row => row.renamedFrom !== null)?.renamedFrom ?? null
    const former = renamedFrom === null || known ? undefined : recordByNumber(ledger, renamedFrom)
    const isRenamed = former && !seenKeys.has(former.key) && waiting.claims(former.n) === 1
    if (isRenamed && !whole) {
      progress.undecided++
      counts.unchanged++
    } else if (known && !whole && isMerged(mediaTypeOf(ledger, known.n) ?? '')) {
      // A part of it may stand in what was not read.
      counts.unchanged++
      await batch.keep({ n: known.n })
    } else {
      if (isRenamed) {
        seenKeys.meet(former.key, '')
        progress.renamed.push({ id: former.id, from: former.key, to: key })
      }
      await ingestAs(
        intake,
        harvested,
        payloadDigest(intake.mappingDigest, harvested.payload.body, intake.corrections.get(key)),
        isRenamed ? former : known,
        true,
      )
    }
  }
  waiting.clear()
}

const harvestedOf = ({ key, name, modified, cut, mediaType, body }: Waiting, source: Source): HarvestedRecord => ({
  ...replayed({ key, payload: { mediaType, body } }, source),
  key,
  ...(name !== null && { name }),
  ...(modified !== null && { modified }),
  cut: cut === 1,
})
