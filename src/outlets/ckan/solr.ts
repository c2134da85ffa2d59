import type { Between, Query } from '../../ledger/records/search.ts'
import { CkanProblem } from './problem.ts'

type Narrowed = Pick<Query, 'text' | 'filters' | 'keywords' | 'ids' | 'modified' | 'added'>

/** A field of CKAN's index → what it narrows here. Add a field: a row. */
const fields: Record<string, (values: string[], to: Narrowed) => void> = {
  organization: (values, to) => narrow(to, 'publisher', values),
  owner_org: (values, to) => narrow(to, 'publisher', values),
  groups: (values, to) => narrow(to, 'theme', values),
  res_format: (values, to) => narrow(to, 'format', values),
  license_id: (values, to) => narrow(to, 'licence', values),
  language: (values, to) => narrow(to, 'language', values),
  tags: (values, to) => void (to.keywords = [...(to.keywords ?? []), ...values]),
  id: (values, to) => void (to.ids = [...(to.ids ?? []), ...values]),
  name: (values, to) => void (to.ids = [...(to.ids ?? []), ...values]),
  title: (values, to) => addText(to, values),
  notes: (values, to) => addText(to, values),
  text: (values, to) => addText(to, values),
  // Everything here is a public, active dataset.
  state: () => {},
  type: () => {},
  dataset_type: () => {},
  capacity: () => {},
  private: () => {},
}

const narrow = (to: Narrowed, dimension: keyof NonNullable<Query['filters']>, values: string[]) => {
  to.filters = { ...to.filters, [dimension]: [...(to.filters?.[dimension] ?? []), ...values] }
}
const addText = (to: Narrowed, values: string[]) => void (to.text = [to.text, ...values].filter(Boolean).join(' '))

const token = /([+-]?)(?:([A-Za-z_][\w.]*):)?(\[[^\]]*\]|\([^()]*\)|"(?:[^"\\]|\\.)*"|[^\s"()[\]]+)\s*/y

/**
 * What `q` and `fq` ask for, as far as they are words and fields that narrow each other: `organization:mee +tags:"eau potable"
 * metadata_modified:[2026-01-01T00:00:00Z TO *]`, `res_format:(CSV OR XLSX)`. Throws `Search Query Error` for what of Solr's language is not read here, rather
 * than answering something else.
 */
export function readSolr(queries: string[]): Narrowed {
  const to: Narrowed = {}
  for (const query of queries) {
    const text = query.trim()
    for (let at = 0; at < text.length;) {
      token.lastIndex = at
      const [whole = '', sign, field, stated = ''] = token.exec(text) ?? []
      if (whole === '' || sign === '-' || /^(?:OR|NOT|\|\||!.*)$/.test(stated) || /^AND$/.test(field ?? '')) throw unread(text.slice(at, at + 60))
      at += whole.length
      if (field === undefined) {
        if (!/^(?:AND|&&|\*)$/.test(stated)) addText(to, valuesOf(stated))
      } else if (field === 'metadata_modified') to.modified = between(stated)
      else if (field === 'metadata_created') to.added = between(stated)
      else if (Object.hasOwn(fields, field)) fields[field]!(valuesOf(stated), to)
      else
        throw new CkanProblem(
          'Search Query Error',
          `There is no field "${field.slice(0, 40)}"; there are: ${Object.keys(fields).join(', ')}, metadata_modified, metadata_created.`,
        )
    }
  }
  return to
}

const unread = (part: string) =>
  new CkanProblem(
    'Search Query Error',
    `"${part}" is not read here: words, and fields that narrow each other (field:value, field:(a OR b), field:[from TO until]), are.`,
  )

/** `"eau potable"`, `(CSV OR XLSX)` or a word; everything is no value. */
function valuesOf(stated: string): string[] {
  if (stated.startsWith('[')) throw unread(stated.slice(0, 60))
  const inner = stated.startsWith('(') ? stated.slice(1, -1) : stated
  const values = inner.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? []
  return values
    .filter(value => !/^(?:OR|AND|\*)$/.test(value))
    .map(value => (value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value.replace(/\*$/, '')))
}

/** `[2026-01-01T00:00:00Z TO *]`. */
function between(stated: string): Between {
  const [, from = '', to = ''] = /^\[\s*(\S+)\s+TO\s+(\S+)\s*\]$/.exec(stated) ?? []
  const moment = (text: string) => {
    if (text === '*') return undefined
    const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(/T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text) : NaN
    if (Number.isNaN(at)) throw unread(stated.slice(0, 60))
    return new Date(at).toISOString()
  }
  const [first, last] = [moment(from), moment(to)]
  return { ...(first && { from: first }), ...(last && { to: last }) }
}
