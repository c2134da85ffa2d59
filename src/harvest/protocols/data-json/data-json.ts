import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { digest } from '../../../rdf/digest.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { jsonRecord, replayed } from '../../readers/json/record.ts'
import { partsOf, type JsonPart } from '../../readers/json/stream.ts'
import { isObject, text, type JsonObject } from '../../readers/json/values.ts'
import { catalogueFields, identifiersOf, mapCatalogue, mapDataset, withThemes, datasetFields, distributionFields } from './mapping.ts'
import { recogniseDataJson } from './recognise.ts'

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
const paths = ['$.dataset.*', ...[...head].map(name => `$.${name}`)]

/**
 * One file with all datasets, as the portals of the United States and of Argentina publish it, or a bare list of datasets.
 * API: https://resources.data.gov/resources/dcat-us/ (1.1, 3.0).
 * Oddities: the file may be larger than memory, so that it is read as it comes; raw line breaks stand within texts; in the first edition of the schema a
 * dataset is its only file.
 */
export const dataJson: Protocol<DataJsonOptions> = {
  robots: true,
  options,
  rank: 90,
  tables: {
    dataset: { heading: 'data.json', rows: datasetFields },
    distribution: { heading: 'data.json', rows: distributionFields },
  },
  recognise: recogniseDataJson,
  async *harvest(source, { open }) {
    const { nonPublic } = source.options
    const catalogue: JsonObject = {}
    let [datasets, others] = [0, 0]
    try {
      for await (const { path, value } of partsOf(await open(source.url, 'application/json, */*;q=0.1'), paths)) {
        if (!isDataset(path)) {
          if (path.length === 1 && head.has(String(path[0]))) catalogue[String(path[0])] = value
          else others++
          continue
        }
        datasets++
        if (nonPublic || text((value as JsonObject | null)?.['accessLevel']) !== 'non-public')
          yield recordOf(isObject(value) ? withThemes(value, catalogue['themeTaxonomy']) : value, source)
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

/** A member of `dataset`, or of the document where that is a list. */
const isDataset = (path: JsonPart['path']) => typeof path.at(-1) === 'number' && (path.length === 1 || (path.length === 2 && path[0] === 'dataset'))

function recordOf(value: unknown, source: SourceOf<DataJsonOptions>): Harvested {
  const item = isObject(value) ? value : {}
  const key = identifiersOf(item)[0] ?? (text(item['@id']) || unidentified(item))
  const title = text(item['title'])
  return jsonRecord(
    value,
    {
      key,
      name: /^https?:|^[0-9a-f-]{20,}$/i.test(key ?? '') ? title || key : key,
      modified: item['modified'],
      nameless: 'A dataset of the file has neither "identifier" nor "title"',
    },
    mapDataset(item, source.language),
  )
}

/** Argentina's profile does not ask for identifiers: there the publisher and the title tell a dataset from others. */
function unidentified(item: JsonObject): string | undefined {
  const [title, publisher] = [text(item['title']), isObject(item['publisher']) ? text(item['publisher']['name']) : text(item['publisher'])]
  return title ? `title:${digest(`${publisher}\n${title}`)}` : undefined
}
