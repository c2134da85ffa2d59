import { isWellFormed } from '../rdf/datatypes.ts'
import { dcat, spdx, stat, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, type NamedNode } from '../rdf/terms.ts'
import { fold } from '../vocabulary/fold.ts'
import { latinDigits } from './date-text.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

/** Units of size, and the bytes in one: French, English, Arabic; folded. Add a spelling: a word here. */
const units = new Map(
  (
    [
      [1, ' o b byte bytes octet octets بايت بايتات اوكتي ثماني'],
      [1e3, 'k ko kb kilo,octets kilooctets kilooctet kilobyte kilobytes كيلوبايت كيلو,بايت كيلواوكتي كب ك,ب'],
      [1e6, 'm mo mb mega mega,octets megaoctets megaoctet megabyte megabytes ميغابايت ميجابايت ميكابايت ميغا,بايت ميجا,بايت ميغا ميجا ميغااوكتي مب م,ب'],
      [1e9, 'g go gb giga,octets gigaoctets gigaoctet gigabyte gigabytes غيغابايت جيجابايت جيغابايت كيكابايت غيغا,بايت جيجا,بايت غيغا غب غ,ب جب ج,ب'],
      [1e12, 't to tb teraoctets teraoctet terabyte terabytes تيرابايت تيرا,بايت'],
      [1024, 'kib kio'],
      [1024 ** 2, 'mib mio'],
      [1024 ** 3, 'gib gio'],
      [1024 ** 4, 'tib tio'],
    ] as [number, string][]
  ).flatMap(([bytes, words]) => words.split(' ').map(word => [fold(word.replace(',', ' ')), bytes] as const)),
)

/** `1,2 Mo` → 1200000, `1.024` → 1024 since there are no parts of a byte, `٣٫٥ ميغابايت` → 3500000; undefined where it is no size. */
export function readBytes(text: string): number | undefined {
  if (text.length > 60) return undefined
  // As other programs write numbers of their own: `1.2E6`.
  if (/^\d(\.\d+)?e\+?\d{1,2}$/i.test(text) && Number.isInteger(Number(text))) return Number(text)
  const found = /^([\d.,\s]+)([\p{L}][\p{L}. -]*)?$/u.exec(latinDigits(text).replace(/٫/g, ',').replace(/[٬']/g, ' '))
  const unit = units.get(fold(found?.[2] ?? ''))
  if (!found || unit === undefined) return undefined
  const digits = found[1]!.replace(/\s/g, '')
  const number = Number(unit === 1 && /^\d{1,3}([.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, '') : digits.replace(',', '.'))
  return digits && Number.isFinite(number) && number >= 0 ? Math.round(number * unit) : undefined
}

const metres = new Map([
  ['', 0],
  ...['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers', 'كم', 'كيلومتر'].map(unit => [fold(unit), 3] as const),
  ...['m', 'metre', 'metres', 'meter', 'meters', 'متر', 'م'].map(unit => [fold(unit), 0] as const),
  ...['cm', 'centimetre', 'centimetres', 'centimeter', 'centimeters', 'سم'].map(unit => [fold(unit), -2] as const),
  ...['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters', 'ملم'].map(unit => [fold(unit), -3] as const),
] as [string, number][])

/** `25000`, `1,5 km`, `30 mètres`, `3.0E1` as a decimal number of metres; undefined where it is none, or may be two: `1,500`. */
function readMetres(text: string): string | undefined {
  if (text.length > 60) return undefined
  const [, number = '', exponent = '0', unit = ''] =
    /^([+-]?\d[\d.,\s]*?|\.\d+)(?:e([+-]?\d{1,2}))?\s*(\p{L}[\p{L} ]*\.?)?$/iu.exec(latinDigits(text).replace(/[٫]/g, '.')) ?? []
  const power = metres.get(fold(unit))
  const digits = number.replace(/\s(?=\d{3}(?!\d))/g, '')
  if (power === undefined || !/^[+-]?(\d+([.,]\d*)?|\.\d+)$/.test(digits) || /^[+-]?\d{1,3},\d{3}$/.test(digits)) return undefined
  return shifted(digits.replace(',', '.'), Number(exponent) + power)
}

/** A decimal number times a power of ten, digit by digit: no number that a computer rounds stands between. */
function shifted(decimal: string, power: number): string {
  if (power === 0) return decimal
  const [, sign = '', whole = '', part = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(decimal)!
  const at = whole.length + power
  const digits = (at < 1 ? '0'.repeat(1 - at) : '') + (whole + part).padEnd(at, '0')
  const point = Math.max(at, 1)
  const [before, after] = [digits.slice(0, point).replace(/^0+(?=\d)/, ''), digits.slice(point).replace(/(?<!0)0+$/, '')]
  return `${sign}${before}${after && `.${after}`}`
}

const wellFormed = (type: NamedNode) => (text: string) => (isWellFormed(literal(text.trim(), type)) ? text.trim() : undefined)

/** The type that DCAT-AP 3 asks of the numbers of a property, and how they are read. Add a property: a line here. */
const typed: [property: NamedNode, type: NamedNode, read: (text: string) => string | undefined][] = [
  [dcat.byteSize, xsd.nonNegativeInteger, text => readBytes(text)?.toString()],
  [dcat.spatialResolutionInMeters, xsd.decimal, readMetres],
  [dcat.temporalResolution, xsd.duration, wellFormed(xsd.duration)],
  [spdx.checksumValue, xsd.hexBinary, wellFormed(xsd.hexBinary)],
  [stat.numSeries, xsd.integer, wellFormed(xsd.integer)],
]

/** Numbers in the type that their property asks for: sizes as whole bytes, resolutions as decimals or durations. What is legal stays as it is written. */
export function writeNumbers(draft: Draft): void {
  for (const [property, type, read] of typed) {
    for (const quad of statements(draft, property)) {
      if (!isLiteral(quad.object) || !quad.object.value || (quad.object.datatype.equals(type) && isWellFormed(quad.object))) continue
      const { value, datatype } = quad.object
      const number = read(value)
      if (number === undefined) continue
      const next = literal(number, type)
      swap(draft, quad, next)
      if (number !== value) repair(draft, property.equals(dcat.byteSize) ? 'byte-size' : 'number-read', quad, value, next)
      else repair(draft, 'number-type', quad, `${value} (${datatype.value.split('#').pop()})`, `${value} (${type.value.split('#').pop()})`)
    }
  }
}
