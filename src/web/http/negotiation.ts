import type { Request } from 'express'
import type { Problem } from '../../problem.ts'
import { saidProblem } from '../../words/said.ts'
import type { Representation } from './forms.ts'

/**
 * What the `Accept` header wishes for of what there is; undefined where that is nothing. Parameters of a media type, such as a charset or a profile, choose
 * between nothing here (RFC 9110, section 12.5.1): one that is asked for with them is the one without.
 */
export function accepted(request: Request, types: string[]): string | undefined {
  const accept = request.get('accept')
  if (!accept?.trim()) return types[0]
  const bare = rangesOf(accept)
    .filter(isRange)
    .map(range => [range.split(';')[0]!, ...(/;\s*q\s*=\s*[\d.]+/i.exec(range) ?? [])].join(''))
    .join(',')
  const asked = Object.create(request, { headers: { value: { ...request.headers, accept: bare } } }) as Request
  return (bare !== '' && asked.accepts(types)) || undefined
}

/** The ranges of an `Accept` header; `*` alone, as old clients send it, is everything. */
const rangesOf = (accept: string): string[] => (accept.match(/(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g) ?? []).map(range => range.replace(/^\s*\*(?=\s*(?:;|$))/, '*/*'))
const isRange = (range: string): boolean => /^\s*[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+\s*(?:;|$)/.test(range)

type Offer = Pick<Representation, 'mediaType' | 'extension' | 'otherExtensions' | 'aliases'>

/** The representation that an extension asks for: its own goes before another's second one. */
export const byExtension = <R extends Offer>(offered: R[], is: (extension: string) => boolean): R | undefined =>
  offered.find(({ extension }) => extension !== undefined && is(extension)) ?? offered.find(({ otherExtensions = [] }) => otherExtensions.some(is))

/**
 * What the `Accept` header wishes for, by the media type of a representation or another that clients send for it. Throws `not-acceptable`, with the list of
 * what there is, and `bad-request` for one that names no media type at all.
 */
export function negotiate<R extends Offer>(request: Request, offered: R[]): R {
  const types = new Map(offered.map(each => [each.mediaType, each]))
  for (const each of offered) for (const alias of each.aliases ?? []) if (!types.has(alias)) types.set(alias, each)
  const wished = accepted(request, [...types.keys()])
  const found = wished && types.get(wished)
  if (found) return found
  const value = request.get('accept')!
  if (!rangesOf(value).some(isRange)) throw saidProblem('bad-request', 'query_of_outlet.accept', { value: value.slice(0, 200) })
  throw refuseForm(value, offered)
}

/** Where what is wished for, by `Accept` or an extension, is nothing of what there is. */
export const refuseForm = (value: string, offered: Offer[]): Problem =>
  saidProblem('not-acceptable', 'query_of_outlet.formats', { formats: offered.map(({ mediaType }) => mediaType).join(', '), value: value.slice(0, 200) })

/** What the `Accept` header comes to where these are offered, and where there is nothing but a problem to send: with the same wish, the answer is the same. */
export function wishOf(request: Request, offered: Offer[]): string {
  const types = offered.flatMap(({ mediaType, aliases = [] }) => [mediaType, ...aliases])
  return `${accepted(request, types)} ${accepted(request, problemTypes)}`
}

/** What problems are told in; who wishes for nothing gets the first. */
export const problemTypes = ['application/problem+json', 'application/json', 'text/html']

/** `x.ttl` → the name and the representation that its extension asks for; a name without an extension of ours stays whole. */
export function splitExtension<R extends Offer>(name: string, offered: R[]): { name: string; named?: R } {
  const ends = (extension: string) => name.endsWith(`.${extension}`)
  const named = byExtension(offered, ends)
  if (!named) return { name }
  const extension = [named.extension!, ...(named.otherExtensions ?? [])].find(ends)!
  return { name: name.slice(0, -extension.length - 1), named }
}
