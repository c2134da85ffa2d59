import { setTimeout as wait } from 'node:timers/promises'
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

/** That it can answer everything, SPARQL included. */
export const readiness: Handle = async ({ site, response }) => {
  const ready = await Promise.race([
    site.store.ready().then(
      () => true,
      () => false,
    ),
    wait(100, false),
  ])
  response.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
  sendJson(response, { status: ready ? 'ready' : 'loading', ...state(site) })
}
