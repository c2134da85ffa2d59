import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { digest } from '../../../rdf/digest.ts'
import { entry } from '../../../table.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { jsonRecord, replayed } from '../../readers/json/record.ts'
import { partsOf, type JsonPart } from '../../readers/json/stream.ts'
import { isObject, text, type JsonObject } from '../../readers/json/values.ts'
import { identifiersOf } from './identifiers.ts'
import { catalogueFields, mapCatalogue, mapThing, nameOf, withThemes, datasetFields, distributionFields, serviceFields } from './mapping.ts'
import { recogniseDataJson } from './recognise.ts'
import { lists, thingsIn } from './things.ts'

const options = z
  .strictObject({
    nonPublic: z
      .boolean()
      .default(true)
      .describe(
        'Read also what the catalogue lists for its administration alone: datasets whose `accessLevel` is non-public. Their metadata is public all the same.',
      ),
  })
  .describe('`data.json` of DCAT-US 1.1 and 3.0 and of Argentina, as it comes.')
type DataJsonOptions = z.infer<typeof options>

/** What is read of the catalogue beside its datasets. */
const head = new Set([...catalogueFields.flatMap(([paths]) => paths.map(path => String(path).split('.')[0]!)), '@id', 'themeTaxonomy'])
const paths = [...Object.keys(lists).map(name => `$.${name}.*`), ...[...head].map(name => `$.${name}`)]

/**
 * One file with all datasets, as the portals of the United States and of Argentina publish it, or a bare list of datasets.
 * API: https://resources.data.gov/resources/dcat-us/ (1.1, 3.0).
 * Oddities: series, services and catalogues of 3.0 hold datasets within each other; the file may be larger than memory, so that it is read as it comes; raw
 * line breaks stand within texts; in the first edition of the schema a dataset is its only file.
 */
export const dataJson: Protocol<DataJsonOptions> = {
  robots: true,
  options,
  rank: 90,
  tables: {
    dataset: { heading: 'data.json', rows: datasetFields },
    service: { heading: 'data.json', rows: serviceFields },
    distribution: { heading: 'data.json', rows: distributionFields },
  },
  recognise: recogniseDataJson,
  async *harvest(source, { open }) {
    const { nonPublic } = source.options
    const catalogue: JsonObject = {}
    // A record that is described within another may be listed too: told once, it is not told again.
    const told = new Set<string>()
    let [datasets, others] = [0, 0]
    try {
      for await (const { path, value } of partsOf(await open(source.url, 'application/json, */*;q=0.1'), paths)) {
        const list = listOf(path)
        if (!list) {
          if (path.length === 1 && head.has(String(path[0]))) catalogue[String(path[0])] = value
          else others++
          continue
        }
        for (const { item, within } of thingsIn(value, list)) {
          datasets++
          if (!nonPublic && text((item as JsonObject | null)?.['accessLevel']) === 'non-public') {
            yield { leftOut: 1 }
            continue
          }
          const record = recordOf(isObject(item) ? withThemes(item, catalogue['themeTaxonomy']) : item, source)
          const key = 'key' in record ? record.key : undefined
          if (key !== undefined && told.has(key)) continue
          if (key !== undefined && within) told.add(key)
          yield within && 'payload' in record ? { ...record, within } : record
        }
      }
    } catch (error) {
      if (!(error instanceof Problem) || datasets === 0) throw error
      yield { lost: error }
    }
    if (datasets === 0 && others > 0)
      throw new Problem(
        'unexpected-answer',
        `${source.url} is JSON whose "dataset" is no list: this is no data.json. Check the source's url, or ask the portal.`,
        { url: source.url },
      )
    const quads = [...mapCatalogue(catalogue, source.url, source.language)]
    if (quads.length > 0) yield { catalogue: quads }
  },
  replay: (kept, source) => replayed(kept, item => recordOf(item, source)),
}

/** The list that a value is a member of; of a document that is a list, its datasets. */
const listOf = (path: JsonPart['path']) =>
  typeof path.at(-1) !== 'number' ? undefined : path.length === 1 ? lists['dataset'] : path.length === 2 ? entry(lists, String(path[0])) : undefined

function recordOf(value: unknown, source: SourceOf<DataJsonOptions>): Harvested {
  const item = isObject(value) ? value : {}
  const key = identifiersOf(item)[0] ?? (text(item['@id']) || unidentified(item))
  const title = text(item['title'])
  return jsonRecord(
    value,
    {
      key,
      name: key && nameOf(key, title),
      modified: item['modified'],
      nameless: 'A record of the file has neither "identifier" nor "title"',
    },
    mapThing(item, { source: source.id, language: source.language }),
  )
}

/** Argentina's profile does not ask for identifiers: there the publisher and the title tell a dataset from others. */
function unidentified(item: JsonObject): string | undefined {
  const [title, publisher] = [text(item['title']), isObject(item['publisher']) ? text(item['publisher']['name']) : text(item['publisher'])]
  return title ? `title:${digest(`${publisher}\n${title}`)}` : undefined
}
