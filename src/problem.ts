import { oneLine } from './shown.ts'
import { entry } from './table.ts'

/** What a failure is of: it decides what is done about it, and what its portal is told to do (`remedy` of the words). */
export type ProblemKind =
  /** What somebody asked of us, who is told so. */
  | 'request'
  /** This catalogue and who keeps it. */
  | 'ours'
  /** An answer that we do not take: too large, or from an address that is private. */
  | 'limit'
  /** The portal: it cannot be reached; is too slow; answers with an error; has no certificate that is believed; does not want to be read. */
  | 'unreachable'
  | 'slow'
  | 'refused'
  | 'certificate'
  | 'robots'
  /** Its answers: of another form than was asked for; RDF that cannot be read; a list whose pages cannot be followed; none left; too few left. */
  | 'form'
  | 'rdf'
  | 'pages'
  | 'empty'
  | 'held'
  /** One of its records. */
  | 'record'

/** Every failure we foresaw: its code, the HTTP status it answers with, its title (RFC 9457), and what it is of. */
const table = {
  'bad-request': [400, 'The request is not understood', 'request'],
  'not-found': [404, 'There is no such thing here', 'request'],
  unauthorised: [401, 'A token is needed', 'request'],
  forbidden: [403, 'This is not allowed', 'request'],
  gone: [410, 'This record was removed', 'request'],
  pruned: [410, 'This is kept no longer', 'request'],
  'not-acceptable': [406, 'No such format', 'request'],
  overtaken: [409, 'Somebody else was faster', 'request'],
  'too-many-requests': [429, 'Too many requests', 'request'],
  'method-not-allowed': [405, 'This method is not allowed here', 'request'],
  'unsupported-media-type': [415, 'This content type is not read here', 'request'],
  'too-large': [413, 'Too large', 'limit'],
  'query-malformed': [400, 'The query is not valid SPARQL', 'request'],
  'query-refused': [400, 'The query asks for what this endpoint does not do', 'request'],
  'endpoint-refused': [400, 'The query names an endpoint that is not asked from here', 'request'],
  'endpoint-failed': [502, 'Another endpoint that the query names did not answer', 'request'],
  'query-timeout': [503, 'The query ran past its time', 'request'],
  'query-memory': [503, 'The query needs too much memory', 'request'],
  'too-many-queries': [429, 'Too many queries at once', 'request'],
  'check-timeout': [503, 'The feed ran past its time', 'request'],
  'too-many-checks': [503, 'Too many feeds at once', 'request'],
  'store-busy': [503, 'The SPARQL store is busy', 'request'],
  configuration: [500, 'The configuration is wrong', 'ours'],
  'data-newer': [500, 'The data folder is of a newer version', 'ours'],
  'ledger-damaged': [503, 'The ledger is damaged', 'ours'],
  'ledger-gone': [503, 'The ledger is gone', 'ours'],
  'ledger-unwritable': [503, 'The ledger cannot be written', 'ours'],
  'disk-full': [503, 'The disk is full', 'ours'],
  'too-many-files': [503, 'Too many files are open', 'ours'],
  'port-in-use': [500, 'The port is in use', 'ours'],
  'address-refused': [502, 'The address is private', 'limit'],
  unreachable: [502, 'The portal does not answer', 'unreachable'],
  'timeout-connect': [504, 'The portal cannot be connected to in time', 'unreachable'],
  'timeout-idle': [504, 'The portal sends nothing', 'slow'],
  'timeout-total': [504, 'The portal is too slow', 'slow'],
  'http-status': [502, 'The portal answers with an error', 'refused'],
  'bad-certificate': [502, 'The certificate of the portal is not believed', 'certificate'],
  'robots-disallowed': [502, 'The portal does not want this address to be read', 'robots'],
  'too-many-redirects': [502, 'The portal redirects without end', 'pages'],
  'not-json': [502, 'The portal did not answer with JSON', 'form'],
  'not-xml': [502, 'The portal did not answer with XML', 'form'],
  'portal-refused': [502, 'The portal refused the request', 'refused'],
  'unexpected-answer': [502, 'The portal answered something else', 'form'],
  'repeated-page': [502, 'The portal repeats a page', 'pages'],
  'endless-pages': [502, 'The pages of the portal do not end', 'pages'],
  'page-link': [502, 'The link to the next page cannot be followed', 'pages'],
  'unreadable-rdf': [422, 'The RDF cannot be read', 'rdf'],
  'unknown-format': [422, 'The format is not known', 'rdf'],
  'unknown-context': [422, 'The JSON-LD context is not shipped', 'rdf'],
  'empty-source': [502, 'The source holds no dataset', 'empty'],
  'missing-id': [422, 'The record has no identifier', 'record'],
  'duplicate-id': [422, 'The identifier is used twice', 'record'],
  'harvest-loop': [409, 'Our own records come back', 'record'],
  'bad-record': [422, 'The record cannot be read', 'record'],
  'already-running': [409, 'The source is being harvested', 'ours'],
  held: [409, 'The run is held', 'held'],
  'nothing-held': [409, 'No run is held', 'request'],
  disabled: [409, 'The source is disabled', 'request'],
  interrupted: [503, 'The run was interrupted', 'ours'],
  'notice-failed': [502, 'The notice cannot be sent', 'ours'],
  stopped: [500, 'The run stopped', 'ours'],
} satisfies Record<string, [status: number, title: string, kind: ProblemKind]>

export type ProblemCode = keyof typeof table
export const problemCodes = Object.keys(table) as ProblemCode[]
/** What a failure of this code is of; undefined for a code of another version. */
export const kindOf = (code: string): ProblemKind | undefined => entry<readonly [number, string, ProblemKind]>(table, code)?.[2]

/** Where a problem lies: whatever of these is known. */
export interface Place {
  source?: string
  record?: string
  url?: string
  file?: string
  line?: number
  column?: number
  /** A short raw piece of what was found. */
  excerpt?: string
}

/** A sentence of the locale files, and what is put into it. */
export interface Said {
  key: string
  values: Record<string, string | number>
}

/**
 * A failure we foresaw. The message is one sentence, and one line whatever a portal wrote into it: what, where, and what to do about it. It is in English
 * where no language is named.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly place: Place
  readonly language: string
  /** The message as the locale files have it, where they do. */
  readonly said: Said | undefined
  /** Seconds after which it is of use to ask again, where it is. */
  readonly retryS: number | undefined

  constructor(
    code: ProblemCode,
    message: string,
    { language = 'en', retryS, said, ...place }: Place & { language?: string; retryS?: number; said?: Said } = {},
    cause?: unknown,
  ) {
    super(oneLine(message), cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = code
    this.place = place
    this.language = language
    this.said = said
    this.retryS = retryS
  }

  get status(): number {
    return table[this.code][0]
  }

  get title(): string {
    return table[this.code][1]
  }

  get kind(): ProblemKind {
    return table[this.code][2]
  }
}

/** The portal says nothing, or nothing more. */
export const isSilence = ({ kind }: Problem): boolean => kind === 'unreachable' || kind === 'slow'

/** The portal answers, but not to this question: it may be asked another. */
export const isRefusal = ({ kind, code }: Problem): boolean => kind === 'refused' || code === 'unexpected-answer'

/** The sentence of anything thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A file that cannot be written, and what can be done about it. */
export function unwritable(name: string, error: unknown, place: Place = {}): Problem {
  const reason = sentence(error)
  const isFull = /ENOSPC|EDQUOT|disk is full/.test(reason)
  const advice = isFull ? 'Make room on its disk, or write elsewhere' : 'Name a place that is there and that this user may write to'
  return new Problem('configuration', `${name} cannot be written: ${reason}. ${advice}.`, place, error)
}
