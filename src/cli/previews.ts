import type { Catalogue } from '../config/catalogue.ts'
import { politeHttp } from '../harvest/http/fetch.ts'
import { isWhole, sampleOf } from '../harvest/samples/sample.ts'
import type { Sample } from '../sample.ts'
import type { Preview } from '../web/site/site.ts'
import { saidProblem } from '../words/said.ts'

/** Bytes of a file that can only be read whole, and of a text: the rest of a text is not asked for. */
const [largest, read] = [5_000_000, 200_000]
/** Files that are looked into at once, whoever asks. */
const mostAtOnce = 4
/** How long what was seen is kept, and of how many files: a page that is loaded again asks nobody. */
const [keptMs, mostKept] = [600_000, 100]

/** The beginning of a file, got by what harvests ask portals with: private addresses are refused here as there. */
export function previewsOf({ http, limits }: Pick<Catalogue, 'http' | 'limits'>): Preview {
  const kept = new Map<string, { sample: Sample; until: number }>()
  let asking = 0
  const look = async (address: string, signal: AbortSignal) => {
    const { open } = politeHttp({ ...limits, delayMs: 0, timeoutS: 10, totalS: 15, maxBytes: largest }, http, { signal, retry: false })
    const { body } = await open(address, 'text/csv, application/geo+json, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1')
    const chunks: Uint8Array[] = []
    let size = 0
    let isCut = false
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      isCut = size > read && !isWhole(chunks[0]!)
      if (isCut) break
    }
    return sampleOf(Buffer.concat(chunks), address, isCut)
  }
  return async (address, signal) => {
    const known = kept.get(address)
    if (known && known.until > Date.now()) return known.sample
    if (asking >= mostAtOnce) throw saidProblem('too-many-requests', 'preview.problem.busy', {}, { retryS: 5 })
    asking++
    try {
      const sample = await look(address, signal)
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
      kept.set(address, { sample, until: Date.now() + keptMs })
      return sample
    } finally {
      asking--
    }
  }
}
