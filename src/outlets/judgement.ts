import { addressesOf } from '../config/addresses.ts'
import { findingsOf } from '../ledger/records/judgement.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import { digest } from '../rdf/digest.ts'
import { fihrist, rdf, sh, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { nodeOf, valueOf, type Finding } from '../validate/finding.ts'
import { pathQuads } from '../validate/shacl/path-quads.ts'
import { pathOfText } from '../validate/shacl/path-text.ts'
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
