import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import type { Fetch, Stream } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { partsOf } from '../../readers/json/stream.ts'
import { isObject, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { tolerant } from '../../readers/pages.ts'
import { mapIndicator, type Indicator, type TreePlace, indicatorFields, fileFields } from './mapping.ts'
import { recogniseHcpBds } from './recognise.ts'

const options = z
  .strictObject({
    site: z.url().optional().describe('The public address of the API, where it differs from the address that is asked.'),
    page: z
      .string()
      .includes('{code}')
      .optional()
      .describe('The page that people read of an indicator, with `{code}` in it; where it is not said, `/main/indicators/{code}` at the portal.'),
    place: z.string().optional().describe('What all indicators are about: the name or the IRI of a place.'),
  })
  .describe("HCP's statistics API: subjects and indicators, as StatDCAT-AP.")
type BdsOptions = z.infer<typeof options>

/** What is read of an indicator: all that stands before its values. */
const headFields = ['iid', 'code', 'label', 'metaData', 'periods', 'dimensions', 'isShutOff', 'shutOffComment', 'updatingDate']

/**
 * The "Banque de données statistiques" of HCP, a statistical office: a tree of subjects, and an answer for each indicator.
 * API: without a description; `/subject-groups` and `/indicators/{code}`, read off the portal's own pages.
 * Oddities: an answer has its metadata first and up to 16 MB of values after: only the metadata are read, then the connection is closed; there are no pages,
 * and some 830 requests in a run.
 */
export const hcpBds: Protocol<BdsOptions> = {
  robots: false,
  options,
  rank: 60,
  tables: {
    dataset: { heading: 'hcp-bds', rows: indicatorFields },
    distribution: { heading: 'hcp-bds', rows: fileFields },
  },
  recognise: recogniseHcpBds,
  async *harvest(source, { fetch, open, only, expect }) {
    const leaves = (await askTree(source, fetch)).filter(({ code }) => only === undefined || code === only)
    expect(leaves.length)
    const losses = tolerant()
    for (const { code, places } of leaves) {
      if (code === undefined) {
        yield recordOf({ places }, undefined, source)
        continue
      }
      const url = `${apiOf(source.url)}/indicators/${encodeURIComponent(code)}`
      try {
        const head = await readHead(await open(url, 'application/json'))
        losses.read()
        if (text(head['code']) === code) yield recordOf({ ...head, places }, code, source)
        else
          yield {
            problem: new Problem(
              'bad-record',
              `${url} answered with ${text(head['code']) ? `the indicator ${text(head['code'])}` : 'no indicator'}. Ask the portal why.`,
              { url, record: code },
            ),
            key: code,
          }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        // A broken answer costs one indicator; a missing one may mean that the portal is down.
        if (error.code === 'not-json') yield { problem: error, key: code }
        else yield losses.lost(error)
      }
    }
  },
  replay: (kept, source) => replayed(kept, item => recordOf(item as Indicator, kept.key, source)),
}

const apiOf = (url: string) => url.replace(/[?#].*$/, '').replace(/\/(subject-groups|indicators)?\/*$/, '')

/** The codes of all indicators with their places; one that has no code is listed by itself. */
async function askTree(source: SourceOf<BdsOptions>, fetch: Fetch): Promise<{ code: string | undefined; places: TreePlace[] }[]> {
  const url = `${apiOf(source.url)}/subject-groups`
  const tree = readJson(await fetch(url, 'application/json'))
  if (!Array.isArray(tree))
    throw new Problem(
      'unexpected-answer',
      `${url} answered without a list of subjects: this is not the API that hcp-bds reads. Check the source's url (…/api/v1).`,
      { url },
    )
  const leaves = new Map<string, { code: string | undefined; places: TreePlace[] }>()
  for (const { code, place } of tree.flatMap(theme => leavesOf(theme, []))) {
    const leaf = leaves.get(code ?? `#${leaves.size}`)
    if (leaf) leaf.places.push(place)
    else leaves.set(code ?? `#${leaves.size}`, { code, places: [place] })
  }
  return [...leaves.values()]
}

function leavesOf(node: unknown, above: TreePlace): { code: string | undefined; place: TreePlace }[] {
  if (!isObject(node)) return []
  const place = [...above, { code: text(node['code']), label: text(node['label']) }]
  return [
    ...objects(node['indicators']).map(indicator => ({ code: keyIn(indicator['code']), place })),
    ...['subjects', 'subSubjects'].flatMap(name => objects(node[name]).flatMap(each => leavesOf(each, place))),
  ]
}

/** The metadata at the head of an answer. What stands after the first values is not waited for, unless not even the code has come. */
async function readHead(answer: Stream): Promise<JsonObject> {
  const head: JsonObject = {}
  for await (const {
    path: [name],
    value,
  } of partsOf(answer, [...headFields.map(each => `$.${each}`), '$.data.*'])) {
    if (name !== 'data') head[String(name)] = value
    if (headFields.every(each => each in head) || (name === 'data' && 'code' in head)) break
  }
  return head
}

function recordOf(item: Indicator, key: string | undefined, source: SourceOf<BdsOptions>): Harvested {
  const { site, page, place } = source.options
  const api = apiOf(site ?? source.url)
  const bureau = { api, language: source.language, title: source.title, page: page ?? `${new URL(api).origin}/main/indicators/{code}`, place }
  const updated = Number(text(item['updatingDate']))
  return jsonRecord(
    item,
    {
      key,
      name: item['label'],
      modified: updated > 0 && updated < 8e15 ? new Date(updated).toISOString() : undefined,
      nameless: 'An indicator of the tree of subjects has no "code"',
    },
    mapIndicator(item, bureau),
  )
}
