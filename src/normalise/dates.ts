import { dcat, dct, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode } from '../rdf/terms.ts'
import { readDate } from './date-text.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

const dated = [dct.issued, dct.modified, dct.created, dcat.startDate, dcat.endDate]
const types = new Set([xsd.date, xsd.dateTime, xsd.gYear, xsd.gYearMonth].map(type => type.value))

/** Writes dates in the four forms DCAT-AP knows; what is no date stays as the portal wrote it. */
export function writeDates(draft: Draft): void {
  for (const quad of statements(draft, ...dated)) {
    if (!isLiteral(quad.object)) continue
    const { value, datatype } = quad.object
    const read = readDate(value)
    const next = read ? literal(read.value, namedNode(xsd.iri + read.type)) : literal(value)
    if (next.equals(quad.object)) continue
    // xsd:dateTime without a zone is legal: it is left alone, but for text that is not of its type.
    if (read && types.has(datatype.value) && datatype.value === xsd.iri + read.type && value === read.value.replace(/Z$/, '')) continue
    swap(draft, quad, next)
    if (!read || next.value !== value) repair(draft, read ? 'date-read' : 'date-unreadable', quad, quad.object, next)
    else repair(draft, 'date-type', quad, `${value} (${datatype.value.split('#').pop()})`, `${value} (${read.type})`)
  }
}
