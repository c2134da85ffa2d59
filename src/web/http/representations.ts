import { momentOf } from '../../ledger/records/revisions.ts'
import { linkText } from '../../outlets/link-text.ts'
import type { Link } from '../../outlets/outlet.ts'
import { Problem } from '../../problem.ts'
import { pageOf, type Page } from '../page/page.ts'
import type { Representation } from './forms.ts'
import { byExtension, negotiate, refuseForm, splitExtension } from './negotiation.ts'
import type { Exchange, Resource } from './route.ts'
import { send, sendPage, unchanged } from './send.ts'

/**
 * Answers what is asked of a resource, in the representation that is asked for: by the extension of the address, else by `Accept`.
 * Every answer says what it depends on (`Vary`), which others there are (`Link`), and, where the resource has a state, whether the reader holds it already.
 */
export async function represent<Thing>(resource: Resource<Thing>, { site, request, response, route }: Exchange): Promise<void> {
  const page = pageOf(site, request, route.menu)
  const { params, named } = namedBy(route.path, request.params, resource.as)
  const thing = resource.find(page, params, request.body as object | undefined)
  const offered = resource.asFor?.(page.query) ?? resource.as
  const as = named ?? negotiate(request, offered)
  if (!offered.includes(as)) throw refuseForm(as.mediaType, offered)

  const tombstone = as.isPage ? resource.tombstone?.(thing, page) : undefined
  if (tombstone) return sendPage(page, response, tombstone, 410)
  resource.check?.(thing, as, page)
  const elsewhere = resource.elsewhere?.(thing, as, page)
  if (elsewhere !== undefined) {
    const profile = new URLSearchParams([...page.query].filter(([name]) => name === 'profile'))
    return response
      .set('Cache-Control', 'no-cache')
      .redirect(303, page.to(named?.extension === undefined ? elsewhere : `${elsewhere}.${named.extension}`, profile))
  }

  if (resource.isPast) response.vary('Accept-Datetime')
  if (resource.as.length > 1) response.vary('Accept')
  if (resource.as.some(each => each.isPage)) response.vary('Accept').vary('Accept-Language')
  const links = resource.links?.(thing, as, page)
  if (links) {
    // The way in has no name that an extension could follow.
    const all = [...(route.path === '/' ? [] : alternates(offered, addressOf(route.path, params, page))), ...links]
    if (all.length > 0 && String(page.query).length <= longestQuery) response.append('Link', all.map(link => linkText(link)).join(', '))
    const profile = links.find(({ rel }) => rel === 'profile')
    if (profile) response.set('Content-Profile', `<${profile.href}>`)
  }
  const cache = resource.cache?.(thing)
  if (cache !== undefined) response.set('Cache-Control', cache)
  const status = resource.status?.(thing) ?? 200
  // What is an error now may be none in a moment.
  if (status !== 200) {
    response.status(status).set('Cache-Control', 'no-store')
    return send({ site, request, response }, as, page, thing)
  }
  const revision = resource.revision?.(thing, as)
  const state = resource.state?.(thing, as)
  if (revision !== undefined) response.set('Fihrist-Revision', String(revision))
  if (revision !== undefined || state !== undefined) {
    const tag = [revision, state, formOf(as, page), site.edition].filter(part => part !== undefined).join('-')
    const modified = revision === undefined ? undefined : momentOf(site.publication.ledger, revision)
    if (modified !== undefined && resource.isPast?.(thing)) response.set('Memento-Datetime', new Date(modified).toUTCString())
    if (unchanged(request, response, { tag, modified, cache })) return
  }
  await send({ site, request, response }, as, page, thing)
}

/** Characters of a query that links repeat, one after the other: clients and proxies take a long head for a failure of ours. */
const longestQuery = 500

/** What tells the answers of one state apart. */
const formOf = ({ isPage, extension }: Representation<never>, page: Page) => (isPage ? `html${page.prefix}/${page.language}` : extension)

/**
 * The parameters of a path, and the representation that an extension names: `:extension` of a fixed name, else at the end of the last parameter. Throws
 * `not-found` for one there is not.
 */
function namedBy<R extends Representation<never>>(
  path: string,
  from: Record<string, string | string[]>,
  offered: R[],
): { params: Record<string, string>; named?: R } {
  const params = Object.fromEntries(Object.entries(from).map(([name, value]) => [name, [value].flat().join('/')]))
  const own = offered.find(({ extension }) => extension !== undefined && path.endsWith(`.${extension}`))
  if (own) return { params, named: own }
  const { extension, ...others } = params
  if (extension !== undefined) {
    const named = byExtension(offered, each => each === extension)
    if (named) return { params: others, named }
    const known = offered.flatMap(each => each.extension ?? [])
    throw new Problem('not-found', `This has no format "${extension}"; there are: ${known.join(', ')}.`)
  }
  const last = /[:*](\w+)$/.exec(path)?.[1]
  if (last === undefined) return { params }
  const { name, ...found } = splitExtension(params[last]!, offered)
  return { params: { ...params, [last]: name }, ...found }
}

/** The address of each form: the path of the route with its parameters put in, an extension, and the query. */
const addressOf = (path: string, params: Record<string, string>, { query }: Page) => {
  const filled = encodeURI(path.replace(/[:*](\w+)/g, (_, name: string) => params[name] ?? ''))
  return (extension: string) => `${filled}.${extension}${query.size > 0 ? `?${query}` : ''}`
}

/** The forms of a thing, where there are several that an extension asks for. */
function alternates<Thing>(all: Representation<Thing>[], address: (extension: string) => string): Link[] {
  const linked = all.flatMap(({ extension, mediaType }) => (extension === undefined ? [] : [{ href: address(extension), rel: 'alternate', type: mediaType }]))
  return linked.length > 1 ? linked : []
}
