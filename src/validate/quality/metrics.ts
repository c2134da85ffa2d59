import { values } from '../../rdf/graph.ts'
import { dcat, dct, fihrist } from '../../rdf/namespaces.ts'
import type { NamedNode, Term } from '../../rdf/terms.ts'
import { euLists } from '../../vocabulary/lists.ts'
import { flagged, has, isIn, type Subjects } from './looking.ts'

/** The dimensions of the Metadata Quality Assessment, in the order in which it names them. */
export const mqaDimensions = ['findability', 'accessibility', 'interoperability', 'reusability', 'contextuality'] as const
export type MqaDimension = (typeof mqaDimensions)[number]

export interface Metric {
  name: string
  dimension: MqaDimension
  weight: number
  /** What it is measured on: `either` on both, and a dataset has it where it or its best file does. */
  on: 'dataset' | 'file' | 'either'
  /** Where there is none, it cannot be told from what is said of a dataset: it is measured otherwise, or at another time. */
  holds?(on: Subjects, subject: Term): boolean
  /** The property whose address is asked: without one there is nothing to measure. */
  asks?: NamedNode
}

const mediaTypePattern = /^https?:\/\/www\.iana\.org\/assignments\/media-types\//

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

const [dataset, file, either] = ['dataset', 'file', 'either'] as const

/** The metrics of data.europa.eu's Metadata Quality Assessment and their weights, 405 in all. Add a metric: a line. */
export const metrics: Metric[] = [
  { name: 'keywordAvailability', dimension: 'findability', weight: 30, on: dataset, holds: (on, it) => has(on, it, dcat.keyword) },
  { name: 'categoryAvailability', dimension: 'findability', weight: 30, on: dataset, holds: (on, it) => has(on, it, dcat.theme) },
  { name: 'spatialAvailability', dimension: 'findability', weight: 20, on: dataset, holds: (on, it) => has(on, it, dct.spatial) },
  { name: 'temporalAvailability', dimension: 'findability', weight: 20, on: dataset, holds: (on, it) => has(on, it, dct.temporal) },
  { name: 'dcatApCompliance', dimension: 'interoperability', weight: 30, on: dataset },
  { name: 'accessRightsAvailability', dimension: 'reusability', weight: 10, on: dataset, holds: (on, it) => has(on, it, dct.accessRights) },
  {
    name: 'accessRightsVocabularyAlignment',
    dimension: 'reusability',
    weight: 5,
    on: dataset,
    holds: (on, it) => isIn(on, it, dct.accessRights, euLists.accessRight),
  },
  { name: 'contactPointAvailability', dimension: 'reusability', weight: 20, on: dataset, holds: (on, it) => has(on, it, dcat.contactPoint) },
  { name: 'publisherAvailability', dimension: 'reusability', weight: 10, on: dataset, holds: (on, it) => has(on, it, dct.publisher) },
  { name: 'dateIssuedAvailability', dimension: 'contextuality', weight: 5, on: either, holds: (on, it) => has(on, it, dct.issued) },
  { name: 'dateModifiedAvailability', dimension: 'contextuality', weight: 5, on: either, holds: (on, it) => has(on, it, dct.modified) },
  { name: 'accessUrlStatusCode', dimension: 'accessibility', weight: 50, on: file, asks: dcat.accessURL },
  { name: 'downloadUrlAvailability', dimension: 'accessibility', weight: 20, on: file, holds: (on, it) => has(on, it, dcat.downloadURL) },
  { name: 'downloadUrlStatusCode', dimension: 'accessibility', weight: 30, on: file, asks: dcat.downloadURL },
  { name: 'formatAvailability', dimension: 'interoperability', weight: 20, on: file, holds: (on, it) => has(on, it, dct.format) },
  { name: 'mediaTypeAvailability', dimension: 'interoperability', weight: 10, on: file, holds: (on, it) => has(on, it, dcat.mediaType) },
  { name: 'formatMediaTypeVocabularyAlignment', dimension: 'interoperability', weight: 10, on: file, holds: aligned },
  {
    name: 'formatMediaTypeNonProprietary',
    dimension: 'interoperability',
    weight: 20,
    on: file,
    holds: (on, it) => flagged(on, it, fihrist.nonProprietary),
  },
  {
    name: 'formatMediaTypeMachineInterpretable',
    dimension: 'interoperability',
    weight: 20,
    on: file,
    holds: (on, it) => flagged(on, it, fihrist.machineReadable),
  },
  { name: 'licenceAvailability', dimension: 'reusability', weight: 20, on: file, holds: (on, it) => has(on, it, dct.license) },
  // The European list alone counts for data.europa.eu; whether a licence is open at all is a criterion of ours.
  { name: 'knownLicence', dimension: 'reusability', weight: 10, on: file, holds: (on, it) => isIn(on, it, dct.license, euLists.licence) },
  { name: 'rightsAvailability', dimension: 'contextuality', weight: 5, on: file, holds: (on, it) => has(on, it, dct.rights) },
  { name: 'byteSizeAvailability', dimension: 'contextuality', weight: 5, on: file, holds: (on, it) => has(on, it, dcat.byteSize) },
]

/** Whether an address answers is asked at another time. */
export const answered = metrics.filter(({ asks }) => asks).map(({ name }) => name)

export const mostPoints = metrics.reduce((sum, metric) => sum + metric.weight, 0)

/** The two readings of the assessment: they differ in the profile that a dataset has to keep to. */
export const standards = [
  { version: '3.0.1', profile: 'dcat-ap', metric: 'dcatApCompliance', scoring: 'scoring' },
  { version: '2.1.1', profile: 'dcat-ap-2', metric: 'dcatAp2Compliance', scoring: 'scoringByDcatAp2' },
] as const
export type Standard = (typeof standards)[number]
