import { Problem } from '../../../problem.ts'
import type { Graph } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { hydra } from '../../../rdf/namespaces.ts'
import { isLiteral, namedNode, type NamedNode } from '../../../rdf/terms.ts'

const ldpNextPage = namedNode('http://www.w3.org/ns/ldp#nextPage')

/** Links to the next page, as the two designs of Hydra, LDP, and their users write them: an IRI, a literal, or an IRI relative to the page. */
export function nextPage(page: Graph, url: string): string | undefined {
  const linksFrom = (view?: NamedNode) =>
    [hydra.next, hydra.nextPage, ldpNextPage]
      .flatMap(property => page.objects(view, property))
      .map(link => link.value.trim())
      .filter(Boolean)
  // Some feeds describe several pages at once: the one that says it is this page is believed.
  const link = linksFrom(namedNode(url))[0] ?? linksFrom().sort()[0]
  if (!link) return undefined
  const next = mendIri(URL.canParse(link) ? link : (URL.parse(link, url)?.href ?? ''))
  if (!next)
    throw new Problem('page-link', `${url} names "${link.slice(0, 200)}" as its next page, which is no address. Ask the portal to mend the link.`, { url })
  const { protocol, host, pathname, search } = new URL(next)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Problem('page-link', `${url} names ${link.slice(0, 200)} as its next page: only http and https are followed. Ask the portal to mend the link.`, {
      url,
    })
  const here = new URL(url)
  if (host === here.host) return next
  // A portal behind a proxy often writes its inner address: the page is asked where the feed was found, and no other host is.
  const moved = new URL(search === here.search ? pathname + search : here.pathname + search, here)
  return moved.href
}

/** The address after one that counts its pages in its query; undefined where it does not. */
export function followingPage(url: string): string | undefined {
  const next = new URL(url)
  const page = next.searchParams.get('page')
  if (!page || !/^\d{1,9}$/.test(page)) return undefined
  next.searchParams.set('page', String(Number(page) + 1))
  return next.href
}

/** How many datasets the feed says it has. */
export function totalOf(page: Graph): number | undefined {
  const totals = page
    .objects(null, hydra.totalItems)
    .filter(isLiteral)
    .map(total => Number(total.value))
    .filter(total => total > 0)
  return totals.length > 0 ? Math.max(...totals) : undefined
}
