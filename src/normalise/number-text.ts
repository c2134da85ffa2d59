import { latinDigits } from './date-text.ts'

/**
 * A number as people write it: `1.5`, `1,5`, `1 000`, `1.000,5`, `2e3`, `٣٫٥`. A sign that stands twice, or before another one, parts thousands; else it is
 * the decimal sign. Undefined where the text is more than a number, so that the front of it is never taken for the whole.
 */
export function readNumber(text: string): number | undefined {
  const latin = latinDigits(text)
    .replace(/[−‒–]/g, '-')
    .replace(/٫/g, ',')
    .replace(/(?<=\d)[ '’٬](?=\d{3}(?!\d))/g, '')
  const [decimal = '.'] = /[.,](?=[^.,]*$)/.exec(latin) ?? []
  const isParting = latin.split(decimal).length > 2
  const group = isParting ? decimal : decimal === '.' ? ',' : '.'
  if (latin.includes(group) && !new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${isParting ? group : decimal}\\d+)?$`).test(latin)) return undefined
  const plain = latin.replaceAll(group, '').replace(decimal, '.')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

/** Units of length in metres: their names, symbols and codes of EPSG; folded to lower case. */
const lengths: [name: RegExp, metres: number][] = [
  [/^(?:m|met(?:er|re)s?|mètres?|m[èe]tres?|متر|9001)$/, 1],
  [/^(?:km|kilom[eèé]t(?:er|re)s?|كيلومتر|كم|9036)$/, 1000],
  [/^(?:dm|d[eé]cim[eèé]t(?:er|re)s?)$/, 0.1],
  [/^(?:cm|centim[eèé]t(?:er|re)s?|سنتيمتر|سم|1033)$/, 0.01],
  [/^(?:mm|millim[eèé]t(?:er|re)s?|1025)$/, 0.001],
  [/^(?:ft|foot|feet|9002)$/, 0.3048],
  [/^(?:nmi|nautical miles?|9030)$/, 1852],
]

/** Characters of the longest text that is read as a length. */
const longest = 100

/** A length in metres; `unit` is what is said of it beside: `m`, `…/gmxUom.xml#km`, `urn:ogc:def:uom:EPSG::9001`. A unit within the text comes first. */
export function readLength(text: string, unit = ''): number | undefined {
  if (text.length > longest) return undefined
  const [, digits = '', own] = /^(.*?\d[\d.,\s]*?)\s*(\p{L}[\p{L} ]*)?$/u.exec(latinDigits(text)) ?? []
  const name = (own ?? unit.split(/[#:/]/).pop()!).trim().toLowerCase()
  const number = readNumber(digits)
  const metres = lengths.find(([names]) => names.test(name))?.[1]
  // A factor below 1 is divided by, which keeps the digits of a decimal fraction.
  return number === undefined || metres === undefined ? undefined : metres < 1 ? number / Math.round(1 / metres) : number * metres
}
