import { workerData } from 'node:worker_threads'
import { isFault } from '../ledger/file/faults.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { unpackVocabulary } from '../vocabulary/packed.ts'
import { readingApp } from './app.ts'
import { answered } from './http/asked.ts'
import type { Given, Made, Wish } from './readers.ts'
import { routes } from './routes/index.ts'
import { openSite } from './site/site.ts'

// A thread that answers what is read, one thing after the other, from a connection of its own to the ledger.

const { data, catalogue, sources, lists, rules, standards, version } = workerData as Given
const ledger = openLedger(data, { readOnly: true })
const failures: Made['failures'] = []
/** No page asks it. */
const store: Store = { query: noStore, ready: noStore, copies: noStore, close: noStore, revision: -1, waiting: 0, learn: () => {} }
function noStore(): Promise<never> {
  return Promise.reject(new Problem('store-busy', 'This thread has no store.'))
}
const publication = { catalogue, sources, ledger, vocabulary: unpackVocabulary(lists) }
const app = readingApp(openSite({ publication, store, rules, standards, version, report: (error, request) => failures.push({ error, request }) }, routes))

/** Milliseconds for which a moment is held, and after which one that rests lets go of it: until then what is written cannot go from the log to the file. */
const [mostMs, restMs] = [2000, 1000]
let held: { moment: number; until: number; letGo(): void } | undefined
let rest: NodeJS.Timeout | undefined

function letGo(): void {
  const before = held
  held = undefined
  before?.letGo()
}

/** All answers of a moment are of one state of the ledger, whatever is written meanwhile: what is counted of all records is counted once for them. */
function hold(moment: number): void {
  clearTimeout(rest)
  if (held?.moment === moment && performance.now() < held.until) return
  letGo()
  held = { moment, until: performance.now() + mostMs, letGo: ledger.hold() }
}

export default async function make({ asked, moment }: Wish): Promise<Made> {
  try {
    hold(moment)
    try {
      const answer = await answered(app, asked)
      const all = failures.splice(0)
      return { answer, failures: all.filter(({ error }) => !faultIn(error)), fault: all.map(({ error }) => faultIn(error)).find(each => each !== undefined) }
    } finally {
      rest = setTimeout(letGo, restMs)
    }
  } catch (error) {
    letGo()
    // A problem that leaves a thread is one no longer.
    const fault = faultIn(error)
    if (fault === undefined) throw error
    return { answer: undefined, failures: [], fault }
  }
}

const faultIn = (error: unknown) => (error instanceof Problem && isFault(error.code) ? error.code : undefined)
