import type { Clock } from '../../clock.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { writeAnswer } from '../../ledger/links/links.ts'
import { dueHosts, dueOf, forgetUnused, type Due } from '../../ledger/links/uses.ts'
import { politeHttp } from '../http/fetch.ts'
import { ask, isSilent } from './ask.ts'
import { forEachHost } from './hosts.ts'
import { measureRecords } from './measured.ts'
import { noteUses } from './note.ts'

export interface PassOptions {
  catalogue: Catalogue
  ledger: Ledger
  /** Ids of sources. */
  sources: string[]
  now: Clock
  signal?: AbortSignal
  /** Told how many addresses have been asked, of how many. */
  progress?(asked: number, expected: number): void
}

/** Hosts that are asked at once; of each, one address at a time. */
const hostsAtOnce = 8
/** Addresses in a row at which nobody was there: then nobody is there at the others either. */
const silentAfter = 3
/** Days that what was seen at an address is kept, once no file names it. */
const rememberedDays = 30
const dayMs = 86_400_000

/**
 * Asks the addresses of the files of some sources that have not been asked for long: those that answered after `links.recheckDays`, others after most of a
 * day. Politely: one at a time and no more than `links.perHost` of a host, with the pause of `limits`, as robots.txt allows. Who says that this is too often
 * is left alone. Returns how many were asked.
 */
export async function checkLinks({ catalogue, ledger, sources, now, signal, progress }: PassOptions): Promise<number> {
  const { recheckDays, perHost } = catalogue.links
  noteUses(ledger, sources)
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString()
  forgetUnused(ledger, ago(rememberedDays * dayMs))
  const due: Due = { alive: ago(recheckDays * dayMs), others: ago(0.8 * dayMs) }
  const hosts = dueHosts(ledger, sources, due)
  const expected = hosts.reduce((sum, { count }) => sum + Math.min(count, perHost), 0)
  let asked = 0
  progress?.(0, expected)

  const askHost = async (host: string) => {
    const urls = dueOf(ledger, sources, due, host, perHost)
    const limits = { ...catalogue.limits, timeoutS: Math.min(catalogue.limits.timeoutS, 20), totalS: 30, maxBytes: 1e6 }
    const { open } = politeHttp(limits, catalogue.http, { retry: false, robots: true, now, ...(signal && { signal }) })
    const told: string[] = []
    let silent = 0
    for (const url of urls) {
      signal?.throwIfAborted()
      const answer = await ask(open, url)
      silent = isSilent(answer) ? silent + 1 : 0
      const same = silent >= silentAfter ? urls.slice(told.length) : [url]
      for (const each of same) writeAnswer(ledger, each, now().toISOString(), answer)
      told.push(...same)
      asked += same.length
      progress?.(asked, expected)
      if (same.length > 1 || answer.status === 429) break
    }
    measureRecords(ledger, told, now().toISOString())
  }
  await forEachHost(
    hosts.map(({ host }) => host),
    hostsAtOnce,
    askHost,
  )
  return asked
}
