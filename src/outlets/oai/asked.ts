import { currentRevision } from '../../ledger/records/revisions.ts'
import { wholeFrom } from '../../ledger/sources/prune.ts'
import type { Publication } from '../publication.ts'
import { metadataFormats } from './formats.ts'

/** How a request is wrong (OAI-PMH 2.0, 3.6), and a sentence for who reads it. */
export interface OaiError {
  error: 'badArgument' | 'badResumptionToken' | 'badVerb' | 'cannotDisseminateFormat' | 'idDoesNotExist' | 'noRecordsMatch'
  says: string
}

export const isError = (found: object): found is OaiError => 'error' in found

/** Where a list stands: what was asked of which revision, and the change that the page begins after. */
export interface Place {
  revision: number
  prefix: string
  from: string
  until: string
  set: string
  /** The last change that was told: its revision, and its record (n). */
  after: { revision: number; n: number } | undefined
  /** Records on the pages before, and on all pages where that is known. */
  told: number
  total: number | undefined
}

/** The arguments that each verb takes (OAI-PMH 2.0, 4): those it needs, and those it may have. A token stands alone. */
const verbs = {
  Identify: { needs: [], may: [] },
  ListMetadataFormats: { needs: [], may: ['identifier'] },
  ListSets: { needs: [], may: ['resumptionToken'] },
  GetRecord: { needs: ['identifier', 'metadataPrefix'], may: [] },
  ListIdentifiers: { needs: ['metadataPrefix'], may: ['from', 'until', 'set', 'resumptionToken'] },
  ListRecords: { needs: ['metadataPrefix'], may: ['from', 'until', 'set', 'resumptionToken'] },
} satisfies Record<string, { needs: string[]; may: string[] }>

export type Verb = keyof typeof verbs

/** A request that can be answered. */
export interface OaiRequest {
  verb: Verb
  args: Record<string, string>
}

/** Reads the verb and its arguments, or says what is wrong with them. */
export function readRequest(query: URLSearchParams): OaiRequest | OaiError {
  const stated = query.getAll('verb')
  const verb = stated[0] as Verb
  if (stated.length !== 1 || !Object.hasOwn(verbs, verb))
    return { error: 'badVerb', says: `The verb must be one of ${Object.keys(verbs).join(', ')}, said once.` }
  const { needs, may }: { needs: string[]; may: string[] } = verbs[verb]
  const args = Object.fromEntries([...query].filter(([name]) => name !== 'verb'))
  const wrong = (says: string): OaiError => ({ error: 'badArgument', says })
  for (const name of new Set(query.keys())) {
    if (name !== 'verb' && !needs.includes(name) && !may.includes(name)) return wrong(`${verb} has no argument "${name}".`)
    if (query.getAll(name).length > 1) return wrong(`The argument "${name}" is said more than once.`)
  }
  if (args['resumptionToken'] !== undefined)
    return Object.keys(args).length === 1 ? { verb, args } : wrong('A resumptionToken stands alone: it says all that was asked.')
  const missing = needs.find(name => !args[name])
  return missing === undefined ? { verb, args } : wrong(`${verb} needs the argument "${missing}".`)
}

/** Where a list begins, or goes on. */
export function readPlace(publication: Publication, { args }: OaiRequest): Place | OaiError {
  const token = args['resumptionToken']
  if (token !== undefined) return readToken(publication, token)
  const { metadataPrefix: prefix = '', from = '', until = '', set = '' } = args
  if (metadataFormats.every(format => format.prefix !== prefix)) return unknownFormat(prefix)
  const dates = [from, until].filter(Boolean)
  const wrong = dates.find(date => !isDate(date))
  if (wrong !== undefined)
    return { error: 'badArgument', says: `"${wrong.slice(0, 40)}" is no date: dates are 2026-01-31 or 2026-01-31T12:00:00Z, in universal time.` }
  if (dates.length === 2 && from.length !== until.length) return { error: 'badArgument', says: '"from" and "until" must be dates of the same kind.' }
  if (dates.length === 2 && from > until) return { error: 'badArgument', says: '"from" is later than "until".' }
  return { revision: currentRevision(publication.ledger), prefix, from, until, set, after: undefined, told: 0, total: undefined }
}

export const unknownFormat = (prefix: string): OaiError => ({
  error: 'cannotDisseminateFormat',
  says: `There is no format "${prefix.slice(0, 40)}"; there are: ${metadataFormats.map(format => format.prefix).join(', ')}.`,
})

const isDate = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text)) return false
  const at = new Date(text)
  // Dates such as 31 February are read as another day.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text.slice(0, 19).replace('Z', ''))
}

/** What a list was asked for, in a token that says it to us again: nothing is kept for a reader, and no token expires but with its revision. */
export const tokenOf = ({ revision, prefix, from, until, set, after, told, total }: Place): string =>
  Buffer.from(JSON.stringify([revision, after?.revision, after?.n, told, total ?? null, prefix, from, until, set])).toString('base64url')

function readToken({ ledger }: Publication, token: string): Place | OaiError {
  const says = `This token was not given here, or its revision is kept no longer. Begin the list anew.`
  try {
    const read = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown[]
    const [revision, at, n, told, total] = read as number[]
    const [prefix, from, until, set] = read.slice(5) as string[]
    const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
    const holds =
      read.length === 9 &&
      [revision, at, n, told].every(isWhole) &&
      (total === null || isWhole(total)) &&
      revision! <= currentRevision(ledger) &&
      revision! >= wholeFrom(ledger) &&
      metadataFormats.some(format => format.prefix === prefix) &&
      [from, until].every(date => date === '' || (typeof date === 'string' && isDate(date))) &&
      typeof set === 'string'
    if (holds)
      return { revision: revision!, prefix: prefix!, from: from!, until: until!, set, after: { revision: at!, n: n! }, told: told!, total: total ?? undefined }
  } catch {
    // What is no JSON is no token of ours.
  }
  return { error: 'badResumptionToken', says }
}
