import type { Request } from 'express'
import { currentRevision } from '../../ledger/records/revisions.ts'
import type { Link } from '../../outlets/outlet.ts'
import type { Words } from '../../words/words.ts'
import type { Site } from '../site/site.ts'

/** One page as somebody asked for it: its language and its address. */
export interface Page {
  site: Site
  words: Words
  language: string
  /** `/fr` where the address names the language, empty where the browser's wish decides. */
  prefix: string
  /** The address without the prefix. */
  path: string
  query: URLSearchParams
  /** Languages in the order in which texts of portals are shown: the page's own, then the catalogue's. */
  reading: string[]
  /** What the addresses that are written for the reader begin with. */
  origin: string
  /** The newest revision. */
  revision: number
  /** The entry of the menu that the page belongs to. */
  menu: string | undefined
  /** An address of ours in the language of the page. */
  to(path: string, query?: URLSearchParams): string
}

const pattern = (site: Site) => new RegExp(`^/(${site.languages.join('|')})(?=[/?]|$)`)

/** The address that routes see: without the prefix of the language. */
export function withoutLanguage(site: Site, url: string): string {
  const rest = url.replace(pattern(site), '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The address that a request names, whatever stands in it: what begins with two slashes, as that of another host does, is a path as well. */
export const addressAsked = (url: string): URL => new URL(`http://page.invalid${url.startsWith('/') ? '' : '/'}${url}`)

const named = (site: Site, request: Request) => pattern(site).exec(request.originalUrl)?.[1]

/** The language of a page: the one that its address names, else the browser's, else the catalogue's. */
export const languageOf = (site: Site, request: Request): string => named(site, request) ?? (request.acceptsLanguages(...site.languages) || site.languages[0]!)

export function pageOf(site: Site, request: Request, menu?: string): Page {
  const language = languageOf(site, request)
  const url = addressAsked(withoutLanguage(site, request.originalUrl))
  const prefix = named(site, request) ? `/${language}` : ''
  return {
    site,
    language,
    prefix,
    words: site.words.get(language)!,
    path: url.pathname,
    query: url.searchParams,
    reading: [...new Set([language, ...site.publication.catalogue.languages, 'und', 'en'])],
    origin: originOf(site, request),
    revision: currentRevision(site.publication.ledger),
    menu,
    to: (path, query) => `${prefix}${path}${query && query.size > 0 ? `?${query}` : ''}` || '/',
  }
}

/** The one address of a page, in its language; of a document, in none. */
export const canonicalLink = ({ site, language }: Page, path: string, { isPage }: { isPage?: boolean }): Link => ({
  rel: 'canonical',
  href: isPage ? site.addresses.inLanguage(language, path) : `${site.publication.catalogue.base}${path}`,
})

/**
 * What the addresses that we write begin with: the base of the edition, or the one of its other origins that the reader asked at. What a reader calls us is
 * never believed: a link of ours leads to us, whoever asked first.
 */
export const originOf = ({ publication: { catalogue } }: Site, request: Request): string =>
  catalogue.origins.find(origin => origin === `${request.protocol}://${request.host}`) ?? catalogue.base
