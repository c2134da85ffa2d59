import { addressesOf } from '../config/addresses.ts'
import { findingsOf } from '../ledger/records/judgement.ts'
import { measurementsOf } from '../ledger/records/measurements.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import { digest } from '../rdf/digest.ts'
import { dqv, fihrist, pv, rdf, sh, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { nodeOf, valueOf, type Finding } from '../validate/finding.ts'
import { pathQuads } from '../validate/shacl/path-quads.ts'
import { pathOfText } from '../validate/shacl/path-text.ts'
import type { Publication } from './publication.ts'

const severities = { violation: sh.Violation, warning: sh.Warning, info: sh.Info }

/** What validation and quality say of a record: a SHACL report (SHACL, section 3) and DQV measurements with data.europa.eu's metrics. */
export function judgementQuads(publication: Publication, record: RecordRow): Quad[] {
  const { catalogue, ledger } = publication
  const self = addressesOf(catalogue.base).record(record.id)
  const measurements = Object.entries({ ...measurementsOf(ledger, record.n), scoring: record.score })
    .filter(([, value]) => value !== null)
    .flatMap(([metric, value]) => {
      const measurement = namedNode(`${self}#measurement-${metric}`)
      return [
        quad(measurement, rdf.type, dqv.QualityMeasurement),
        quad(measurement, dqv.isMeasurementOf, namedNode(pv + metric)),
        quad(measurement, dqv.computedOn, namedNode(record.dataset)),
        quad(namedNode(record.dataset), dqv.hasQualityMeasurement, measurement),
        quad(measurement, dqv.value, metric === 'scoring' ? literal(String(value), xsd.integer) : literal(value ? 'true' : 'false', xsd.boolean)),
      ]
    })
  return [...reportQuads(publication, record), ...measurements]
}

/** The SHACL report of a record. */
export const reportNode = (base: string, id: string): NamedNode => namedNode(`${addressesOf(base).record(id)}#report`)

/** What validation says of a record, a SHACL report (SHACL, section 3), with the results that are at least so severe. */
export function reportQuads({ catalogue, ledger }: Publication, { n, id }: Pick<RecordRow, 'n' | 'id'>, least: Finding['severity'] = 'info'): Quad[] {
  const self = addressesOf(catalogue.base).record(id)
  const report = reportNode(catalogue.base, id)
  const findings = findingsOf(ledger, n)
  const ranks = Object.keys(severities)
  return [
    quad(report, rdf.type, sh.ValidationReport),
    quad(namedNode(self), fihrist.report, report),
    // A report conforms where it has no result at all (SHACL, 3.6.1.1); that none of them is a violation is our own word.
    quad(report, sh.conforms, literal(String(findings.length === 0), xsd.boolean)),
    quad(report, fihrist.noViolation, literal(String(findings.every(finding => finding.severity !== 'violation')), xsd.boolean)),
    ...findings.filter(({ severity }) => ranks.indexOf(severity) <= ranks.indexOf(least)).flatMap(finding => resultQuads(self, report, finding)),
  ]
}

/**
 * One result of a SHACL report; the same finding of a record has the same IRI in every report. A path that is more than one property is written with blank
 * nodes: an IRI in its place would itself be a path.
 */
export function resultQuads(record: string, report: NamedNode, finding: Finding, more: (result: NamedNode) => Quad[] = () => []): Quad[] {
  const { profile, rule, severity, focus, constraint } = finding
  const [path, value] = [finding.path ?? null, finding.value ?? null]
  const name = digest(JSON.stringify({ profile, rule, severity, focus, path, value })).slice(0, 12)
  const result = namedNode(`${record}#result-${name}`)
  const whole = path === null ? undefined : pathOfText(path)
  const written = whole && pathQuads(whole, `path-${name}`)
  const term = valueOf({ ...(value !== null && { value }), ...(finding.valueType && { valueType: finding.valueType }) })
  return [
    quad(report, sh.result, result),
    quad(result, rdf.type, sh.ValidationResult),
    quad(result, sh.resultSeverity, severities[severity]),
    quad(result, sh.sourceShape, namedNode(rule)),
    ...(constraint ? [quad(result, sh.sourceConstraintComponent, namedNode(sh.iri + constraint))] : []),
    quad(result, sh.focusNode, nodeOf(focus)),
    ...(written ? [quad(result, sh.resultPath, written.node), ...written.quads] : []),
    ...(term ? [quad(result, sh.value, term)] : []),
    ...(finding.count ? [quad(result, fihrist.occurrences, literal(String(finding.count), xsd.integer))] : []),
    ...more(result),
  ]
}

/** The measurement of the MQA score of a record (DQV). */
export const scoreNode = (base: string, id: string): NamedNode => namedNode(`${addressesOf(base).record(id)}#measurement-scoring`)

export function scoreOf(base: string, { id, dataset, score }: Pick<RecordRow, 'id' | 'dataset' | 'score'>): Quad[] {
  const measurement = scoreNode(base, id)
  return [
    quad(measurement, rdf.type, dqv.QualityMeasurement),
    quad(measurement, dqv.isMeasurementOf, namedNode(`${pv}scoring`)),
    quad(measurement, dqv.computedOn, namedNode(dataset)),
    quad(measurement, dqv.value, literal(String(score), xsd.integer)),
  ]
}
