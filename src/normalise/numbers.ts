import { dcat, isLiteral, literal, xsd } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

const units = new Map(Object.entries({ '': 1, o: 1, b: 1, bytes: 1, octets: 1, k: 1e3, ko: 1e3, kb: 1e3, kib: 1024, m: 1e6, mo: 1e6, mb: 1e6, mib: 1024 ** 2, go: 1e9, gb: 1e9, gib: 1024 ** 3 }))

/** `1,2 Mo` → 1200000, `1.024` → 1024 since there are no parts of a byte; undefined where it is no size. */
export function readBytes(text: string): number | undefined {
  const found = /^([\d.,\s\u00a0\u202f]+)\s*([a-z]*)$/i.exec(text.trim())
  const unit = units.get(found?.[2]?.toLowerCase() ?? '?')
  if (!found || unit === undefined) return undefined
  const digits = found[1]!.replace(/[\s\u00a0\u202f]/g, '')
  const number = Number(unit === 1 && /^\d{1,3}([.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, '') : digits.replace(',', '.'))
  return Number.isFinite(number) && number >= 0 ? Math.round(number * unit) : undefined
}

/** Sizes as whole bytes (DCAT-AP 3: xsd:nonNegativeInteger). */
export function writeNumbers(draft: Draft): void {
  for (const quad of statements(draft, dcat.byteSize)) {
    if (!isLiteral(quad.object)) continue
    const size = readBytes(quad.object.value)
    const next = size === undefined ? undefined : literal(String(size), xsd.nonNegativeInteger)
    if (!next || next.equals(quad.object)) continue
    swap(draft, quad, next)
    if (next.value !== quad.object.value) repair(draft, 'byte-size', quad.predicate, quad.object, next)
  }
}
