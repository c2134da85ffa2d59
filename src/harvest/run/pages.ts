import { bodyOf, keptPage, pagesOf, type KeptPage } from '../../ledger/runs/pages.ts'
import { problemsOf } from '../../ledger/runs/problems.ts'
import { runsOf, type Run as RunRow } from '../../ledger/runs/runs.ts'
import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import type { Asking, Fetch, Open, Page } from '../http/fetch.ts'
import type { Run } from './begin.ts'

/** Hours after which what an interrupted run had read is asked for again. */
const staleAfterHours = 12

/** A portal as one run sees it: its answers are kept, so that the next run asks only what has changed, or goes on where this one was interrupted. */
export interface Pages {
  fetch: Fetch
  open: Open
  /** Asks for every page of the last run whether it has changed. True where none has: then neither has any record, and all are marked as seen. */
  nothingNew(): Promise<boolean>
}

export function rememberPages(run: Run, { fetch, open }: { fetch: Fetch; open: Open }): Pages {
  const {
    source: { id: source },
    engine: { ledger },
    options,
    progress: { counts },
    keeper,
  } = run
  const keep = (address: string, accept: string, { etag, modified, url, mediaType }: Omit<Page, 'body'>, body: Buffer | null) =>
    keeper.page({ address, accept, etag: etag ?? null, modified: modified ?? null, url, mediaType }, body)

  /** Whether a page of the last run is as it was. One that is not is kept: the protocol will ask for it. */
  const isSame = async ({ address, accept, whole, ...page }: KeptPage): Promise<boolean> => {
    const answer = await (whole ? fetch : headOf(open))(address, accept, validators(page))
    if (answer.same) keeper.samePage(address)
    else if (whole) keep(address, accept, answer, Buffer.from(answer.body))
    return answer.same === true
  }

  return {
    fetch: async (url, accept, asking = {}) => {
      const address = addressOf(url, asking)
      const kept = keptPage(ledger, source, address)
      const again = (held: KeptPage) => {
        keeper.samePage(address)
        return pageOf(held, bodyOf(ledger, source, address))
      }
      if (kept?.whole && isRead(run, kept)) return again(kept)
      const held = kept?.whole && !options.full ? kept : undefined
      const page = await fetch(url, accept, { ...asking, ...(held && validators(held)) })
      if (page.same && held) return again(held)
      if (page.same)
        throw new Problem(
          'unexpected-answer',
          `${url} answered 304 (not modified) although nothing of it is held here. Ask the portal what is wrong with its cache.`,
          { url },
        )
      keep(address, accept, page, Buffer.from(page.body))
      return page
    },
    open: async (url, accept, asking = {}) => {
      const stream = await open(url, accept, asking)
      keep(addressOf(url, asking), accept, stream, null)
      return stream
    },
    nothingNew: async () => {
      const last = lastOf(run)
      const pages = last ? pagesOf(ledger, source, last.id) : []
      if (pages.length === 0 || !pages.every(({ address, etag, modified }) => !isPosted(address) && (etag ?? modified))) return false
      try {
        for (const page of pages) if (!(await isSame(page))) return false
      } catch (error) {
        // The protocol will ask for the page itself, and says what its failure means.
        if (error instanceof Problem) return false
        throw error
      }
      keeper.seenAgain(last!.id)
      counts.seen = last!.seen
      counts.unchanged = last!.seen
      return true
    },
  }
}

/** This run has read the page, or the interrupted one it goes on from has, not long ago. */
const isRead = ({ keeper, continues, started }: Run, { run, at }: KeptPage) =>
  run === keeper.run || (continues !== undefined && run >= continues && started.getTime() - Date.parse(at) < staleAfterHours * 3_600_000)

/** The last run, where it tells all of the source: it read it to the end and mapped it as this one does, and could read every record. */
function lastOf({ source, engine: { ledger }, mappingDigest, keeper, fresh, since }: Run): RunRow | undefined {
  const last = fresh || since ? undefined : runsOf(ledger, source.id, 2).find(run => run.id !== keeper.run)
  return last?.state === 'complete' && last.mode === 'full' && last.fingerprint === mappingDigest && problemsOf(ledger, last.id, 1).length === 0
    ? last
    : undefined
}

const validators = ({ etag, modified }: Pick<KeptPage, 'etag' | 'modified'>): Asking => ({ etag: etag ?? undefined, modified: modified ?? undefined })
const pageOf = ({ url, mediaType, etag, modified }: KeptPage, body: Buffer): Page => ({
  url,
  mediaType,
  body,
  ...(etag && { etag }),
  ...(modified && { modified }),
})

/** Only what an answer says of itself: the rest is not waited for. */
const headOf =
  (open: Open): Fetch =>
  async (url, accept, asking) => {
    const { body, ...head } = await open(url, accept, asking)
    await body[Symbol.asyncIterator]().return?.()
    return { ...head, body: Buffer.alloc(0) }
  }

/** What is asked, as one line: answers to different things that were posted are told apart. */
const addressOf = (url: string, { body }: Asking) => (body ? `${url} ${digest(body.text)}` : url)
/** What was posted is not kept: only the protocol can ask for it again. */
const isPosted = (address: string) => address.includes(' ')
