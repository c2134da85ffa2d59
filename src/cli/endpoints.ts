import type { Catalogue } from '../config/catalogue.ts'
import { StatusProblem } from '../harvest/http/answer.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import { Problem } from '../problem.ts'
import type { AskOutside } from '../store/federation.ts'
import { saidProblem } from '../words/said.ts'
import { wordsIn } from '../words/words.ts'

/** How the store asks the endpoints that a query names: by what harvests ask portals with, so that private addresses are refused here as there. */
export const endpointsOf =
  ({ http, limits, store }: Pick<Catalogue, 'http' | 'limits' | 'store'>) =>
  (signal: AbortSignal): AskOutside => {
    const rules = { ...limits, delayMs: 0, timeoutS: store.timeoutS, totalS: store.timeoutS, maxBytes: store.answerMB * 1e6 }
    const fetch = politeFetch(rules, http, { signal, retry: false })
    return (url, accept, asking) =>
      fetch(url, accept, asking).catch((error: unknown) => {
        throw failed(url, error)
      })
  }

/** Why an endpoint did not answer, as who asks a query is told it: what the fetcher says of it is advice for who harvests a portal, in English. */
function failed(url: string, error: unknown): Problem {
  const { code, kind } = error instanceof Problem ? error : { code: 'other', kind: 'other' }
  const ofSystem = ((error as Error).cause as { code?: string } | undefined)?.code
  const reason = error instanceof StatusProblem ? error.answered : (ofSystem ?? code)
  const known = [ofSystem, code, kind].find(each => each && wordsIn('en').has(`query_problem.endpoint_failed.${each}`))
  return saidProblem('endpoint-failed', `query_problem.endpoint_failed.${known ?? 'other'}`, { url, reason }, {}, error)
}
