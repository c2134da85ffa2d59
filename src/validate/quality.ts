import { values, type Graph } from '../rdf/graph.ts'
import { dcat, dct, fihrist } from '../rdf/namespaces.ts'
import { isNamed, type NamedNode, type Term } from '../rdf/terms.ts'
import { euLists } from '../vocabulary/lists.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'

/** The dimensions of the Metadata Quality Assessment, in the order in which it names them. */
const mqaDimensions = ['findability', 'accessibility', 'interoperability', 'reusability', 'contextuality'] as const
export type MqaDimension = (typeof mqaDimensions)[number]

/** What one metric looks at. */
interface Subjects {
  graph: Graph
  dataset: Term
  vocabulary: Lists
  compliant: boolean
}

interface Metric {
  name: string
  dimension: MqaDimension
  weight: number
  /** Where there is none, it cannot be told from what is said of a dataset: it is measured at another time. */
  holds?(on: Subjects, distribution: Term): boolean
}

const has = ({ graph }: Subjects, subject: Term, property: NamedNode) => values(graph, subject, property).length > 0
const isIn = ({ graph, vocabulary }: Subjects, subject: Term, property: NamedNode, schemes: (scheme: string) => boolean) =>
  values(graph, subject, property).some(each => schemes(vocabulary.concepts.get(each.value)?.scheme ?? ''))
const mediaTypePattern = /^https?:\/\/www\.iana\.org\/assignments\/media-types\//
/** Whether the format, or one that has the media type, carries a flag. */
const flagged = ({ graph, vocabulary }: Subjects, distribution: Term, flag: (typeof fihrist)['machineReadable']) => {
  const ofMediaType = values(graph, distribution, dcat.mediaType).flatMap(type => vocabulary.formatsOf(type.value))
  return [
    ...values(graph, distribution, dct.format)
      .filter(isNamed)
      .map(format => format.value),
    ...ofMediaType,
  ].some(format => vocabulary.flag(format, flag))
}

/**
 * The metrics of data.europa.eu's Metadata Quality Assessment and their weights, 405 in all. Whether addresses answer is measured at another
 * time; until it is, it counts nothing and says so (null). Add a metric: a line.
 */
const onDataset: Metric[] = [
  { name: 'keywordAvailability', dimension: 'findability', weight: 30, holds: on => has(on, on.dataset, dcat.keyword) },
  { name: 'categoryAvailability', dimension: 'findability', weight: 30, holds: on => has(on, on.dataset, dcat.theme) },
  { name: 'spatialAvailability', dimension: 'findability', weight: 20, holds: on => has(on, on.dataset, dct.spatial) },
  { name: 'temporalAvailability', dimension: 'findability', weight: 20, holds: on => has(on, on.dataset, dct.temporal) },
  { name: 'dcatApCompliance', dimension: 'interoperability', weight: 30, holds: on => on.compliant },
  { name: 'accessRightsAvailability', dimension: 'reusability', weight: 10, holds: on => has(on, on.dataset, dct.accessRights) },
  {
    name: 'accessRightsVocabularyAlignment',
    dimension: 'reusability',
    weight: 5,
    holds: on => isIn(on, on.dataset, dct.accessRights, scheme => scheme === euLists.accessRight),
  },
  { name: 'contactPointAvailability', dimension: 'reusability', weight: 20, holds: on => has(on, on.dataset, dcat.contactPoint) },
  { name: 'publisherAvailability', dimension: 'reusability', weight: 10, holds: on => has(on, on.dataset, dct.publisher) },
  { name: 'dateIssuedAvailability', dimension: 'contextuality', weight: 5, holds: on => has(on, on.dataset, dct.issued) },
  { name: 'dateModifiedAvailability', dimension: 'contextuality', weight: 5, holds: on => has(on, on.dataset, dct.modified) },
]

const onDistribution: Metric[] = [
  { name: 'accessUrlStatusCode', dimension: 'accessibility', weight: 50 },
  { name: 'downloadUrlAvailability', dimension: 'accessibility', weight: 20, holds: (on, distribution) => has(on, distribution, dcat.downloadURL) },
  { name: 'downloadUrlStatusCode', dimension: 'accessibility', weight: 30 },
  { name: 'formatAvailability', dimension: 'interoperability', weight: 20, holds: (on, distribution) => has(on, distribution, dct.format) },
  { name: 'mediaTypeAvailability', dimension: 'interoperability', weight: 10, holds: (on, distribution) => has(on, distribution, dcat.mediaType) },
  { name: 'formatMediaTypeVocabularyAlignment', dimension: 'interoperability', weight: 10, holds: aligned },
  {
    name: 'formatMediaTypeNonProprietary',
    dimension: 'interoperability',
    weight: 20,
    holds: (on, distribution) => flagged(on, distribution, fihrist.nonProprietary),
  },
  {
    name: 'formatMediaTypeMachineInterpretable',
    dimension: 'interoperability',
    weight: 20,
    holds: (on, distribution) => flagged(on, distribution, fihrist.machineReadable),
  },
  { name: 'licenceAvailability', dimension: 'reusability', weight: 20, holds: (on, distribution) => has(on, distribution, dct.license) },
  {
    name: 'knownLicence',
    dimension: 'reusability',
    weight: 10,
    holds: (on, distribution) => isIn(on, distribution, dct.license, scheme => scheme.endsWith('licence')),
  },
  { name: 'rightsAvailability', dimension: 'contextuality', weight: 5, holds: (on, distribution) => has(on, distribution, dct.rights) },
  { name: 'byteSizeAvailability', dimension: 'contextuality', weight: 5, holds: (on, distribution) => has(on, distribution, dcat.byteSize) },
]

/** Every present value is in its list, and one is present (reading 2 of the published method). */
function aligned(on: Subjects, distribution: Term): boolean {
  const formats = values(on.graph, distribution, dct.format)
  const types = values(on.graph, distribution, dcat.mediaType)
  return (
    formats.length + types.length > 0 &&
    formats.every(format => on.vocabulary.concepts.get(format.value)?.scheme === euLists.fileType) &&
    types.every(type => mediaTypePattern.test(type.value))
  )
}

export const metrics = [...onDataset, ...onDistribution]
export const mostPoints = metrics.reduce((sum, metric) => sum + metric.weight, 0)

/** Metric → 1, 0 or, where it was not measured, null. */
export type Measurements = Record<string, number | null>

/** What measurements come to. */
export interface Points {
  score: number
  /** Points by dimension. */
  dimensions: Record<MqaDimension, number>
}

/** The quality of one dataset. */
export interface Quality extends Points {
  measurements: Measurements
}

/** The points that measurements come to, whoever made them: each metric that holds counts with its weight. */
export function pointsOf(measurements: Measurements): Points {
  const dimensions: Points['dimensions'] = { findability: 0, accessibility: 0, interoperability: 0, reusability: 0, contextuality: 0 }
  for (const { name, dimension, weight } of metrics) if (measurements[name] === 1) dimensions[dimension] += weight
  return { score: Object.values(dimensions).reduce((sum, each) => sum + each, 0), dimensions }
}

/** One dimension of what was measured: its metrics, the points they come to, the points that are not measured, and the most there can be. */
export interface DimensionPoints {
  dimension: MqaDimension
  metrics: { name: string; weight: number; value: number | null | undefined }[]
  points: number
  unknown: number
  most: number
}

/** What was measured, dimension by dimension. */
export const pointsByDimension = (measurements: Measurements): DimensionPoints[] =>
  mqaDimensions.map(dimension => {
    const rows = metrics.filter(metric => metric.dimension === dimension).map(({ name, weight }) => ({ name, weight, value: measurements[name] }))
    const sum = (counts: (value: number | null | undefined) => boolean) => rows.reduce((total, { weight, value }) => total + (counts(value) ? weight : 0), 0)
    return { dimension, metrics: rows, points: sum(value => value === 1), unknown: sum(value => value === null), most: sum(() => true) }
  })

/** Measures one dataset: its own metrics, and those of its best distribution (MQA, aggregation). `compliant`: no violation of DCAT-AP. */
export function measure(graph: Graph, dataset: Term, vocabulary: Lists, compliant: boolean): Quality {
  const on: Subjects = { graph, dataset, vocabulary, compliant }
  const points = (rows: Metric[], distribution: Term) => rows.reduce((sum, metric) => sum + (metric.holds?.(on, distribution) ? metric.weight : 0), 0)
  const distributions = values(graph, dataset, dcat.distribution).sort((a, b) => (a.value < b.value ? -1 : 1))
  const best = distributions.map(each => ({ each, points: points(onDistribution, each) })).sort((a, b) => b.points - a.points)[0]?.each
  const measurements: Measurements = {}
  for (const metric of metrics) {
    const ofDistribution = onDistribution.includes(metric)
    let holds = ofDistribution && !best ? false : metric.holds?.(on, best ?? dataset)
    // The dates count once, whether the dataset or its best distribution has them.
    if (best && metric.name.startsWith('date')) holds ||= has(on, best, metric.name === 'dateIssuedAvailability' ? dct.issued : dct.modified)
    measurements[metric.name] = holds === undefined ? null : Number(holds)
  }
  return { ...pointsOf(measurements), measurements }
}

/** The four ratings of the MQA, by piveau's reading of the boundaries. */
export function rating(score: number): 'excellent' | 'good' | 'sufficient' | 'bad' {
  return score >= 351 ? 'excellent' : score >= 221 ? 'good' : score >= 120 ? 'sufficient' : 'bad'
}
