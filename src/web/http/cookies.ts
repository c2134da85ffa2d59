import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'

/** Words that nobody guesses. */
export const newWord = (): string => randomBytes(24).toString('base64url')

/** Cookies that pages cannot read, that no other site's form brings, and that go over TLS alone where there is TLS (RFC 6265bis). */
export function cookieOf(request: Request, name: string): string | undefined {
  const wanted = `${named(request, name)}=`
  return request
    .get('Cookie')
    ?.split(';')
    .map(each => each.trim())
    .find(each => each.startsWith(wanted))
    ?.slice(wanted.length)
}

export function setCookie(request: Request, response: Response, name: string, value: string, seconds: number): void {
  response.cookie(named(request, name), value, { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/', maxAge: seconds * 1000 })
}

export function clearCookie(request: Request, response: Response, name: string): void {
  response.clearCookie(named(request, name), { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/' })
}

/** Under this prefix, browsers take a cookie from our host alone, and over TLS alone. */
const named = (request: Request, name: string) => (request.secure ? `__Host-${name}` : name)
