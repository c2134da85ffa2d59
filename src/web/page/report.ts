import { paths } from '../../config/addresses.ts'
import { getRun } from '../../ledger/runs/runs.ts'
import { linesAPage } from '../../outlets/report/json.ts'
import type { Line } from '../../outlets/report/line.ts'
import { countLines, linesOf } from '../../outlets/report/lines.ts'
import { openReport, parts, type Part, type Report } from '../../outlets/report/report.ts'
import { Problem } from '../../problem.ts'
import { saidProblem } from '../../words/said.ts'
import { knownSource, type Site } from '../site/site.ts'
import type { Page } from './page.ts'

/** The report of a run by its number. Throws `not-found`. */
export function reportOf(site: Site, id: string, number: string): Report {
  const source = knownSource(site, id)
  const found = /^[1-9]\d{0,14}$/.test(number) ? getRun(site.publication.ledger, id, Number(number)) : undefined
  if (found) return openReport(site.publication, site.remedies, source, found)
  throw saidProblem('not-found', 'missing.run', { id, number: number.slice(0, 40), path: paths.source(id) })
}

/** The list of lines that an address asks for: `?part=findings&name=…&page=2`. */
export interface LineList {
  part: Part
  name?: string
  at: number
}

/** Undefined where the address asks for the whole report. Throws `bad-request`. */
export function lineListOf({ query }: Page): LineList | undefined {
  const asked = query.get('part')
  if (!asked) return undefined
  const part = parts.find(each => each === asked)
  const at = Number(query.get('page') ?? 1)
  if (!part) throw new Problem('bad-request', `"part" must be one of ${parts.join(', ')}.`)
  if (!Number.isInteger(at) || at < 1) throw new Problem('bad-request', '"page" must be a whole number from 1 on.')
  const name = query.get('name')
  return { part, at, ...(name && { name }) }
}

/** A page of the lines of a report. */
export interface LinePage extends LineList {
  total: number
  last: number
  lines: Line[]
}

export function readLinePage(report: Report, list: LineList): LinePage {
  const total = countLines(report, list.part, list.name) ?? noSuchPage()
  const last = Math.max(1, Math.ceil(total / linesAPage))
  if (list.at > last) noSuchPage()
  return { ...list, total, last, lines: linesOf(report, list.part, { most: linesAPage, offset: (list.at - 1) * linesAPage }, list.name) }
}

export function noSuchPage(): never {
  throw new Problem('not-found', 'The report has no such list, or not that many pages of it.')
}

/** The languages of a table: the one that `?lang=` names, then those of the page. Throws `bad-request`. */
export function tableLanguages({ site, reading, query }: Page): string[] {
  const asked = query.getAll('lang')
  if (asked.length === 0) return reading
  if (asked.length === 1 && site.languages.includes(asked[0]!)) return [asked[0]!, ...reading]
  throw new Problem('bad-request', `"lang" must be one of ${site.languages.join(', ')}.`)
}
