import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, foaf, qb, rdf, stat } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { find, type Annotation, type Artefact, type Component, type Flow, type Message, type Texts } from './structure.ts'

/** What is gathered of a dataflow from the whole message. */
export const flowFields: JsonRow[] = [
  [['names', 'id'], dct.title, 'text'],
  [['descriptions'], dct.description, 'text'],
  [['urn'], dct.identifier, 'list'],
  [['doi'], adms.identifier, 'identifier'],
  [['version'], dcat.version, 'list'],
  [['categories'], dcat.theme, 'concept'],
  [['agency'], dct.publisher, 'agent'],
  [['institutions'], dct.creator, 'agent'],
  [['dimensions'], stat.dimension, 'dimension'],
  [['attributes'], stat.attribute, 'attribute'],
  [['series'], stat.numSeries, 'integer'],
  [['time'], dct.temporal, 'period'],
  [['frequency'], dct.accrualPeriodicity, 'words'],
  [['created'], dct.issued, 'date'],
  [['updated'], dct.modified, 'date'],
  [['explanations'], foaf.page, 'page'],
  [['page'], dcat.landingPage, 'link'],
  [['structure'], qb.structure, 'link'],
  [['type'], dct.type, 'link'],
]

/** A form in which the data can be had. */
export const formFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['url'], dcat.accessURL, 'link'],
  [['url'], dcat.downloadURL, 'link'],
  [['format'], dct.format, 'words'],
  [['mediaType'], dcat.mediaType, 'words'],
  [['dataset.updated'], dct.modified, 'date'],
  [['service'], dcat.accessService, 'service'],
]

/** Annotations by which portals say what SDMX has no place for: Eurostat's, and those of registries' counts. */
const annotated = {
  updated: ['UPDATE_DATA'],
  created: ['CREATED'],
  oldest: ['OBS_PERIOD_OVERALL_OLDEST'],
  latest: ['OBS_PERIOD_OVERALL_LATEST'],
  series: ['series_count', 'SERIES_COUNT'],
  doi: ['DISSEMINATION_DOI_XML'],
  institutions: ['SOURCE_INSTITUTIONS'],
  explanations: ['ESMS_HTML'],
}

const urn = (kind: string, ref: string) => (ref ? `urn:sdmx:org.sdmx.infomodel.${kind}=${ref}` : undefined)
const statistical = 'http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL'

/** What the mapping needs to know of the source. */
export interface Registry {
  /** Address of the API, without a slash at its end. */
  api: string
  version: '2.1' | '3.0'
  language: string
  title: Record<string, string>
  publisher?: string | undefined
  /** The address of a dataflow's page, with `{agency}`, `{id}` and `{version}` in it. */
  page?: string | undefined
  formats: Record<string, string>
}

/** All of a message that is said of a dataflow. */
export function aboutFlow(flow: Flow, { structures, concepts, categories, categorisations, agencies, constraints }: Message) {
  const structure = flow.structure ? find(structures, flow.structure) : undefined
  const categorised = categorisations.filter(each => each.source === flow.ref)
  const components = [...(structure?.dimensions ?? []), ...(structure?.attributes ?? [])]
  return {
    flow,
    structure,
    categorised,
    concepts: new Map(components.map(each => [each.concept, find(concepts, each.concept)])),
    categories: categorised.flatMap(each => find(categories, each.target) ?? []),
    agency: agencies.find(each => each.id === flow.agency),
    constraints: constraints.filter(each => each.flows.includes(flow.ref)),
  }
}
export type About = ReturnType<typeof aboutFlow>

/** What of the message is kept as the payload of a dataflow. */
export const wantedOf = ({ flow, structure, categorised, concepts, categories, agency, constraints }: About): Set<object> =>
  new Set([flow, structure, agency, ...categorised, ...concepts.values(), ...categories, ...constraints].flatMap(each => each?.from ?? []))

/** A dataflow → StatDCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapFlow =
  (about: About, registry: Registry) =>
  (mint: Mint): Mapped => {
    const { flow, structure, categories, agency } = about
    const { api, version, language, title, publisher, page, formats } = registry
    const to = new Graph()
    const target = { to, mint, language, stated: true }
    const place = [flow.agency, flow.id, flow.version].map(encodeURIComponent) as [string, string, string]
    const own = `${api}${version === '3.0' ? '/structure' : ''}/dataflow/${place[0]}/${place[1]}`
    const dataset = namedNode(isPublicIri(own) ? own : mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    const fields = {
      ...gathered(about),
      names: flow.names,
      descriptions: flow.descriptions,
      id: flow.id,
      version: flow.version,
      type: statistical,
      urn: urn('datastructure.Dataflow', flow.ref),
      structure: urn('datastructure.DataStructure', structure?.ref ?? flow.structure),
      categories: categories.map(each => ({ prefLabel: named(each.names) ? each.names : each.id })),
      // An agency that only has a code has its name from the source, where that gives one.
      agency: agency && named(agency.names) ? { name: agency.names, identifier: agency.id } : publisher ? undefined : { name: flow.agency },
      dimensions: structure?.dimensions.map(each => componentOf(each, about)),
      attributes: structure?.attributes.map(each => componentOf(each, about)),
      page: page && mendIri(['{agency}', '{id}', '{version}'].reduce((address, name, at) => address.replace(name, place[at]!), page)),
    }
    mapRows(dataset, fields, flowFields, target)
    const data = version === '3.0' ? `${api}/data/dataflow/${place.join('/')}` : `${api}/data/${place.join(',')}`
    const service = { '@id': api, title, endpointURL: api }
    mapFiles(
      dataset,
      [
        { id: 'data', title: 'SDMX-ML', url: data, format: 'XML', mediaType: 'application/xml', service, dataset: fields },
        ...Object.entries(formats).map(([format, query]) => ({
          id: format,
          title: format,
          url: `${data}?${query}`,
          format: format.replace(/^SDMX-/i, ''),
          service,
          dataset: fields,
        })),
      ],
      formFields,
      target,
    )
    return { dataset, graph: to }
  }

/** What annotations and constraints say. */
function gathered({ flow, constraints }: About) {
  const actual = constraints.filter(each => each.actual)
  const notes = [flow, ...actual].flatMap(each => each.annotations)
  const note = (name: keyof typeof annotated) => notes.find(({ type, id }) => annotated[name].includes(type) || annotated[name].includes(id))
  const said = (name: keyof typeof annotated) => textIn(note(name))
  const frequencies = actual.flatMap(each => each.values['FREQ'] ?? each.values['freq'] ?? [])
  const [start, end] = [actual.find(each => each.start)?.start ?? said('oldest'), actual.find(each => each.end)?.end ?? said('latest')]
  return {
    updated: said('updated'),
    created: said('created'),
    doi: /https?:\/\/doi\.org\/[^"'<\s]+/.exec(said('doi'))?.[0],
    series: /^\d+$/.exec(said('series'))?.[0],
    time: start || end ? { start: firstDay(start), end: lastDay(end) } : undefined,
    frequency: frequencies.length === 1 ? frequencies[0] : undefined,
    institutions: named(note('institutions')?.texts ?? '') ? { name: note('institutions')!.texts } : undefined,
    explanations: note('explanations')?.url ? { '@id': note('explanations')!.url, title: said('explanations') } : undefined,
  }
}

const textIn = (annotation: Annotation | undefined): string =>
  annotation?.title || (typeof annotation?.texts === 'string' ? annotation.texts : Object.values(annotation?.texts ?? {})[0]) || ''
const named = (texts: Texts) => (typeof texts === 'string' ? texts !== '' : Object.keys(texts).length > 0)

/** A dimension or an attribute goes by the name of its concept. */
function componentOf({ id, concept }: Component, { concepts }: About) {
  const known: Artefact | undefined = concepts.get(concept)
  return { id, label: known && named(known.names) ? known.names : id, concept: urn('conceptscheme.Concept', concept) }
}

const parts: Record<string, number> = { Q: 3, S: 6, T: 4, M: 1 }

/** A period of SDMX (`2022-Q3`, `2020-S1`, `2005-M04`) as the month it begins in, or ends in; anything else as it is. */
const firstDay = (period: string) => month(period, -1)
const lastDay = (period: string) => month(period, 0)
function month(period: string, which: -1 | 0): string {
  const [, year, part, number] = /^(\d{4})-?([QSTM])(\d{1,2})$/.exec(period) ?? []
  if (!year) return period
  const last = Number(number) * parts[part!]!
  return `${year}-${String(which === 0 ? last : last - parts[part!]! + 1).padStart(2, '0')}`
}
