import { dcat, dct } from '../../rdf/namespaces.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import { metrics } from './metrics.ts'
import { fails, type Measurements } from './points.ts'

/** A change that gains points, by what the assessment looks at. */
export interface Change {
  name: string
  metrics: string[]
  /** The properties that it gives or mends: a rule about one of them asks for this change. */
  properties?: NamedNode[]
}

/** The changes that somebody can make, each a thing to do at once. Add one: a line, and its words. */
export const changes: Change[] = [
  { name: 'keywords', metrics: ['keywordAvailability'], properties: [dcat.keyword] },
  { name: 'theme', metrics: ['categoryAvailability'], properties: [dcat.theme] },
  { name: 'place', metrics: ['spatialAvailability'], properties: [dct.spatial] },
  { name: 'period', metrics: ['temporalAvailability'], properties: [dct.temporal] },
  { name: 'access', metrics: ['accessUrlStatusCode'], properties: [dcat.accessURL] },
  { name: 'download', metrics: ['downloadUrlAvailability', 'downloadUrlStatusCode'], properties: [dcat.downloadURL] },
  { name: 'format', metrics: ['formatAvailability', 'formatMediaTypeVocabularyAlignment'], properties: [dct.format] },
  { name: 'mediaType', metrics: ['mediaTypeAvailability'], properties: [dcat.mediaType] },
  { name: 'openFormat', metrics: ['formatMediaTypeNonProprietary', 'formatMediaTypeMachineInterpretable'] },
  { name: 'rules', metrics: ['dcatApCompliance'] },
  { name: 'licence', metrics: ['licenceAvailability', 'knownLicence'], properties: [dct.license] },
  { name: 'accessRights', metrics: ['accessRightsAvailability', 'accessRightsVocabularyAlignment'], properties: [dct.accessRights] },
  { name: 'contact', metrics: ['contactPointAvailability'], properties: [dcat.contactPoint] },
  { name: 'publisher', metrics: ['publisherAvailability'], properties: [dct.publisher] },
  { name: 'rights', metrics: ['rightsAvailability'], properties: [dct.rights] },
  { name: 'size', metrics: ['byteSizeAvailability'], properties: [dcat.byteSize] },
  { name: 'dates', metrics: ['dateIssuedAvailability', 'dateModifiedAvailability'], properties: [dct.issued, dct.modified] },
]

const weights = new Map(metrics.map(({ name, weight }) => [name, weight]))

/** A change with the points that it gains, summed over the records that it mends. */
export interface Fix {
  change: string
  points: number
  records: number
}

/** What a change gains where these measurements were made: the weights of what does not hold. What was not measured is no fault. */
export const gainOf = ({ metrics: names }: Change, measurements: Measurements): number =>
  names.reduce((sum, name) => sum + (fails(measurements[name]) ? weights.get(name)! : 0), 0)

/** The next best things to do for some records that were measured alike, so many each: those that gain most points in all come first. */
export function fixesOf(measured: Iterable<{ measurements: Measurements; count: number }>): Fix[] {
  const fixes = changes.map(({ name }) => ({ change: name, points: 0, records: 0 }))
  for (const { measurements, count } of measured)
    changes.forEach((change, at) => {
      const gain = gainOf(change, measurements)
      if (gain === 0) return
      fixes[at]!.points += gain * count
      fixes[at]!.records += count
    })
  return fixes.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points || b.records - a.records)
}
