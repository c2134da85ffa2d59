import type { Publication } from './publication.ts'

/** A form that something can be had in: by its media type, its extension, or another type that clients send for it. An RDF format is one. */
export interface Form {
  mediaType: string
  extension: string
  aliases?: string[]
}

/** What is written: whole, or in pieces, each of them made when the one before it has been sent. */
export type Text = string | Iterable<string> | AsyncIterable<string>

/** What a way out is asked for. */
export interface OutletRequest {
  /** Scheme, host and port that the reader knows us by. */
  origin: string
  /** What was asked for, without its query. */
  address: string
  /** What the address names where the path has a `:name`. */
  params: Record<string, string>
  /** The query of the address, and the fields of a form that was posted. */
  query: URLSearchParams
}

/** A way out of the catalogue that is for programs alone. `Part` is what one address of it leads to: a page of the feed, a file of the sitemap. */
export interface Outlet<Part = unknown, F extends Form = Form> {
  /** Where it is, as routes are written. The extension of a form may stand at its end, and is added where it does not. */
  path: string
  methods?: ('get' | 'post')[]
  /** What it can be had in; who wishes for nothing gets the first. */
  forms: F[]
  /** The page for people, where they are led who ask for HTML. */
  page?: string
  /** What is asked for. Throws `not-found`, `bad-request` and `pruned`. */
  find(publication: Publication, asked: OutletRequest): Part
  /** What the text depends on beside the edition: while it stays, a reader who holds the text is not sent it again. */
  state?(part: Part): string
  /** How long a reader may keep it without asking (`Cache-Control`). */
  cache?(part: Part): string
  /** The address of the part after this one (`Link: rel="next"`). */
  next?(part: Part, form: F, asked: OutletRequest): string | undefined
  write(publication: Publication, part: Part, form: F, asked: OutletRequest): Text | Promise<Text>
}
