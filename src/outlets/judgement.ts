import { addressesOf } from '../config/addresses.ts'
import { findingsOf } from '../ledger/records/judgement.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import { digest } from '../rdf/digest.ts'
import { fihrist, rdf, sh, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import type { Finding } from '../validate/finding.ts'
import { measurementQuads } from './measurements.ts'
import type { Publication } from './publication.ts'

const severities = { violation: sh.Violation, warning: sh.Warning, info: sh.Info }

/** What validation and quality say of a record: a SHACL report (SHACL, section 3) and DQV measurements with data.europa.eu's metrics. */
export const judgementQuads = (publication: Publication, record: RecordRow): Quad[] => [
  ...reportQuads(publication, record),
  ...measurementQuads(publication, record),
]

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
    quad(report, sh.conforms, literal(String(findings.every(finding => finding.severity !== 'violation')), xsd.boolean)),
    ...findings.filter(({ severity }) => ranks.indexOf(severity) <= ranks.indexOf(least)).flatMap(finding => resultQuads(self, report, finding)),
  ]
}

/** One result of a SHACL report; the same finding of a record has the same IRI in every report. */
export function resultQuads(record: string, report: NamedNode, finding: Finding, more: (result: NamedNode) => Quad[] = () => []): Quad[] {
  const { profile, rule, severity, focus } = finding
  const [path, value] = [finding.path ?? null, finding.value ?? null]
  const result = namedNode(`${record}#result-${digest(JSON.stringify({ profile, rule, severity, focus, path, value })).slice(0, 12)}`)
  // Only a single property is a path that needs no node of its own.
  const single = path && /^https?:[^|/]*\/\/[^|]*$/.test(path) && !/\/https?:/.test(path)
  return [
    quad(report, sh.result, result),
    quad(result, rdf.type, sh.ValidationResult),
    quad(result, sh.resultSeverity, severities[severity]),
    quad(result, sh.sourceShape, namedNode(rule)),
    quad(result, sh.focusNode, namedNode(focus)),
    ...(single ? [quad(result, sh.resultPath, namedNode(path))] : []),
    ...(value === null ? [] : [quad(result, sh.value, literal(value))]),
    ...(finding.count ? [quad(result, fihrist.occurrences, literal(String(finding.count), xsd.integer))] : []),
    ...more(result),
  ]
}
