import type { Ledger } from '../file/ledger.ts'

/** What an address answered. `unknown`: what came is about us and not about it. */
export interface Answered {
  outcome: 'answers' | 'fails' | 'unknown'
  /** Of HTTP, where an answer came. */
  status?: number
  /** The code of the problem, where there was one. */
  problem?: string
  mediaType?: string
  /** Where it led to, where that is elsewhere. */
  redirect?: string
  etag?: string
  modified?: string
  bytes?: number
}

/** `alive`; `failing` until it has failed on so many days that it is `dead`; `unknown` where nobody could tell. */
export type LinkState = 'alive' | 'failing' | 'dead' | 'unknown'
export const linkStates: LinkState[] = ['alive', 'failing', 'dead', 'unknown']

/** Days on which an address has to fail, with none between on which it answered, before it counts as dead. */
const deadAfterDays = 3

/** An address of a file, and what was seen of it. */
export interface Link {
  url: string
  state: LinkState
  /** When it was asked last, and when it answered last. */
  checked: string
  answered: string | null
  /** When the failures began that have not ended yet. */
  failing_since: string | null
  failed_days: number
  status: number | null
  problem: string | null
  media_type: string | null
  redirect: string | null
  bytes: number | null
  etag: string | null
  modified: string | null
  /** The moment of the last change that was seen: by Last-Modified, or when its ETag or its size became another. */
  changed: string | null
}

const columns = 'url, state, checked, answered, failing_since, failed_days, status, problem, media_type, redirect, bytes, etag, modified, changed'

/** What is known of an address. */
export const linkOf = (ledger: Ledger, url: string): Link | undefined => ledger.get<Link>(`SELECT ${columns} FROM link WHERE url = ?`, url)

/** What is known of some addresses, by address. */
export const linksOf = (ledger: Ledger, urls: string[]): Map<string, Link> =>
  new Map(ledger.all<Link>(`SELECT ${columns} FROM link WHERE url IN (SELECT value FROM json_each(?))`, JSON.stringify(urls)).map(link => [link.url, link]))

/** Writes down what an address answered, and returns what is known of it now. */
export function writeAnswer(ledger: Ledger, url: string, at: string, answer: Answered): Link {
  const link = linkAfter(linkOf(ledger, url), url, at, answer)
  ledger.run(
    `INSERT OR REPLACE INTO link (host, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    hostIn(url),
    link.url,
    link.state,
    link.checked,
    link.answered,
    link.failing_since,
    link.failed_days,
    link.status,
    link.problem,
    link.media_type,
    link.redirect,
    link.bytes,
    link.etag,
    link.modified,
    link.changed,
  )
  return link
}

export const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')

/** What is known of an address after one more answer. What says nothing of it changes nothing of what was known. */
export function linkAfter(before: Link | undefined, url: string, at: string, answer: Answered): Link {
  const { outcome, status = null, problem = null } = answer
  const known: Link = before ?? {
    url,
    state: 'unknown',
    checked: at,
    answered: null,
    failing_since: null,
    failed_days: 0,
    status: null,
    problem: null,
    media_type: null,
    redirect: null,
    bytes: null,
    etag: null,
    modified: null,
    changed: null,
  }
  if (outcome === 'unknown') return { ...known, checked: at, ...(known.state === 'alive' || known.state === 'unknown' ? { status, problem } : {}) }
  if (outcome === 'fails') {
    const another = known.failing_since === null || at.slice(0, 10) !== known.checked.slice(0, 10)
    const failed_days = known.failed_days + Number(another)
    return {
      ...known,
      state: failed_days >= deadAfterDays ? 'dead' : 'failing',
      checked: at,
      failing_since: known.failing_since ?? at,
      failed_days,
      status,
      problem,
    }
  }
  const seen = { etag: answer.etag ?? null, modified: answer.modified ?? null, bytes: answer.bytes ?? null }
  return {
    ...known,
    state: 'alive',
    checked: at,
    answered: at,
    failing_since: null,
    failed_days: 0,
    status,
    problem: null,
    media_type: answer.mediaType || null,
    redirect: answer.redirect ?? null,
    ...seen,
    changed: changeOf(known, seen, at) ?? known.changed,
  }
}

/** The moment of a change: what the server says, if that can be; else now, where what tells one content from another is not what it was. */
function changeOf(
  before: Pick<Link, 'answered' | 'etag' | 'bytes'>,
  { etag, modified, bytes }: Pick<Link, 'etag' | 'modified' | 'bytes'>,
  at: string,
): string | undefined {
  const said = Date.parse(modified ?? '')
  if (!Number.isNaN(said) && said <= Date.parse(at)) return new Date(said).toISOString()
  if (before.answered === null) return undefined
  const other = (a: string | number | null, b: string | number | null) => a !== null && b !== null && a !== b
  return other(before.etag, etag) || (etag === null && other(before.bytes, bytes)) ? at : undefined
}
