import { isWellFormed } from '../rdf/datatypes.ts'
import { dcat, dct, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Literal } from '../rdf/terms.ts'
import { readDate } from './date-text.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

const dated = [
  dct.issued,
  dct.modified,
  dct.created,
  dct.available,
  dct.date,
  dct.dateAccepted,
  dct.dateCopyrighted,
  dct.dateSubmitted,
  dct.valid,
  dcat.startDate,
  dcat.endDate,
]
const types = new Set([xsd.date, xsd.dateTime, xsd.gYear, xsd.gYearMonth].map(type => type.value))

/**
 * Writes dates in the four types DCAT-AP knows. What is legal of one of them stays as it is written (XML Schema 1.1, part 2, 3.3); what is no date stays as the
 * portal wrote it, but for a type that it is not of.
 */
export function writeDates(draft: Draft): void {
  for (const quad of statements(draft, ...dated)) {
    if (!isLiteral(quad.object)) continue
    const { value, datatype } = quad.object
    const isDate = types.has(datatype.value)
    if (isDate && isWellFormed(quad.object)) continue
    const next = dateOf(quad.object) ?? (isDate ? literal(value) : undefined)
    if (!next) continue
    swap(draft, quad, next)
    const type = next.datatype.value.split('#').pop()
    if (next.datatype.equals(xsd.string) || next.value !== value)
      repair(draft, next.datatype.equals(xsd.string) ? 'date-unreadable' : 'date-read', quad, quad.object, next)
    else repair(draft, 'date-type', quad, `${value} (${datatype.value.split('#').pop()})`, `${value} (${type})`)
  }
}

/** What a text reads as, in its own form where that is legal. */
function dateOf({ value }: Literal): Literal | undefined {
  const read = readDate(value)
  if (!read) return undefined
  const stated = literal(value, namedNode(xsd.iri + read.type))
  return isWellFormed(stated) ? stated : literal(read.value, stated.datatype)
}
