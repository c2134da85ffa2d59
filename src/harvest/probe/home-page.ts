import { plain } from '../../normalise/html.ts'
import { decode } from '../../rdf/decode.ts'
import type { Page } from '../http/answer.ts'

/** What the page of a portal says of it, whatever it speaks. */
export interface HomePage {
  title?: string
  language?: string
  /** The same page in other languages. */
  translations: Record<string, string>
  /** Other forms of the page in RDF. */
  feeds: string[]
  /** The folders of its links to `/dataset`: a catalogue may lie in a folder of its own. */
  folders: string[]
}

export const isHtml = (text: string): boolean => /^(?:\s|\uFEFF|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html|head|body)\b/i.test(text)

/** Reads a page of HTML no further than for its title, its language and its links. */
export function readHomePage(page: Page): HomePage {
  const html = decode(page.body, page.mediaType).slice(0, 2_000_000)
  const links = tags(html, 'link').filter(each => /\balternate\b/i.test(each['rel'] ?? ''))
  const address = (href: string | undefined) => (href ? URL.parse(href, page.url) : null)
  const name =
    tags(html, 'meta').find(each => (each['property'] ?? each['name']) === 'og:site_name')?.['content'] ?? /<title[^>]*>([^<]{1,500})<\/title>/i.exec(html)?.[1]
  const said = name && plain(name).replace(/\s+/g, ' ').trim()
  // The heading of a server's listing of a folder is no title.
  const title = said && !/^(?:index of|directory listing)\b/i.test(said) ? said : undefined
  const language = languageIn(tags(html, 'html')[0]?.['lang'])
  return {
    ...(title && { title }),
    ...(language && { language }),
    translations: Object.fromEntries(
      links.flatMap(({ hreflang, href }) => (languageIn(hreflang) && address(href) ? [[languageIn(hreflang)!, address(href)!.href]] : [])),
    ),
    feeds: links
      .filter(({ type }) => /^(text\/turtle|application\/(rdf\+xml|ld\+json|n-triples|trig))/i.test(type ?? ''))
      .flatMap(({ href }) => address(href)?.href ?? []),
    folders: [
      ...new Set(
        tags(html, 'a').flatMap(({ href }) => {
          const target = address(href)
          const folder = target?.origin === new URL(page.url).origin && /^(.*?\/)(?:[a-z]{2}\/)?datasets?(?:\/|$)/.exec(target.pathname)?.[1]
          return folder ? [new URL(folder, page.url).href] : []
        }),
      ),
    ].slice(0, 3),
  }
}

const languageIn = (code: string | undefined) => /^([a-z]{2})(?:[-_]|$)/i.exec(code ?? '')?.[1]?.toLowerCase()

/** The attributes of all tags of a name. */
const tags = (html: string, name: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'gi'))].map(([, inner]) =>
    Object.fromEntries(
      [...inner!.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)].map(([, key, double, single, bare]) => [
        key!.toLowerCase(),
        (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'),
      ]),
    ),
  )
