import { digest } from '../../../rdf/digest.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, rdf, skos, stat } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { objects, text, type JsonObject } from '../../readers/json/values.ts'
import { spanOf } from './periods.ts'

/** An indicator's metadata, and where it stands in the tree: for each place its theme, subject and sub-subject. */
export type Indicator = JsonObject & { places: TreePlace[] }
export type TreePlace = { code: string; label: string }[]

/** Fields of an indicator; `description`, `frequency`, `span`, `page`, `place`, `axes` and `keywords` are made of more than one of them. */
export const indicatorFields: JsonRow[] = [
  [['label'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['code'], dct.identifier, 'list'],
  [['keywords'], dcat.keyword, 'keywords'],
  [['metaData.source'], dct.creator, 'agent'],
  [['metaData.methodOfCalculationFr'], dct.provenance, 'provenance'],
  [['metaData.unit'], stat.statUnitMeasure, 'concept'],
  [['axes'], stat.dimension, 'dimension'],
  [['series'], stat.numSeries, 'integer'],
  [['frequency'], dct.accrualPeriodicity, 'words'],
  [['resolution'], dcat.temporalResolution, 'duration'],
  [['span'], dct.temporal, 'period'],
  [['place'], dct.spatial, 'words'],
  [['shutOffComment'], adms.versionNotes, 'text'],
  [['updatingDate'], dct.modified, 'epoch'],
  [['page'], dcat.landingPage, 'link'],
  [['type'], dct.type, 'link'],
]

/** Fields of the one file that an indicator has: the API's answer, values and all. */
export const fileFields: JsonRow[] = [
  [['label'], dct.title, 'text'],
  [['url'], dcat.accessURL, 'link'],
  [['url'], dcat.downloadURL, 'link'],
  [['format'], dct.format, 'words'],
  [['mediaType'], dcat.mediaType, 'words'],
  [['updatingDate'], dct.modified, 'epoch'],
  [['status'], adms.status, 'words'],
  [['service'], dcat.accessService, 'service'],
]

/** How often a series has a value, by the API's codes; others are matched as they are. */
const frequencies: Record<string, [frequency: string, resolution: string]> = {
  M: ['MONTHLY', 'P1M'],
  T: ['QUARTERLY', 'P3M'],
  S: ['ANNUAL_2', 'P6M'],
  A: ['ANNUAL', 'P1Y'],
  AS: ['ANNUAL', 'P1Y'],
  IR: ['IRREG', ''],
}

const statistical = 'http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL'

/** What the mapping needs to know of the source. */
export interface Bureau {
  /** Address of the API, without a slash at its end. */
  api: string
  language: string
  /** What the portal is called, in each language. */
  title: Record<string, string>
  /** The address of an indicator's page, with `{code}` in it. */
  page: string
  place?: string | undefined
}

/** An indicator without its values → StatDCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapIndicator =
  (item: Indicator, { api, language, title, page, place }: Bureau) =>
  (mint: Mint): Mapped => {
    const to = new Graph()
    const target = { to, mint, language, stated: true }
    const code = encodeURIComponent(text(item['code']))
    const ofPortal = mendIri(page.replace('{code}', code))
    const dataset = namedNode(ofPortal && isPublicIri(ofPortal) ? ofPortal : mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    const [about = {}] = objects(item['metaData'])
    const axes = objects(item['dimensions'])
      .sort((a, b) => rankOf(a) - rankOf(b))
      .map(({ label }) => ({ label: text(label) }))
    const isShutOff = item['isShutOff'] === true
    const [frequency, resolution] = entry(frequencies, text(about['frequency'])) ?? [text(about['frequency']), '']
    mapRows(
      dataset,
      {
        ...item,
        axes,
        resolution,
        place,
        type: statistical,
        page: ofPortal,
        description: [text(about['definitionFr']), text(about['footNotesFr'])].filter(Boolean).join('\n\n'),
        // A series that has ended has no next date of publication.
        frequency: isShutOff ? 'NOT_PLANNED' : frequency,
        span: spanOf(Array.isArray(item['periods']) ? item['periods'] : []),
        // The number of series of an indicator with dimensions is known from its values only.
        series: axes.length === 0 ? 1 : undefined,
        keywords: [...new Set(item.places.flatMap(([_theme, ...subjects]) => subjects.map(({ label }) => label)))],
      },
      indicatorFields,
      target,
    )
    for (const each of item.places) mapSubjects(to, dataset, each, api, language)
    mapFiles(
      dataset,
      [
        {
          id: code,
          label: item['label'],
          updatingDate: item['updatingDate'],
          url: `${api}/indicators/${code}`,
          format: 'JSON',
          mediaType: 'application/json',
          status: isShutOff ? 'COMPLETED' : undefined,
          service: { '@id': api, title, endpointURL: api },
        },
      ],
      fileFields,
      target,
    )
    return { dataset, graph: to }
  }

const rankOf = (dimension: Record<string, unknown>) => Number(text(dimension['rank'])) || 0

/** The theme, which is matched to the lists, and the subjects below it as the portal's own concepts. */
function mapSubjects(to: Graph, dataset: NamedNode, place: TreePlace, api: string, language: string): void {
  let above: NamedNode | undefined
  for (const { code, label } of place) {
    if (!label) continue
    const concept = namedNode(`${api}/subject-groups#${digest(`${above?.value} ${code || label}`).slice(0, 12)}`)
    add(to, dataset, above ? dct.subject : dcat.theme, concept)
    add(to, concept, rdf.type, skos.Concept)
    add(to, concept, skos.prefLabel, literal(label, language))
    if (above) add(to, concept, skos.broader, above)
    above = concept
  }
}
