import type { Catalogue } from '../config/catalogue.ts'
import { politeHttp } from '../harvest/http/fetch.ts'
import type { Reach } from '../web/site/site.ts'

/** Whether an address answers, asked by what harvests ask portals with: private addresses are refused here as there. Of what answers nothing is read. */
export const reachOf =
  ({ http, limits }: Pick<Catalogue, 'http' | 'limits'>): Reach =>
  async address => {
    const rules = { ...limits, delayMs: 0, timeoutS: 8, totalS: 10, maxBytes: 1e6 }
    const { open } = politeHttp(rules, http, { signal: AbortSignal.timeout(12_000), retry: false })
    try {
      const { body } = await open(address, 'text/html, */*;q=0.1')
      for await (const _ of body) break
      return true
    } catch {
      return false
    }
  }
