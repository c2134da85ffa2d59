import type { Request, RequestHandler, Response } from 'express'
import type { VNode } from 'preact'
import type { Role } from '../../ledger/programme/roles.ts'
import type { Link } from '../../outlets/outlet.ts'
import type { Page } from '../page/page.ts'
import type { Listed, Site } from '../site/site.ts'
import type { Representation } from './forms.ts'
import type { Access, Admitted } from './tokens.ts'
import type { Visit } from './visits.ts'

/** What an address leads to, and in which representations it can be had. */
export interface Resource<Thing = unknown> {
  /** What the address leads to; `body` is what was posted. Throws `not-found` and the like. */
  find(page: Page, params: Record<string, string>, body?: object): Thing
  /** Who wishes for nothing gets the first; an extension goes before what the reader accepts. */
  as: Representation<Thing>[]
  /** Those of them that answer a query, where not all do. */
  asFor?(query: URLSearchParams): Representation<Thing>[]
  /** The page that stays of what is no more (410). */
  tombstone?(thing: Thing, page: Page): VNode | undefined
  /** Throws where there is nothing to send in this representation. */
  check?(thing: Thing, as: Representation<Thing>, page: Page): void
  /** The address where it is found instead, without an extension (303). */
  elsewhere?(thing: Thing, as: Representation<Thing>, page: Page): string | undefined
  /** The status of an answer that is an error in the words of a protocol. */
  status?(thing: Thing): number
  /** The revision that the answer is cut from (`Last-Modified`, `Fihrist-Revision`). */
  revision?(thing: Thing, as: Representation<Thing>): number | undefined
  /** Whether it is a state of the past, which the reader named: it says of when (`Memento-Datetime`, RFC 7089). */
  isPast?(thing: Thing): boolean
  /** What the answer depends on beside the revision, the language and the edition: they become an ETag. */
  state?(thing: Thing, as: Representation<Thing>): string | undefined
  /** What it says depends on the time of day too: so many seconds later it is made anew, though nothing was written. */
  seconds?: number
  /** How long a reader may keep the answer without asking (`Cache-Control`); what has a state is asked for again each time. */
  cache?(thing: Thing): string | undefined
  /** Where the answer leads (RFC 8288), beside the other representations, which are linked with it; undefined where nothing is. */
  links?(thing: Thing, as: Representation<Thing>, page: Page): Link[] | undefined
}

/** A request and its answer, on the way to what answers it. */
export interface Exchange {
  site: Site
  request: Request
  response: Response
  route: Route
}

type Answered = void | Promise<void>

/** What answers an address that is no resource: a protocol of its own, an action, a sign of life. */
export type Handle = (exchange: Exchange) => Answered

/** The same where a token is needed: told who bore which, for which source. */
export type Act = (exchange: Exchange, by: Admitted) => Answered

/** What is there for those alone who have signed in: told who it is, and what he has sent. */
export type Attend = (exchange: Exchange, visit: Visit) => Answered

interface Row extends Listed {
  /** How it is asked; only read (`get`, which answers HEAD too) where nothing is said. */
  methods?: ('get' | 'post')[]
  /** What comes before: limits, readers of bodies. */
  before?: ((site: Site) => RequestHandler)[]
  /** Characters of its address that are read, where they are more than those of a search. */
  longest?: number
  /** Bytes of a form that are read, where it brings a file. */
  most?: number
}

/** An address of the catalogue. */
export type Route = Row & ({ resource: Resource } | { answer: Handle } | { access: Access; act: Act } | { role: Role; attend: Attend })

/** The paths of a route: of a resource whose name is fixed also the one that ends in an extension. */
export function pathsOf(route: Route): string[] {
  const { path } = route
  const extended = 'resource' in route && route.resource.as.some(({ extension }) => extension !== undefined) && !/[:*]\w+$|\.\w+$|\/$/.test(path)
  return extended ? [path, `${path}.:extension`] : [path]
}
