import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { paths } from '../../config/addresses.ts'
import { linesJson, linesAPage, reportJson } from '../../outlets/report/json.ts'
import { reportCsv } from '../../outlets/report/csv.ts'
import { reportParts } from '../../outlets/report/rdf.ts'
import { countLines, linesOf, openReport, parts, summaryOf, type Part, type Report } from '../../outlets/report/report.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { sendJson, sendPage } from '../http/send.ts'
import { negotiate, splitPlain } from '../http/negotiation.ts'
import { pageOf, type Page } from '../page/page.ts'
import { inAllLanguages } from '../page/remedies.ts'
import { noSource, type Handle, type Site } from '../site.ts'
import { RunView } from '../views/run.tsx'
import { LinesView } from '../views/run-lines.tsx'
import { getRun } from '../../ledger/runs/runs.ts'

/** The report on one run: a page, JSON, CSV or linked data. */
export const run: Handle = async (site, request, response) => {
  const { name, format } = splitPlain(String(request.params['n']))
  const report = openOne(site, String(request.params['id']), name)
  const wished = format ?? negotiate(request, ['html', 'json', 'csv', ...graphFormats])
  if (typeof wished !== 'string' && wished.quads)
    throw new Problem(
      'not-found',
      `A report has no format "${wished.extension}"; there are: json, csv, ${graphFormats.map(each => each.extension).join(', ')}.`,
    )
  const page = pageOf(site, request)
  response.vary('Accept').set('Cache-Control', 'no-cache')
  for (const each of ['json', 'csv', ...graphFormats.map(({ extension }) => extension)])
    response.append('Link', `<${paths.run(report.source.id, name)}.${each}>; rel="alternate"`)
  if (wished === 'csv') {
    const languages = wishedLanguages(page, request)
    return send(site, response, 'text/csv; charset=utf-8; header=present', reportCsv(report, languages), `${report.source.id}-${name}.csv`)
  }
  if (typeof wished !== 'string') return send(site, response, `${wished.mediaType}; charset=utf-8`, wished.writeParts(reportParts(report)))
  const list = listOf(page)
  if (wished === 'json')
    return sendJson(
      response,
      list
        ? (linesJson(report, list.part, list.name, list.at) ?? noSuchPage())
        : reportJson(report, inAllLanguages(site.words, `report.state.${report.run.state}`)),
    )
  if (!list)
    return sendPage(
      page,
      response,
      <RunView page={page} report={report} summary={summaryOf(report)} changes={linesOf(report, 'changes', { most: 12, offset: 0 })} />,
    )
  const total = countLines(report, list.part, list.name) ?? noSuchPage()
  const last = Math.max(1, Math.ceil(total / linesAPage))
  if (list.at > last) noSuchPage()
  sendPage(
    page,
    response,
    <LinesView
      page={page}
      report={report}
      list={list}
      total={total}
      last={last}
      lines={linesOf(report, list.part, { most: linesAPage, offset: (list.at - 1) * linesAPage }, list.name)}
    />,
  )
}

/** The report of a run by its number. Throws `not-found`. */
function openOne(site: Site, id: string, number: string): Report {
  const source = site.source(id)
  if (!source) throw noSource(site, id)
  const found = /^[1-9]\d{0,14}$/.test(number) ? getRun(site.publication.ledger, id, Number(number)) : undefined
  if (found) return openReport(site.publication, site.remedies, source, found)
  throw new Problem('not-found', `The source "${id}" has no run ${number}: ${paths.source(id)} lists those it has.`)
}

/** The list of lines that an address asks for: `?part=findings&name=…&page=2`. */
export interface List {
  part: Part
  name?: string
  at: number
}

function listOf({ query }: Page): List | undefined {
  const asked = query.get('part')
  if (!asked) return undefined
  const part = parts.find(each => each === asked)
  const at = Number(query.get('page') ?? 1)
  if (!part) throw new Problem('bad-request', `"part" must be one of ${parts.join(', ')}.`)
  if (!Number.isInteger(at) || at < 1) throw new Problem('bad-request', '"page" must be a whole number from 1 on.')
  const name = query.get('name')
  return { part, at, ...(name && { name }) }
}

function noSuchPage(): never {
  throw new Problem('not-found', 'The report has no such list, or not that many pages of it.')
}

/** The language of a table: `?lang=`, else that of the address or the reader. */
function wishedLanguages({ site, reading }: Page, request: Request): string[] {
  const asked = request.query['lang']
  if (asked === undefined) return reading
  if (typeof asked === 'string' && site.languages.includes(asked)) return [asked, ...reading]
  throw new Problem('bad-request', `"lang" must be one of ${site.languages.join(', ')}.`)
}

/** Sends pieces as they are made; a reader who leaves ends them. */
async function send(site: Site, response: Response, type: string, pieces: Iterable<string> | AsyncIterable<string>, file?: string): Promise<void> {
  response.type(type)
  if (file) response.set('Content-Disposition', `attachment; filename="${file}"`).vary('Accept-Language')
  await pipeline(Readable.from(pieces), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') site.report?.(error)
  })
}
