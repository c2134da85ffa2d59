import { Problem } from '../../../problem.ts'
import type { Fetch } from '../../http/fetch.ts'
import { attribute, child, children, textOf, type Element } from '../../readers/xml/xml.ts'
import { askOai, inGranularity, oai, OaiError, type Repository } from './request.ts'

/** Lists of more pages than that have no end. */
const maxPages = 100_000
/** How often a list is begun anew because its token was not taken any more. */
const maxRestarts = 3
const day = 86_400_000

/** What a list tells: a record, how many there are, or a part of it that could not be read. */
export type ListPart = { record: Element } | { total: number } | { lost: Problem }

/** Where a list stands. */
interface Progress {
  read: number
  newest: string
  ordered: boolean
}

/**
 * All records of a set, or of the repository, page by page (OAI-PMH 2.0, 3.5). A resumption token that is not taken any more begins the list anew: from the
 * newest date that was read, where the list comes in the order of its dates, else from the start. A page that is lost ends the list, since only it knew the
 * next.
 */
export async function* list(
  fetch: Fetch,
  repository: Repository,
  { set, since, started }: { set?: string | undefined; since?: string | undefined; started: Date },
): AsyncGenerator<ListPart> {
  const progress: Progress = { read: 0, newest: '', ordered: true }
  for (let restarts = 0; ; restarts++) {
    // `until` makes the address another than that of the first pass: within a run the same address is asked only once.
    const again: Record<string, string> =
      restarts === 0 ? {} : { until: inGranularity(new Date(started.getTime() + restarts * day).toISOString(), repository.granularity) }
    const from = restarts > 0 && progress.ordered && progress.newest ? new Date(Date.parse(progress.newest) - day).toISOString() : since
    try {
      return yield* pass(fetch, repository, { ...(set && { set }), ...(from && { from: inGranularity(from, repository.granularity) }), ...again }, progress)
    } catch (error) {
      if (!(error instanceof Problem) || progress.read === 0) throw error
      if (error instanceof OaiError && error.error === 'badResumptionToken' && restarts < maxRestarts) continue
      yield { lost: error }
      return
    }
  }
}

async function* pass(fetch: Fetch, { url, prefix }: Repository, selection: Record<string, string>, progress: Progress): AsyncGenerator<ListPart> {
  const tokens = new Set<string>()
  const seen = new Set<string>()
  let total = 0
  let parameters: Record<string, string> = { verb: 'ListRecords', metadataPrefix: prefix, ...selection }
  for (;;) {
    const found = await asked(fetch, url, parameters)
    if (!found) return
    const records = children(found.answer, oai, 'record').filter(record => !record.cut)
    const before = seen.size
    for (const record of records) {
      const header = child(record, oai, 'header')
      const date = textOf(child(header, oai, 'datestamp'))
      seen.add(textOf(child(header, oai, 'identifier')))
      if (date && !Number.isNaN(Date.parse(date))) {
        progress.ordered &&= date >= progress.newest
        if (date > progress.newest) progress.newest = date
      }
      progress.read++
      yield { record }
    }
    if (found.problem) throw found.problem
    if (tokens.size > 0 && records.length > 0 && seen.size === before)
      throw new Problem(
        'repeated-page',
        `${url} answers a resumption token with records that were on earlier pages: the list runs in a circle. Ask the portal to mend it.`,
        { url },
      )
    const token = child(found.answer, oai, 'resumptionToken')
    const size = Number(attribute(token, 'completeListSize'))
    if (size > 0 && total === 0) yield { total: size }
    if (size > 0) total = size
    if (!textOf(token)) break
    if (tokens.has(textOf(token)))
      throw new Problem(
        'repeated-page',
        `${url} gives the resumption token ${textOf(token).slice(0, 100)} a second time: the list runs in a circle. Ask the portal to mend it.`,
        { url },
      )
    tokens.add(textOf(token))
    if (tokens.size > maxPages)
      throw new Problem('endless-pages', `${url} still gives resumption tokens after ${maxPages} pages. Ask the portal whether its list ends.`, { url })
    parameters = { verb: 'ListRecords', resumptionToken: textOf(token) }
  }
  if (seen.size < total) {
    yield {
      lost: new Problem(
        'unexpected-answer',
        `${url} says that its list has ${total} records (completeListSize) and ends after ${seen.size}. Ask the portal where the others are; ` +
          'until they are there nothing of this source is taken for removed.',
        { url },
      ),
    }
  }
}

/** A page; undefined where nothing matches, which is no error but an empty list. */
async function asked(fetch: Fetch, url: string, parameters: Record<string, string>): Promise<Awaited<ReturnType<typeof askOai>> | undefined> {
  try {
    return await askOai(fetch, url, parameters)
  } catch (error) {
    if (error instanceof OaiError && error.error === 'noRecordsMatch') return undefined
    throw error
  }
}
