import { addressesOf } from '../config/addresses.ts'
import { judgedAt } from '../ledger/records/judgement.ts'
import { measuredOf } from '../ledger/records/measurements.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import { digest } from '../rdf/digest.ts'
import { dct, dqv, fihrist, prov, pv, rdf, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { entry } from '../table.ts'
import { metrics, mqaDimensions, standards } from '../validate/quality/metrics.ts'
import { pointsOf, type Measurements } from '../validate/quality/points.ts'
import type { Publication } from './publication.ts'

/** How much of what is measured: the score alone, its five dimensions too, or every metric of the dataset and of its files. */
const measuredLevels = ['total', 'dimensions', 'all'] as const
export type MeasuredLevel = (typeof measuredLevels)[number]

type Measured = Pick<RecordRow, 'n' | 'id' | 'dataset' | 'score'>

/** What is measured of a record is found by this node, which says when. */
export const qualityNode = (base: string, id: string): NamedNode => namedNode(`${addressesOf(base).record(id)}#quality`)

/** The measurement of the score, which has a name of its own. */
export const scoreNode = (base: string, id: string): NamedNode => namedNode(`${addressesOf(base).record(id)}#measurement-scoring`)

const assessed = new Set(metrics.map(({ name }) => name))
/** Metrics of ours whose names are those of properties of ours: what a licence or a format is, is not what a dataset has. */
const renamed: Record<string, string> = { openLicence: 'openLicenceAvailability', machineReadable: 'machineReadableAvailability' }

/** What data.europa.eu measures has the IRIs of its vocabulary; what it does not know has ours (`ontologies/fihrist.ttl` says what it means). */
export const metricNode = (name: string): NamedNode =>
  namedNode(assessed.has(name) || /(?<!Ap2)[sS]coring$/.test(name) ? pv + name : fihrist.iri + (entry(renamed, name) ?? name))

const yesOrNo = (value: number) => literal(String(value === 1), xsd.boolean)
const whole = (value: number) => literal(String(value), xsd.integer)
const isNumber = (name: string, value: number) => value > 1 || name === 'stars' || /[sS]coring/.test(name)

/** What is measured of a record, as DQV (W3C Data Quality Vocabulary): what was not measured is not there. */
export function measurementQuads({ catalogue, ledger }: Publication, record: Measured, level: MeasuredLevel = 'all'): Quad[] {
  const { base } = catalogue
  const self = addressesOf(base).record(record.id)
  const node = qualityNode(base, record.id)
  const at = judgedAt(ledger, record.n)
  const of = (said: Measurements, on: string) =>
    Object.entries(said).flatMap(([name, value]) =>
      value === null ? [] : partOf(node, measurement(self, name, on === record.dataset ? undefined : on), name, on, value),
    )
  // Of a catalogue that is too large for more, the score stands alone.
  if (level === 'total') return measurementOf(scoreNode(base, record.id), 'scoring', record.dataset, record.score)
  const about = [
    quad(node, rdf.type, dqv.QualityMetadata),
    quad(namedNode(record.dataset), dqv.hasQualityMetadata, node),
    ...(at ? [quad(node, prov.generatedAtTime, literal(at, xsd.dateTime))] : []),
    ...of({ scoring: record.score }, record.dataset),
  ]
  const { measurements, files } = measuredOf(ledger, record.n)
  const { dimensions } = pointsOf(measurements)
  about.push(...of(Object.fromEntries(mqaDimensions.map(dimension => [`${dimension}Scoring`, dimensions[dimension]])), record.dataset))
  if (level === 'dimensions') return about
  const [, former] = standards
  const known = measurements[former.metric] === null || measurements[former.metric] === undefined
  const ofDataset = Object.fromEntries(Object.entries(measurements).filter(([name]) => metrics.find(each => each.name === name)?.on !== 'file'))
  return [
    ...about,
    ...of({ ...ofDataset, ...(!known && { [former.scoring]: pointsOf(measurements, former).score }) }, record.dataset),
    ...Object.entries(files).flatMap(([file, said]) => of(said, file)),
  ]
}

const measurement = (record: string, name: string, file: string | undefined) =>
  namedNode(`${record}#measurement-${name}${file === undefined ? '' : `-${digest(file).slice(0, 8)}`}`)

const partOf = (node: NamedNode, self: NamedNode, name: string, on: string, value: number): Quad[] => [
  quad(node, dct.hasPart, self),
  quad(namedNode(on), dqv.hasQualityMeasurement, self),
  ...measurementOf(self, name, on, value),
]

/** One measurement. */
const measurementOf = (self: NamedNode, name: string, on: string, value: number): Quad[] => [
  quad(self, rdf.type, dqv.QualityMeasurement),
  quad(self, dqv.isMeasurementOf, metricNode(name)),
  quad(self, dqv.computedOn, namedNode(on)),
  quad(self, dqv.value, isNumber(name, value) ? whole(value) : yesOrNo(value)),
]
