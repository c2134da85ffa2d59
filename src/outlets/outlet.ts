import type { Publication } from './publication.ts'

/** A form that something can be had in: by its media type, its extension, or another type that clients send for it. An RDF format is one. */
export interface Form {
  mediaType: string
  extension: string
  /** Other extensions that ask for it. */
  otherExtensions?: string[]
  aliases?: string[]
}

/** What is written: whole, or in pieces, each of them made when the one before it has been sent. */
export type Text = string | Iterable<string> | AsyncIterable<string | Uint8Array>

/** A link of an answer to something else (RFC 8288). */
export interface Link {
  href: string
  rel: string
  type?: string
  /** The profile that it is in. */
  profile?: string
}

/** What a way out is asked for. */
export interface OutletRequest {
  /** What the addresses that are written begin with: the base of the edition, or another of its origins. Never what the reader calls us. */
  origin: string
  /** What was asked for, without its query. */
  address: string
  /** What the address names where the path has a `:name`. */
  params: Record<string, string>
  /** The query of the address, and the fields of a form that was posted. */
  query: URLSearchParams
}

/**
 * A way out of the catalogue that is for programs alone. Its row says what there is; what every way out needs comes by itself: forms by extension and `Accept`,
 * ETag, `Last-Modified` and `Fihrist-Revision`, 304, HEAD, gzip and brotli, CORS, links to the other forms, and problems in the language of the reader. `Part`
 * is what one address of it leads to: a page of the feed, a file of the sitemap.
 */
export interface Outlet<Part = unknown, F extends Form = Form> {
  /** Where it is, as routes are written. The extension of a form may stand at its end, and is added where it does not. */
  path: string
  /** What it is, in a sentence for who writes a program. */
  about?: string
  /** The parameters of its query, and what each means. */
  parameters?: Record<string, string>
  methods?: ('get' | 'post')[]
  /** What it can be had in; who wishes for nothing gets the first. */
  forms: F[]
  /** The page for people, where they are led who ask for HTML. */
  page?: string
  /** Those of the forms that answer a query, where not all do. */
  formsFor?(query: URLSearchParams): F[]
  /** What is asked for (asked.ts reads queries). Throws `not-found`, `bad-request` and `pruned`. */
  find(publication: Publication, asked: OutletRequest): Part
  /** The status of an answer that is an error in the words of a protocol; 200 where nothing is said. */
  status?(part: Part): number
  /** The revision that it is cut from: a reader who holds it at that revision is not sent it again. */
  revision?(part: Part): number
  /** Whether the reader named the revision: then it is a state of the past, and says of when (RFC 7089). */
  isPast?(part: Part): boolean
  /** What the text depends on beside the revision, the form and the edition. */
  state?(part: Part): string
  /** How long a reader may keep it without asking (`Cache-Control`). */
  cache?(part: Part): string
  /** Where it leads (`Link`): the part after it, the one before. The other forms are linked anyway. */
  links?(part: Part, form: F, asked: OutletRequest, publication: Publication): Link[]
  write(publication: Publication, part: Part, form: F, asked: OutletRequest): Text | Promise<Text>
}
