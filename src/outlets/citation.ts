import { choose } from '../words/choose.ts'
import type { PlainRecord } from './plain.ts'

/** What a citation says of a dataset. */
interface Cited {
  author: string | undefined
  title: string
  /** `2025`; undefined where no date is known. */
  year: string | undefined
  url: string
  version: string | undefined
  keywords: string[]
}

const citedOf = (record: PlainRecord, url: string, reading: string[]): Cited => ({
  author: record.publisher && choose(record.publisher.labels, reading)?.text,
  title: choose(record.title, reading)?.text ?? record.id,
  year: /^\d{4}/.exec(record.modified ?? record.issued ?? '')?.[0],
  url,
  version: record.version,
  keywords: record.keywords.map(({ text }) => text).slice(0, 20),
})

/** `Author. (2025). Title (Version 3) [Data set]. Address` (APA, 7th edition, section 10.9). */
export function apa(record: PlainRecord, url: string, reading: string[]): string {
  const { author, title, year, version } = citedOf(record, url, reading)
  return `${author ?? record.id}. (${year ?? 'n.d.'}). ${title}${version ? ` (Version ${version})` : ''} [Data set]. ${url}`
}

/** An entry of BibLaTeX's type for data, which BibTeX reads as `misc`. */
export function bibtex(record: PlainRecord, url: string, reading: string[]): string {
  const { author, title, year, version, keywords } = citedOf(record, url, reading)
  const fields = { author: author && `{${braced(author)}}`, title: `{${braced(title)}}`, year, version: version && braced(version) }
  const more = { keywords: keywords.map(braced).join(', '), url: url.replace(/[{}\\\s]/g, encodeURIComponent) }
  const lines = Object.entries({ ...fields, ...more }).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []))
  return `@dataset{${record.id.replace(/[^\w:.-]/g, '-')},\n${lines.join('')}}\n`
}

/** A reference as programs for references take it (RIS; `TY  - DATA`). */
export function ris(record: PlainRecord, url: string, reading: string[]): string {
  const { author, title, year, version, keywords } = citedOf(record, url, reading)
  const lines: [string, string | undefined][] = [
    ['TY', 'DATA'],
    ['AU', author],
    ['TI', title],
    ['PY', year],
    ['ET', version],
    ...keywords.map((word): [string, string] => ['KW', word]),
    ['UR', url],
    ['ER', ''],
  ]
  return lines.flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${value.replace(/\s+/g, ' ')}\r\n`])).join('')
}

/** What TeX would take for its own is written so that it does not. */
const braced = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\{}]/g, character => (character === '\\' ? '\\textbackslash ' : `\\${character}`))
    .replace(/[&%$#_]/g, '\\$&')
