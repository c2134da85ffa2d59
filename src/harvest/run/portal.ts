import { keptEntries } from '../../ledger/programme/inventory.ts'
import { isHeld } from '../../ledger/records/held.ts'
import { politeHttp, type Fetch, type Open } from '../http/fetch.ts'
import type { Harvest } from '../protocol.ts'
import { protocols } from '../protocols/index.ts'
import type { Run } from './begin.ts'

export interface Portal {
  fetch: Fetch
  open: Open
}

/** The portal of a source, asked by the rules of the edition and of the source. */
export function portalOf({ source, options: { signal, fetch }, engine: { catalogue, now } }: Run): Portal {
  const robots = source.robots ?? protocols[source.protocol]!.robots
  const key = source.headers && { origin: new URL(source.url).origin, headers: source.headers }
  return { ...politeHttp(source.limits, catalogue.http, { signal, robots, ca: source.ca, key, now }), ...(fetch && { fetch }) }
}

/** What the protocol may use of the outside world. */
export function outside({ source, options: { only }, engine, since, held, progress }: Run, { fetch, open }: Portal): Harvest {
  return {
    fetch,
    open,
    now: engine.now,
    base: engine.catalogue.base,
    kept: () => keptEntries(engine.ledger).map(({ values }) => values),
    known: held,
    holds: key => isHeld(engine.ledger, source.id, key),
    notes: progress.notes,
    expect: total => {
      progress.expected = total
    },
    ...(since && { since }),
    ...(only !== undefined && { only }),
  }
}
