import { gunzipSync } from 'node:zlib'
import { Problem, sentence } from '../../../problem.ts'
import type { Fetch, Page } from '../../http/fetch.ts'
import { children, readXml, textOf } from '../../readers/xml/xml.ts'

/** A page that a sitemap names, and when it says that it changed. */
export interface SitemapEntry {
  url: string
  lastmod: string
}

/** Indexes name sitemaps; an index in an index is not allowed, and all the same found. */
const maxDepth = 5
const maxSitemaps = 5000

/** Where a portal's sitemaps are: the address itself where it is one, else what robots.txt names, else the usual place. */
export async function sitemapsOf(address: string, fetch: Fetch): Promise<string[]> {
  const { origin, pathname } = new URL(address)
  if (/\.(xml|txt)(\.gz)?$|sitemap/i.test(pathname)) return [address]
  try {
    const robots = new TextDecoder().decode((await fetch(`${origin}/robots.txt`, 'text/plain, */*;q=0.1')).body)
    const named = [...robots.matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)].flatMap(([, url]) => (URL.canParse(url!, origin) ? [new URL(url!, origin).href] : []))
    if (named.length > 0) return [...new Set(named)]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  return [`${origin}/sitemap.xml`]
}

/**
 * The pages of some sitemaps and of those that they name, each address once (sitemaps.org protocol 0.9; gzip and plain lists too). A sitemap that cannot be
 * read is lost; throws where the first cannot.
 */
export async function* pagesIn(sitemaps: string[], fetch: Fetch, maxBytes: number): AsyncGenerator<SitemapEntry | { lost: Problem }> {
  const queue = sitemaps.map(url => ({ url, depth: 0 }))
  const seen = new Set(sitemaps)
  const pages = new Set<string>()
  let read = 0
  for (const { url, depth } of queue) {
    let found: ReturnType<typeof entriesOf>
    try {
      found = entriesOf(await fetch(url, 'application/xml, text/xml, text/plain;q=0.5, */*;q=0.1'), maxBytes)
    } catch (error) {
      if (!(error instanceof Problem) || (read === 0 && queue.length === 1)) throw error
      yield { lost: error }
      continue
    }
    read++
    if (found.problem) yield { lost: found.problem }
    for (const each of found.pages) {
      if (pages.has(each.url)) continue
      pages.add(each.url)
      yield each
    }
    for (const next of found.sitemaps.filter(next => !seen.has(next))) {
      if (depth === maxDepth || seen.size === maxSitemaps) {
        yield {
          lost: new Problem(
            'endless-pages',
            `${url} names further sitemaps after ${seen.size} of them, ${depth} deep: they are not read. Ask the portal whether its sitemaps end.`,
            { url },
          ),
        }
        break
      }
      seen.add(next)
      queue.push({ url: next, depth: depth + 1 })
    }
  }
}

function entriesOf(page: Page, maxBytes: number): { pages: SitemapEntry[]; sitemaps: string[]; problem?: Problem } {
  const body = unpacked(page, maxBytes)
  const start = new TextDecoder()
    .decode(body.subarray(0, 200))
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^https?:\/\//.test(start))
    return {
      pages: new TextDecoder()
        .decode(body)
        .split(/\s+/)
        .flatMap(line => addressed(line.replace(/^\uFEFF/, ''), '', page.url)),
      sitemaps: [],
    }
  const { root, problem } = readXml({ url: page.url, body })
  if (root.name !== 'urlset' && root.name !== 'sitemapindex')
    throw new Problem('unexpected-answer', `${page.url} is XML whose root is ${root.name}: this is no sitemap. Check the source's url.`, { url: page.url })
  const entries = children(root)
    .filter(each => !each.cut)
    .flatMap(entry => {
      const said = (name: string) => textOf(children(entry).find(each => each.name === name && each.space === root.space))
      return addressed(said('loc'), said('lastmod'), page.url)
    })
  return root.name === 'sitemapindex'
    ? { pages: [], sitemaps: entries.map(({ url }) => url), ...(problem && { problem }) }
    : { pages: entries, sitemaps: [], ...(problem && { problem }) }
}

const addressed = (loc: string, lastmod: string, base: string): SitemapEntry[] =>
  loc && URL.canParse(loc, base) ? [{ url: new URL(loc, base).href.replace(/#.*$/, ''), lastmod }] : []

/** A sitemap that is a gzip file; as it comes where it is none. */
function unpacked({ body, url }: Page, maxBytes: number): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes })
  } catch (error) {
    const bomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw bomb
      ? new Problem(
          'too-large',
          `${url} is larger than ${maxBytes} bytes when it is unpacked. Ask the portal to split its sitemap, or raise limits.maxBytes of the source.`,
          { url },
          error,
        )
      : new Problem('not-xml', `${url} is a gzip file that is broken or cut off: ${sentence(error)}. Ask the portal to mend it.`, { url }, error)
  }
}
