import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import type { Portal } from '../../formats/format.ts'
import { recordsOf, replayPayload } from '../../formats/index.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll } from '../../readers/changes.ts'
import { attribute, child, children, textOf, writeXml, type Element } from '../../readers/xml/xml.ts'
import { pace } from '../incremental.ts'
import { list } from './list.ts'
import { recogniseOai } from './recognise.ts'
import { askOai, bestPrefix, identified, oai, OaiError } from './request.ts'

const options = z
  .strictObject({
    metadataPrefix: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The format that records are asked for in; where it is not said, the most telling that the repository has: DCAT-AP, DCAT, ISO 19139, ' +
          'ISO 19115-3, DataCite, oai_dc.',
      ),
    sets: z.array(z.string().min(1)).min(1).optional().describe('Only these sets (setSpec).'),
    types: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        "Only these kinds of resources, by the last word of dc:type or by DataCite's resourceTypeGeneral: `[dataset]`. " +
          'Records that say nothing of their kind are read too.',
      ),
    page: z
      .string()
      .regex(/^https?:\/\/.*\{id\}/, 'expected an address with {id} in it')
      .optional()
      .describe("The address of a record's page, with `{id}` in it."),
    ...pace('Ask only for what changed (`from`), between full runs.'),
  })
  .describe('OAI-PMH repositories with DCAT, ISO, DataCite or Dublin Core.')
type OaiOptions = z.infer<typeof options>

/**
 * Repositories of libraries and research, and GeoNetwork: OAI-PMH 2.0.
 * API: https://www.openarchives.org/OAI/openarchivesprotocol.html: ListRecords, in the most telling format that the repository has.
 * Oddities: only a page knows the next one, so that a page that is lost ends the list; tokens expire, and the list is begun anew; what is deleted is said,
 * where the repository keeps track of it; a list without records is an error in its words.
 */
export const oaiPmh: Protocol<OaiOptions> = {
  robots: false,
  options,
  rank: 110,
  recognise: recogniseOai,
  async *harvest(source, { fetch, now, known, holds, since, only, expect }) {
    const { metadataPrefix, sets } = source.options
    const prefix = metadataPrefix ?? (await bestPrefix(fetch, source.url))
    if (only !== undefined) return yield* await alone(source, prefix, only, fetch)
    const { granularity, tellsDeleted } = await identified(fetch, source.url)
    const repository = { url: source.url, prefix, granularity }
    const met = new Set<string>()
    let lost = false
    async function* listOf(from: string | undefined): AsyncGenerator<Harvested> {
      const totals = new Map<string | undefined, number>()
      for (const set of sets ?? [undefined]) {
        for await (const each of list(fetch, repository, { set, since: from, started: now() })) {
          if ('total' in each) {
            // A list that is begun anew gives its size again.
            totals.set(set, each.total)
            expect(from === undefined ? [...totals.values()].reduce((sum, next) => sum + next) : known)
          } else if ('lost' in each) {
            lost = true
            yield each
          } else {
            for (const record of await read(each.record, source)) {
              if ('gone' in record) met.add(record.gone)
              else if ('key' in record && record.key !== undefined) met.add(record.key)
              yield record
            }
          }
        }
      }
    }
    if (since === undefined) return yield* listOf(undefined)
    // A repository that does not tell for ever what was deleted may have deleted something wherever something is new.
    yield* changesOrAll(
      listOf(since),
      key => lost || tellsDeleted || holds(key),
      () => (lost ? 0 : known - [...met].filter(holds).length),
      () => listOf(undefined),
    )
  },
  replay: (kept, source) => replayPayload(kept, portalOf(source)),
}

function portalOf(source: SourceOf<OaiOptions>): Portal {
  const { page, types } = source.options
  return { language: source.language, page, types }
}

/** One record of the list (OAI-PMH 2.0, 2.5). */
async function read(record: Element, source: SourceOf<OaiOptions>): Promise<Harvested[]> {
  const header = child(record, oai, 'header')
  const [key, modified] = [textOf(child(header, oai, 'identifier')), textOf(child(header, oai, 'datestamp'))]
  if (!key)
    return [
      {
        problem: new Problem(
          'missing-id',
          `A record of ${source.url} has no identifier in its header: it cannot be told from others. ` +
            'Give it one at the portal; until then nothing of this source is taken for removed.',
          { url: source.url, excerpt: writeXml(record).slice(0, 300) },
        ),
      },
    ]
  if (attribute(header, 'status') === 'deleted') return [{ gone: key }]
  const metadata = child(record, oai, 'metadata')
  const [payload] = metadata ? children(metadata) : children(record).filter(({ space }) => space !== oai)
  if (!payload)
    return [
      {
        problem: new Problem('bad-record', `The record ${key} of ${source.url} has no metadata, and is not said to be deleted. Ask the portal to mend it.`, {
          url: source.url,
          record: key,
        }),
        key,
      },
    ]
  const found = await recordsOf(payload, portalOf(source), source.url, { key, modified })
  return found.length > 0 ? found : [{ leftOut: 1 }]
}

/** One record, asked for by its identifier. */
async function alone(source: SourceOf<OaiOptions>, metadataPrefix: string, identifier: string, fetch: Fetch): Promise<Harvested[]> {
  try {
    const { answer, problem } = await askOai(fetch, source.url, { verb: 'GetRecord', identifier, metadataPrefix })
    if (problem) throw problem
    const found = await Promise.all(children(answer, oai, 'record').map(record => read(record, source)))
    return found.flat()
  } catch (error) {
    if (error instanceof OaiError && error.error === 'idDoesNotExist') return [{ gone: identifier }]
    throw error
  }
}
