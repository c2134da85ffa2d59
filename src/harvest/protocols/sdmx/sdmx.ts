import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, HarvestedRecord, Protocol, SourceOf } from '../../protocol.ts'
import { tolerant } from '../../readers/pages.ts'
import { aboutFlow, mapFlow, wantedOf, type Registry, flowFields, formFields } from './mapping.ts'
import { readMessage } from './message.ts'
import { recogniseSdmx } from './recognise.ts'
import type { Flow, Message } from './structure.ts'

const options = z
  .strictObject({
    version: z.enum(['2.1', '3.0']).default('2.1').describe('The version of SDMX that is asked for.'),
    format: z.enum(['xml', 'json']).default('xml').describe('The form that is asked for; answers are read in either.'),
    agencies: z.array(z.string().min(1)).default([]).describe('Only the dataflows of these agencies, a list of each; all where none is named.'),
    references: z
      .enum(['all', 'descendants', 'children', 'none'])
      .default('all')
      .describe(
        'What is asked for with each dataflow: `all` (its structure, categories, constraints), `descendants`, `children`; ' +
          'with `none` only the list of dataflows is read.',
      ),
    nonProduction: z.boolean().default(true).describe('Read also dataflows that are marked as not for production (annotation `NonProductionDataflow`).'),
    site: z.url().optional().describe('The public address of the API, where it differs from the address that is asked.'),
    page: z.string().includes('{id}').optional().describe('The page that people read of a dataflow, with `{agency}`, `{id}` and `{version}` in it.'),
    formats: z
      .record(z.string(), z.string())
      .default({})
      .describe('Further forms of the data: name of the format → the query that asks for it (`SDMX-CSV: format=csvdata`).'),
  })
  .describe('SDMX 2.1 and 3.0 in XML and JSON: dataflows and their structures, as StatDCAT-AP.')
type SdmxOptions = z.infer<typeof options>

/**
 * Statistical offices: .Stat Suite, Eurostat, Fusion Registry and others, by the REST API of SDMX 2.1 or 3.0, in XML or JSON.
 * API: https://github.com/sdmx-twg/sdmx-rest: the list of dataflows, then each with its structure.
 * Oddities: there are no pages; what SDMX has no place for stands in annotations of the portal's own; versions of one dataflow are listed side by side; one
 * thing names another loosely, by another version or without its scheme.
 */
export const sdmx: Protocol<SdmxOptions> = {
  robots: false,
  options,
  rank: 140,
  tables: {
    dataset: { heading: 'SDMX', rows: flowFields },
    distribution: { heading: 'SDMX', rows: formFields },
  },
  recognise: recogniseSdmx,
  async *harvest(source, { fetch, only, expect }) {
    const { agencies, references } = source.options
    if (only !== undefined) return yield* one(only, source, fetch)
    const losses = tolerant()
    let listed = 0
    for (const agency of agencies.length > 0 ? agencies : ['']) {
      const list = await ask(address(source, agency, '', 'none'), source, fetch)
      if (list.problem) yield { lost: list.problem }
      const flows = newest(list.flows)
      expect((listed += flows.length))
      for (const flow of flows) {
        if (references === 'none' || !flow.id) {
          yield* recordsOf(list, flow, source)
          continue
        }
        try {
          const message = await ask(address(source, flow.agency, flow.id, references, flow.version), source, fetch)
          losses.read()
          const found = message.flows.find(each => keyOf(each) === keyOf(flow))
          if (message.problem) yield { problem: message.problem, key: keyOf(flow) }
          else if (found) yield* recordsOf(message, found, source)
          else
            yield {
              problem: new Problem(
                'bad-record',
                `The dataflow ${keyOf(flow)} is listed, and is not in what the portal answers about it. ` +
                  'Ask the portal why, or read the list alone (options.references: none).',
                { record: keyOf(flow) },
              ),
              key: keyOf(flow),
            }
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          // A broken answer costs one dataflow; a missing one may mean that the portal is down.
          if (error.kind === 'form') yield { problem: error, key: keyOf(flow) }
          else yield losses.lost(error)
        }
      }
    }
  },
  replay: ({ key, payload }, source) => {
    const message = readMessage({ url: source.url, mediaType: payload.mediaType, body: Buffer.from(payload.body) })
    const [flow] = message.flows
    if (!flow) throw new Problem('bad-record', `What was kept of ${key} is no dataflow.`, { record: key })
    return recordOf(message, flow, source)
  },
}

/** A dataflow is the same in all of its versions. */
const keyOf = ({ agency, id }: Flow) => `${agency}:${id}`

const apiOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(structure\/)?(dataflow(\/.*)?)?$/, '')
    .replace(/\/+$/, '')

/** Where the dataflows are (SDMX REST, "structural metadata queries"): all, those of an agency, or one. */
function address(source: SourceOf<SdmxOptions>, agency: string, id: string, references: string, stated?: string): string {
  const { version } = source.options
  const [path, any, latest] = version === '3.0' ? ['structure/dataflow', '*', '~'] : ['dataflow', 'all', 'latest']
  const parts = [agency || any, id || any, stated ?? latest].map(part => (part === '*' ? part : encodeURIComponent(part)))
  return `${apiOf(source.url)}/${path}/${parts.join('/')}?references=${references}&detail=full`
}

const media = {
  '2.1': {
    xml: 'application/vnd.sdmx.structure+xml;version=2.1, application/xml;q=0.5',
    json: 'application/vnd.sdmx.structure+json;version=1.0, application/json;q=0.5',
  },
  '3.0': {
    xml: 'application/vnd.sdmx.structure+xml;version=3.0.0, application/xml;q=0.5',
    json: 'application/vnd.sdmx.structure+json;version=2.0.0, application/json;q=0.5',
  },
}

async function ask(url: string, source: SourceOf<SdmxOptions>, fetch: Fetch): Promise<Message> {
  const { version, format } = source.options
  return readMessage(await fetch(url, media[version][format]))
}

/** Of a dataflow that is listed in several versions the newest. */
function newest(flows: Flow[]): Flow[] {
  const found = new Map<string, Flow>()
  for (const flow of flows) {
    const key = flow.id ? keyOf(flow) : `#${found.size}`
    const other = found.get(key)
    if (!other || other.version.localeCompare(flow.version, 'en', { numeric: true }) < 0) found.set(key, flow)
  }
  return [...found.values()]
}

/** One dataflow alone. */
async function* one(key: string, source: SourceOf<SdmxOptions>, fetch: Fetch): AsyncGenerator<Harvested> {
  const [agency = '', id = ''] = key.split(':')
  const message = await ask(address(source, agency, id, source.options.references), source, fetch)
  if (message.problem) throw message.problem
  for (const flow of newest(message.flows)) if (keyOf(flow) === key) yield* recordsOf(message, flow, source)
}

/** Nothing for a dataflow that is not wanted. */
function* recordsOf(message: Message, flow: Flow, source: SourceOf<SdmxOptions>): Generator<Harvested> {
  if (!flow.id || !flow.agency)
    yield {
      problem: new Problem(
        'missing-id',
        `A dataflow of the list has no id or no agency (${JSON.stringify(flow.names).slice(0, 80)}): it cannot be told from others. ` +
          'Ask the portal to name it; until then nothing of this source is taken for removed.',
      ),
    }
  else if (source.options.nonProduction || !flow.annotations.some(({ type }) => type === 'NonProductionDataflow')) yield recordOf(message, flow, source)
  else yield { leftOut: 1 }
}

function recordOf(message: Message, flow: Flow, source: SourceOf<SdmxOptions>): HarvestedRecord {
  const { version, site, page, formats } = source.options
  const about = aboutFlow(flow, message)
  const registry: Registry = {
    api: apiOf(site ?? source.url),
    version,
    language: source.language,
    title: source.title,
    publisher: source.publisher,
    page,
    formats,
  }
  return { key: keyOf(flow), name: flow.id, payload: message.only(wantedOf(about)), map: mapFlow(about, registry) }
}
