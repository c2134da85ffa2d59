import { currentRevision } from '../../ledger/records/revisions.ts'
import type { Problem } from '../../problem.ts'
import type { Handle } from '../http/route.ts'
import { sendJson } from '../http/send.ts'
import type { Site } from '../site/site.ts'

/** What the ledger is in, and at which revision; what keeps it from being read is its state. */
function state({ publication, store, faults }: Site): { fault: Problem['code'] | undefined; said: object } {
  const known = faults.current()?.code
  try {
    return { fault: known, said: { revision: currentRevision(publication.ledger), ledger: known ?? 'ok', store: { revision: store.revision } } }
  } catch (error) {
    faults.note(error)
    const fault = faults.current()?.code ?? 'ledger-damaged'
    return { fault, said: { ledger: fault, store: { revision: store.revision } } }
  }
}

/** Faults with which what is held is read as before. */
const readable = new Set<string | undefined>([undefined, 'disk-full', 'ledger-unwritable'])

/** That this process lives, and what its ledger is in: to start it again would mend none of that. */
export const health: Handle = ({ site, response }) => {
  response.set('Cache-Control', 'no-store')
  const { fault, said } = state(site)
  sendJson(response, { status: fault ?? 'ok', ...said })
}

/** That it can answer everything, SPARQL included: each copy of the store is asked, and one that answers is enough. */
export const readiness: Handle = async ({ site, response }) => {
  const copies = await site.store.copies()
  const { fault, said } = state(site)
  const loaded = copies.some(copy => copy.ready)
  const ready = loaded && readable.has(fault)
  response.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
  sendJson(response, { status: ready ? 'ready' : readable.has(fault) ? 'loading' : fault, ...said, store: { revision: site.store.revision, copies } })
}
