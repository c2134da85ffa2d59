import { createHmac } from 'node:crypto'
import type { Request, Response } from 'express'
import { paths } from '../../config/addresses.ts'
import { beginSession, endSession, signedInBy, type Person } from '../../ledger/programme/people.ts'
import { mayAs, type Role } from '../../ledger/programme/roles.ts'
import { saidProblem } from '../../words/said.ts'
import { pageOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { clearCookie, cookieOf, newWord, setCookie } from './cookies.ts'
import { fieldOf, mostBytes, readPosted, type Posted } from './posted.ts'
import { alike } from './tickets.ts'

/** Hours for which somebody stays signed in. */
const hours = 12
const cookie = 'fihrist-session'

/** Somebody who has signed in, and what he sends. */
export interface Visit {
  person: Person
  /** What each of his forms bears, so that no page of another's can send one for him. */
  sign: string
  /** What he has sent, where he has. */
  posted: Posted | undefined
}

/**
 * Lets in who has signed in and may do what needs this role. Who has not is led to where he can, and nothing is returned. Throws `forbidden` for one who may
 * not, and for a form that is none of his.
 */
export async function visitOf(site: Site, request: Request, response: Response, role: Role, most: number = mostBytes.form): Promise<Visit | undefined> {
  response.set('Cache-Control', 'no-store').removeHeader('Access-Control-Allow-Origin')
  const word = cookieOf(request, cookie)
  const person = word === undefined ? undefined : signedInBy(site.publication.ledger, word, new Date().toISOString())
  if (word === undefined || !person) {
    const page = pageOf(site, request)
    const back = request.method === 'GET' ? new URLSearchParams({ to: page.path }) : undefined
    response.redirect(303, page.to(paths.signIn, back))
    return undefined
  }
  if (!mayAs(person.role, role)) throw saidProblem('forbidden', 'steward.may_not')
  const sign = signOf(word)
  const posted = request.method === 'POST' ? await readPosted(site, request, most) : undefined
  if (posted && !alike(fieldOf(posted, 'sign'), sign)) throw saidProblem('forbidden', 'form.forged')
  return { person, sign, posted }
}

const signOf = (word: string) => createHmac('sha256', word).update('form').digest('base64url')

/** Lets somebody in from now on. */
export function signIn({ publication: { ledger } }: Site, request: Request, response: Response, person: Person): void {
  const [word, now] = [newWord(), Date.now()]
  beginSession(ledger, person.id, word, new Date(now + hours * 3_600_000).toISOString(), new Date(now).toISOString())
  setCookie(request, response, cookie, word, hours * 3600)
}

export function signOut({ publication: { ledger } }: Site, request: Request, response: Response): void {
  const word = cookieOf(request, cookie)
  if (word !== undefined) endSession(ledger, word)
  clearCookie(request, response, cookie)
}
