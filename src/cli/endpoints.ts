import type { Catalogue } from '../config/catalogue.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import type { AskOutside } from '../store/federation.ts'

/** How the store asks the endpoints that a query names: by what harvests ask portals with, so that private addresses are refused here as there. */
export const endpointsOf =
  ({ http, limits, store }: Pick<Catalogue, 'http' | 'limits' | 'store'>) =>
  (signal: AbortSignal): AskOutside =>
    politeFetch({ ...limits, delayMs: 0, timeoutS: store.timeoutS, totalS: store.timeoutS, maxBytes: store.answerMB * 1e6 }, http, { signal, retry: false })
