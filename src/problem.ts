/** Every failure we foresaw: its code, the HTTP status it answers with, and its title (RFC 9457). */
const table = {
  'bad-request': [400, 'The request is not understood'],
  'not-found': [404, 'There is no such thing here'],
  unauthorised: [401, 'A token is needed'],
  forbidden: [403, 'This is not allowed'],
  gone: [410, 'This record was removed'],
  pruned: [410, 'This is kept no longer'],
  'not-acceptable': [406, 'No such format'],
  'method-not-allowed': [405, 'This method is not allowed here'],
  'unsupported-media-type': [415, 'This content type is not read here'],
  'too-large': [413, 'Too large'],
  'query-malformed': [400, 'The query is not valid SPARQL'],
  'query-refused': [400, 'The query asks for what this endpoint does not do'],
  'query-timeout': [503, 'The query ran past its time'],
  'store-busy': [503, 'The SPARQL store is busy'],
  configuration: [500, 'The configuration is wrong'],
  'data-newer': [500, 'The data folder is of a newer version'],
  'port-in-use': [500, 'The port is in use'],
  'address-refused': [502, 'The address is private'],
  unreachable: [502, 'The portal does not answer'],
  'timeout-connect': [504, 'The portal cannot be connected to in time'],
  'timeout-idle': [504, 'The portal sends nothing'],
  'timeout-total': [504, 'The portal is too slow'],
  'http-status': [502, 'The portal answers with an error'],
  'bad-certificate': [502, 'The certificate of the portal is not believed'],
  'robots-disallowed': [502, 'The portal does not want this address to be read'],
  'too-many-redirects': [502, 'The portal redirects without end'],
  'not-json': [502, 'The portal did not answer with JSON'],
  'not-xml': [502, 'The portal did not answer with XML'],
  'portal-refused': [502, 'The portal refused the request'],
  'unexpected-answer': [502, 'The portal answered something else'],
  'repeated-page': [502, 'The portal repeats a page'],
  'endless-pages': [502, 'The pages of the portal do not end'],
  'page-link': [502, 'The link to the next page cannot be followed'],
  'unreadable-rdf': [422, 'The RDF cannot be read'],
  'unknown-format': [422, 'The format is not known'],
  'unknown-context': [422, 'The JSON-LD context is not shipped'],
  'empty-source': [502, 'The source holds no dataset'],
  'missing-id': [422, 'The record has no identifier'],
  'duplicate-id': [422, 'The identifier is used twice'],
  'harvest-loop': [409, 'Our own records come back'],
  'bad-record': [422, 'The record cannot be read'],
  'already-running': [409, 'The source is being harvested'],
  held: [409, 'The run is held'],
  'nothing-held': [409, 'No run is held'],
  disabled: [409, 'The source is disabled'],
  interrupted: [503, 'The run was interrupted'],
  'notice-failed': [502, 'The notice cannot be sent'],
  stopped: [500, 'The run stopped'],
} satisfies Record<string, [status: number, title: string]>

export type ProblemCode = keyof typeof table
export const problemCodes = Object.keys(table) as ProblemCode[]

/** Where a problem lies: whatever of these is known. */
export interface Place {
  source?: string
  record?: string
  url?: string
  file?: string
  line?: number
  /** A short raw piece of what was found. */
  excerpt?: string
}

/** A failure we foresaw. The message is one sentence: what, where, and what to do about it. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly place: Place

  constructor(code: ProblemCode, message: string, place: Place = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = code
    this.place = place
  }

  get status(): number {
    return table[this.code][0]
  }

  get title(): string {
    return table[this.code][1]
  }
}

/** The sentence of anything thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
