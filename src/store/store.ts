import type { Source } from '../config/sources.ts'
import type { QueryForm } from './query.ts'
import type { TypedVariables } from './typed-variables.ts'
import type { Cut } from './written.ts'

/** How a query is to be answered. */
export interface Wanted {
  /** One of the media types of its form. */
  mediaType: string
  form?: QueryForm
  /** The graphs that are asked, where the request names them (SPARQL 1.1 Protocol, 2.1.4): they go before those that the query names. */
  dataset?: Dataset
  /** Whether the query chooses its dataset itself; otherwise it is asked of the union of all graphs. */
  ownDataset?: boolean
  /** The variables whose datatype is to be given back. */
  typed?: TypedVariables
  /** The other endpoints that it asks. */
  services?: string[]
  /** It may take more than a store has, as far as its text tells. */
  suspect?: boolean
  /** Seconds, where they are fewer than the store allows. */
  timeoutS?: number
  /** Who asks: nobody has more of the store than others who wait. */
  client?: string
  /** Ends the query when its answer is no longer wanted. */
  signal?: AbortSignal
}

export interface Dataset {
  default: string[]
  named: string[]
}

/** The answer to a query, of one revision. */
export interface Answer {
  revision: number
  /** Its bytes, in order. */
  pieces: Uint8Array[]
  /** What it was cut to, where there was more. */
  cut?: Cut
}

/** How one copy stands. */
export interface Copy {
  revision: number
  /** Whether it answers. */
  ready: boolean
  /** It is answering a query, and was not asked. */
  busy?: boolean
  /** Of its memory. */
  bytes?: number
  /** What it has yet to follow, and for how long that has been waiting. */
  behind?: { revisions: number; seconds: number }
  /** Why it does not follow, or answer. */
  problem?: string
}

/** The SPARQL engine behind one interface: it follows the ledger and can be thrown away and rebuilt from it. */
export interface Store {
  /** Answers a query. Rejects with `query-malformed`, `query-refused`, `query-timeout`, `query-memory`, `too-many-queries` or `store-busy`. */
  query(sparql: string, wanted: Wanted): Promise<Answer>
  /** The revision it has applied. */
  readonly revision: number
  /** Queries that wait for their turn. */
  readonly waiting: number
  /** The sources of the catalogue are others now. */
  learn(sources: Source[]): void
  /** Asks each copy whether it answers. */
  copies(): Promise<Copy[]>
  /** Resolves when it holds what the ledger shows. */
  ready(): Promise<void>
  close(): Promise<void>
}

export const answerOf = (revision: number, text: string): Answer => ({ revision, pieces: [new TextEncoder().encode(text)] })

/** The text of an answer. */
export const textOf = ({ pieces }: Answer): string => Buffer.concat(pieces).toString('utf8')
