import { z } from 'zod'
import { changesBetween, lastGone } from '../../../ledger/records/changes.ts'
import { currentRevision, momentOf, revisionBefore } from '../../../ledger/records/revisions.ts'
import { search } from '../../../ledger/records/search.ts'
import { Problem } from '../../../problem.ts'
import type { Site } from '../../site/site.ts'
import { language } from '../asked.ts'
import { readingIn, toldBriefly } from '../told.ts'
import { tool } from '../tool.ts'

/** What came, changed or went last. */
export const latestChanges = tool({
  name: 'latest_changes',
  title: 'Newest changes',
  about: 'What came, changed or went last in the catalogue, or in one source of it.',
  input: z.object({
    source: z.string().max(200).optional().describe('Id of a source.'),
    since: z.iso.date().optional().describe('Only since this day.'),
    limit: z.number().int().min(1).max(30).default(10),
    answer_language: language,
  }),
  answer: (site, { source, since, limit, answer_language: wished }) => latest(site, source, since, limit, readingIn(site, wished)),
})

function latest(site: Site, source: string | undefined, since: string | undefined, limit: number, reading: string[]): object {
  const { ledger } = site.publication
  const revision = currentRevision(ledger)
  if (source !== undefined && !site.source(source)) throw new Problem('not-found', `There is no source "${source.slice(0, 80)}": list_values tells them.`)
  const filter = source === undefined ? {} : { source }
  const found = search(ledger, { sort: 'changed', most: limit, ...(source !== undefined && { filters: { source: [source] } }) })
  const from = since === undefined ? 0 : revisionBefore(ledger, `${since}T00:00:00.000Z`)
  const isNew = ({ modified }: { modified: string }) => since === undefined || modified >= since
  const changed =
    since === undefined ? undefined : Iterator.from(changesBetween(ledger, from, revision, { last: true, ...filter })).reduce(count => count + 1, 0)
  return {
    revision,
    at: momentOf(ledger, revision),
    ...(changed !== undefined && { changed }),
    datasets: toldBriefly(site, found.records.filter(isNew), reading),
    removed: lastGone(ledger, revision, { most: limit, ...filter })
      .filter(({ at }) => since === undefined || at >= since)
      .map(({ id, at }) => ({ id, at, address: site.addresses.dataset(id) })),
  }
}
