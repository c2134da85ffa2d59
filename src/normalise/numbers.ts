import { dcat, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal } from '../rdf/terms.ts'
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
  const found = /^([\d.,\s]+)([\p{L}][\p{L}. -]*)?$/u.exec(latinDigits(text).replace(/٫/g, ',').replace(/[٬']/g, ' '))
  const unit = units.get(fold(found?.[2] ?? ''))
  if (!found || unit === undefined) return undefined
  const digits = found[1]!.replace(/\s/g, '')
  const number = Number(unit === 1 && /^\d{1,3}([.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, '') : digits.replace(',', '.'))
  return digits && Number.isFinite(number) && number >= 0 ? Math.round(number * unit) : undefined
}

/** Sizes as whole bytes (DCAT-AP 3: xsd:nonNegativeInteger). */
export function writeNumbers(draft: Draft): void {
  for (const quad of statements(draft, dcat.byteSize)) {
    if (!isLiteral(quad.object)) continue
    const { value, datatype } = quad.object
    const size = readBytes(value)
    const next = size === undefined ? undefined : literal(String(size), xsd.nonNegativeInteger)
    if (!next || next.equals(quad.object)) continue
    swap(draft, quad, next)
    if (next.value !== value) repair(draft, 'byte-size', quad, value, next)
    else repair(draft, 'number-type', quad, `${value} (${datatype.value.split('#').pop()})`, `${value} (nonNegativeInteger)`)
  }
}
