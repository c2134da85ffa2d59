import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { parseJson } from '../../../rdf/json.ts'
import type { Page } from '../../http/fetch.ts'

/** What to do about an answer that cannot be read. */
const remedy = 'Ask the portal what is wrong there, or use smaller pages (options.pageSize).'

/** An answer of an API as JSON. An error may come as HTML with status 200: each is a Problem that says what came instead. */
export function readJson(page: Page): unknown {
  const body = decode(page.body, page.mediaType)
  if (/^\s*</.test(body)) throw notJson(page.url, body)
  try {
    return parseJson(body)
  } catch (error) {
    throw brokenJson(page.url, body.length, body, remedy, error)
  }
}

export const notJson = (url: string, text: string) =>
  new Problem(
    'portal-refused',
    `${url} answered with a page of HTML or XML and not with JSON: a firewall, a login or a wrong address. ` +
      'Ask the portal to let this address through, or use smaller pages (options.pageSize).',
    { url, excerpt: text.trim().slice(0, 300) },
  )

export const brokenJson = (url: string, read: number, end: string, advice: string, cause?: unknown) =>
  new Problem('not-json', `${url} answered with JSON that is broken or cut off (${read} characters came). ${advice}`, { url, excerpt: end.slice(-200) }, cause)
