import { readDate } from '../normalise/date-text.ts'
import { digest } from '../rdf/digest.ts'
import { dct } from '../rdf/namespaces.ts'
import { fold } from '../vocabulary/fold.ts'
import { columnById } from './columns.ts'

/** What stands in a row, by the column's id, or by its heading where nobody knows it. */
export type Values = Record<string, string>

export const emailIn = (text: string): string | undefined => /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u.exec(text)?.[0]

/** Several values of a cell stand apart by a bar, a semicolon or a new line: names of bodies have commas of their own. */
export const parts = (value: string): string[] =>
  value
    .split(/[|;؛\n]/)
    .map(part => part.trim())
    .filter(Boolean)

const yes = new Set(['oui', 'o', 'yes', 'y', 'true', 'vrai', '1', 'x', 'نعم'].map(fold))
const no = new Set(['non', 'n', 'no', 'false', 'faux', '0', 'لا', 'non prevue', 'aucune'].map(fold))
/** True where the cell about opening says yes or a date, false where it says no; undefined for other words. */
export const isPlanned = (opening: string): boolean | undefined =>
  yes.has(fold(opening)) || readDate(opening) ? true : no.has(fold(opening)) ? false : undefined

/** The key of a row: its identifier, else its title and publisher. */
export function keyOf(values: Values): string | undefined {
  if (values['id']) return values['id']
  const title = [...columnById.values()]
    .filter(({ property }) => property?.equals(dct.title))
    .map(({ id }) => values[id])
    .find(Boolean)
  return title && `title:${digest(`${fold(title)}\n${fold(values['publisher'] ?? '')}`)}`
}

export const nameOf = (values: Values): string => [values['title_fr'], values['title'], values['title_en'], values['id']].find(Boolean) ?? ''
