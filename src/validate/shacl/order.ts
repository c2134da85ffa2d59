import { isWellFormed } from '../../rdf/datatypes.ts'
import { xsd } from '../../rdf/namespaces.ts'
import { isLiteral, type Term } from '../../rdf/terms.ts'

/** What a literal is worth beside others of its kind. */
export type Rank =
  | { kind: 'text'; value: string }
  | { kind: 'number' | 'boolean'; value: number | bigint }
  | { kind: 'instant' | 'instant without zone'; value: number }

const integers =
  'integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger long int short byte unsignedLong unsignedInt unsignedShort unsignedByte'
const kinds: [datatypes: string, rank: (text: string) => Rank][] = [
  [integers, text => ({ kind: 'number', value: integer(text) })],
  ['decimal double float', text => ({ kind: 'number', value: number(text) })],
  ['dateTime dateTimeStamp date gYearMonth gYear', instant],
  ['string', text => ({ kind: 'text', value: text })],
  ['boolean', text => ({ kind: 'boolean', value: Number(text === 'true' || text === '1') })],
]
const ranks = new Map(kinds.flatMap(([datatypes, rank]) => datatypes.split(' ').map(name => [xsd.iri + name, rank] as const)))

/** Whole numbers that a double cannot hold keep all their digits, up to a length that no count has. */
const integer = (text: string) => (text.length < 16 || text.length > 1000 ? Number(text) : BigInt(text.replace('+', '')))
const number = (text: string) => Number(text.replace('INF', 'Infinity'))

/** Years, months and days stand on one line with instants, at their beginning. */
function instant(text: string): Rank {
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', zone] =
    /^(-?\d+)(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d):([\d.]+))?(Z|[+-]\d\d:\d\d)?$/.exec(text)!
  const offset = zone && zone !== 'Z' ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) : 0
  const minutes = (dayNumber(Number(year), Number(month), Number(day)) * 24 + Number(hour)) * 60 + Number(minute) - offset
  return { kind: zone === undefined ? 'instant without zone' : 'instant', value: minutes * 60 + Number(second) }
}

/** Days since the first of March of the year 0, Gregorian before as after. */
function dayNumber(year: number, month: number, day: number): number {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day
}

/** Undefined where a term has none: nodes, texts with a language, literals that are ill-typed or of another datatype, NaN. */
export function rankOf(term: Term): Rank | undefined {
  const rank = isLiteral(term) && isWellFormed(term) ? ranks.get(term.datatype.value)?.(term.value) : undefined
  return Number.isNaN(rank?.value) ? undefined : rank
}

const widestZone = 14 * 60 * 60

/**
 * Negative, zero or positive as one literal is less than another, equal or greater by SPARQL's operators (SPARQL 1.1, section 17.3); undefined where they
 * cannot be compared. Dates, months and years are compared as well, with each other and with instants, as section 17.3.1 leaves open. An instant without a time
 * zone may lie in any: it is compared with one that has a zone where all of them give the same answer (XML Schema 1.1, section 3.3.7).
 */
export function compare(left: Rank | undefined, right: Rank | undefined): number | undefined {
  if (!left || !right) return undefined
  if (left.kind === 'text' || right.kind === 'text')
    return left.kind === 'text' && right.kind === 'text' ? Buffer.compare(Buffer.from(left.value), Buffer.from(right.value)) : undefined
  if (left.kind !== right.kind) {
    const difference = left.kind.startsWith('instant') && right.kind.startsWith('instant') ? Number(left.value) - Number(right.value) : 0
    return Math.abs(difference) > widestZone ? difference : undefined
  }
  return left.value < right.value ? -1 : left.value > right.value ? 1 : 0
}

/** The least of each kind, and undefined where one has no rank: what is less than all of these is less than all. */
export function leastOf(all: readonly (Rank | undefined)[]): (Rank | undefined)[] {
  const least = new Map<string | undefined, Rank | undefined>()
  for (const each of all) if (!least.has(each?.kind) || compare(each, least.get(each?.kind))! < 0) least.set(each?.kind, each)
  return [...least.values()]
}
