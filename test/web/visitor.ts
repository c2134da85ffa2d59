import { setTimeout as wait } from 'node:timers/promises'
import { invite, type Invited } from '../../src/ledger/programme/people.ts'
import type { Open } from './site.ts'

/** Somebody before a browser without scripts: he keeps cookies, and sends the forms that pages show him. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  page(path: string): Promise<string>
  post(path: string, fields: Record<string, string | Blob>, headers?: Record<string, string>): Promise<Response>
  /** Opens a form, takes as long as people do, and sends it. */
  fill(path: string, fields: Record<string, string | Blob>): Promise<Response>
  cookies: Map<string, string>
}

export function visitor(site: Open, language = 'fr'): Visitor {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit, headers: Record<string, string> = {}) => {
    const cookie = [...cookies].map(pair => pair.join('=')).join('; ')
    const given = { Accept: 'text/html', 'Accept-Language': language, ...(cookie && { Cookie: cookie }), ...headers }
    const response = await fetch(`${site.url}${path}`, { redirect: 'manual', ...init, headers: given })
    for (const each of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!
      if (value) cookies.set(name!, value)
      else cookies.delete(name!)
    }
    return response
  }
  const get: Visitor['get'] = (path, headers) => send(path, {}, headers)
  const page: Visitor['page'] = async path => read(await get(path))
  const post: Visitor['post'] = (path, fields, headers = {}) => {
    const hasFile = Object.values(fields).some(value => typeof value !== 'string')
    const body = hasFile ? new FormData() : new URLSearchParams()
    for (const [name, value] of Object.entries(fields)) (body as FormData).append(name, value as string)
    return send(path, { method: 'POST', body }, { Origin: site.url, 'Sec-Fetch-Site': 'same-origin', ...headers })
  }
  return {
    get,
    page,
    post,
    cookies,
    fill: async (path, fields) => {
      const ticket = hidden(await page(path), 'ticket')
      await wait(2100)
      return post(path, { ticket, ...fields })
    },
  }
}

/** A page as people read it: in French, spaces that no line may end at are spaces. */
export const read = async (page: Response): Promise<string> => (await page.text()).replace(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'")

/** What a hidden field of a page holds. */
export const hidden = (page: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

export const passphrase = 'quatre chevaux sans selle'

/** Somebody who was invited, has chosen a passphrase, and is signed in. */
export async function steward(site: Open, person: Partial<Invited> = {}, language = 'fr'): Promise<Visitor> {
  const word = `word-${Math.random()}`.padEnd(32, 'x')
  const now = new Date()
  const invited = { email: 'rod@example.ma', name: 'Salma', role: 'admin', body: null, language, ...person } as Invited
  invite(site.house.ledger, invited, word, new Date(now.getTime() + 3_600_000).toISOString(), now.toISOString())
  const browser = visitor(site, language)
  const response = await browser.post(`/steward/invitation/${word}`, { passphrase, again: passphrase })
  if (response.status !== 303) throw new Error(`not let in: ${response.status}`)
  return browser
}
