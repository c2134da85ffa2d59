import { Problem } from '../../problem.ts'
import { pageOf, type Page } from '../page/page.ts'
import type { Representation } from './forms.ts'
import { negotiate, splitExtension } from './negotiation.ts'
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
  const as = named ?? negotiate(request, resource.as)

  const tombstone = as.isPage ? resource.tombstone?.(thing, page) : undefined
  if (tombstone) return sendPage(page, response, tombstone, 410)
  resource.check?.(thing, as, page)
  const elsewhere = resource.elsewhere?.(thing, as)
  if (elsewhere !== undefined)
    return response.set('Cache-Control', 'no-cache').redirect(303, page.to(named?.extension === undefined ? elsewhere : `${elsewhere}.${named.extension}`))

  if (resource.as.length > 1) response.vary('Accept')
  if (resource.as.some(each => each.isPage)) response.vary('Accept').vary('Accept-Language')
  const links = [...alternates(resource, thing, page, pathOf(route.path, params)), ...nextOf(resource.next?.(thing, as, page))]
  if (links.length > 0) response.append('Link', links.join(', '))
  const cache = resource.cache?.(thing)
  if (cache !== undefined) response.set('Cache-Control', cache)
  const state = resource.state?.(thing, as)
  if (state !== undefined && unchanged(request, response, `${state}-${formOf(as, page)}-${site.edition}`, cache)) return

  await send({ site, response }, as, page, thing)
}

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
    const named = offered.find(each => each.extension === extension)
    if (named) return { params: others, named }
    const known = offered.flatMap(each => each.extension ?? [])
    throw new Problem('not-found', `This has no format "${extension}"; there are: ${known.join(', ')}.`)
  }
  const last = /[:*](\w+)$/.exec(path)?.[1]
  if (last === undefined) return { params }
  const { name, ...found } = splitExtension(params[last]!, offered)
  return { params: { ...params, [last]: name }, ...found }
}

/** The path of a route with its parameters put in. */
const pathOf = (path: string, params: Record<string, string>) => encodeURI(path.replace(/[:*](\w+)/g, (_, name: string) => params[name] ?? ''))

function alternates<Thing>({ as, links }: Resource<Thing>, thing: Thing, page: Page, path: string): string[] {
  const linked = links?.(thing, page)
  if (!linked) return []
  const others = as.flatMap(({ extension, mediaType }) => (extension === undefined ? [] : [`<${path}.${extension}>; rel="alternate"; type="${mediaType}"`]))
  return linked.canonical === undefined ? others : [...others, `<${linked.canonical}>; rel="canonical"`]
}

const nextOf = (address: string | undefined) => (address === undefined ? [] : [`<${address}>; rel="next"`])
