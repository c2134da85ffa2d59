import { currentRevision } from '../../ledger/records/revisions.ts'
import type { Handle } from '../http/route.ts'
import { sendJson } from '../http/send.ts'
import type { Site } from '../site/site.ts'

const state = ({ publication, store }: Site) => ({ revision: currentRevision(publication.ledger), store: { revision: store.revision } })

/** That this process lives and reads its ledger. */
export const health: Handle = ({ site, response }) => {
  response.set('Cache-Control', 'no-store')
  sendJson(response, { status: 'ok', ...state(site) })
}

/** That it can answer everything, SPARQL included: each copy of the store is asked, and one that answers is enough. */
export const readiness: Handle = async ({ site, response }) => {
  const copies = await site.store.copies()
  const ready = copies.some(copy => copy.ready)
  response.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
  const { store, ...rest } = state(site)
  sendJson(response, { status: ready ? 'ready' : 'loading', ...rest, store: { ...store, copies } })
}
