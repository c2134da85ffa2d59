import type { ColumnKind } from '../../sample.ts'

/** What each kind looks like, the narrowest first: with a point or a comma, spaces between thousands, and days as people here write them. */
const looks: [ColumnKind, RegExp][] = [
  ['truth', /^(?:true|false|vrai|faux|oui|non|yes|no|نعم|لا)$/i],
  ['whole', /^[+-]?(?:\d{1,15}|\d{1,3}(?:[ \u202f]\d{3}){1,5})$/],
  ['number', /^[+-]?(?:\d{1,15}|\d{1,3}(?:[ \u202f]\d{3}){1,5})?(?:[.,]\d{1,15})?(?:[eE][+-]?\d{1,3})?\s?%?$/],
  ['date', /^(?:\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}\S{0,15})?)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$/],
]

/** The kind of which all values of a column are, those left empty aside. A number with a leading zero is a code, and so a text. */
export function kindOf(values: string[]): ColumnKind {
  const said = values.filter(Boolean)
  if (said.length === 0) return 'empty'
  if (said.some(value => /^0\d/.test(value) && !/[/.-]/.test(value))) return 'text'
  return looks.find(([, look]) => said.every(value => look.test(value)))?.[0] ?? 'text'
}
