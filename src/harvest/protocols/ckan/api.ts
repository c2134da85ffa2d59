import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import type { Fetch, Page } from '../../http/fetch.ts'
import { readJson } from '../../readers/json/answer.ts'

/** The address that action names are put behind, from a portal's address with or without its API path. */
export const actionUrl = (url: string): string => `${siteOf(url)}/api/3/action/`

/** The portal's address without the API path and the slash at its end. */
export const siteOf = (url: string): string => url.replace(/\/api(\/3?)?(\/action\/?.*)?$/, '').replace(/\/+$/, '')

/**
 * Asks a CKAN action (CKAN API guide, version 3) and opens the envelope. An error may come as HTML, or as `success: false` with
 * status 200: each is a Problem that says what came instead.
 */
export async function askAction(fetch: Fetch, base: string, action: string, parameters: Record<string, string>): Promise<unknown> {
  const url = `${base}${action}?${new URLSearchParams(parameters)}`
  const page = await fetch(url, 'application/json')
  const answer = readJson(page) as { success?: boolean; result?: unknown; error?: { message?: string; __type?: string } }
  if (answer?.success === false) {
    const { error } = answer
    throw new Problem(
      'portal-refused',
      `${url} answered success: false: ${error?.message ?? JSON.stringify(error)}. Check the source's options, or ask the portal.`,
      { url, excerpt: JSON.stringify(error)?.slice(0, 300) },
    )
  }
  if (answer?.result === undefined || answer.result === null)
    throw new Problem('unexpected-answer', `${url} answered JSON without a "result": this is not a CKAN action API. Check the source's url.`, {
      url,
      excerpt: text(page).slice(0, 300),
    })
  return answer.result
}

const text = (page: Page) => decode(page.body, page.mediaType)
