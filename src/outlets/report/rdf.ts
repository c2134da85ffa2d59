import { addressesOf } from '../../config/addresses.ts'
import { digest } from '../../rdf/digest.ts'
import type { Part as Piece } from '../../rdf/format.ts'
import { isLegalIri } from '../../rdf/iri.ts'
import { fihrist, rdf, rdfs, sh, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'
import { literalsOf } from '../../rdf/texts.ts'
import { resultQuads } from '../judgement.ts'
import { activities } from '../provenance.ts'
import type { Line } from './line.ts'
import { allLines } from './lines.ts'
import type { Part, Report } from './report.ts'
import { summaryOf } from './summary.ts'

/** What a line is an instance of: the shape; a repair rule or a problem code as a term of our own vocabulary. */
const ruleOf = (part: Part, name: string): NamedNode =>
  namedNode(part === 'findings' ? name : `${fihrist.iri}${part === 'problems' ? 'problem' : 'repair'}-${name}`)

/**
 * The report of a run as linked data, piece by piece: the run (PROV-O) and the rules it speaks of with their sentences in all languages; then problems,
 * repairs, what changed, and findings as one SHACL report (SHACL, section 3). Everything has an IRI.
 */
export function* reportParts(report: Report): Generator<Piece> {
  const {
    publication: {
      catalogue: { base },
    },
    run,
    remedies,
  } = report
  const self = namedNode(addressesOf(base).run(run.source, run.id))
  const shacl = namedNode(`${self.value}#report`)
  const summary = summaryOf(report)
  const rules = (['problems', 'findings', 'repairs'] as const).flatMap(part =>
    summary[part].flatMap(({ name }) => {
      const { title, mend } = remedies(part, name)
      const titled = part === 'findings' ? sh.message : rdfs.label
      return [
        ...literalsOf(title).map(text => quad(ruleOf(part, name), titled, text)),
        ...literalsOf(mend).map(text => quad(ruleOf(part, name), fihrist.advice, text)),
      ]
    }),
  )
  const noViolation = !summary.findings.some(({ example }) => example.severity === 'violation')
  yield {
    graph: self.value,
    quads: [
      ...activities(report.publication, [run]),
      ...rules,
      quad(self, fihrist.report, shacl),
      quad(shacl, rdf.type, sh.ValidationReport),
      quad(shacl, sh.conforms, literal(String(summary.findings.length === 0), xsd.boolean)),
      quad(shacl, fihrist.noViolation, literal(String(noViolation), xsd.boolean)),
    ],
  }
  let quads: Quad[] = []
  let record: string | undefined
  const met = new Map<string, number>()
  for (const line of allLines(report)) {
    if (line.record?.id !== record && line.part !== 'problems') met.clear()
    record = line.record?.id
    const said = line.part === 'problems' ? 'problem' : JSON.stringify([line.name, line.property, line.value, line.after])
    met.set(said, (met.get(said) ?? 0) + 1)
    quads.push(...lineQuads(report, self, shacl, line, met.get(said)!))
    if (quads.length > 2000) {
      yield { graph: self.value, quads }
      quads = []
    }
  }
  yield { graph: self.value, quads }
}

/** `nth` tells problems, and the same repair of several files of a record, from one another. */
function lineQuads(
  {
    publication: {
      catalogue: { base },
    },
    remedies,
  }: Report,
  run: NamedNode,
  shacl: NamedNode,
  line: Line,
  nth: number,
): Quad[] {
  const { part, name, record, excerpt } = line
  const ours = record?.id === undefined ? undefined : namedNode(addressesOf(base).record(record.id))
  const raw = (node: NamedNode) => (excerpt === undefined ? [] : [quad(node, fihrist.excerpt, literal(excerpt))])
  if (part === 'changes') return [quad(run, namedNode(`${fihrist.iri}${name}Record`), ours!)]
  if (part === 'findings') {
    const { profile = '', severity = 'info', focus = '', property, value, valueType, constraint, count } = line
    return resultQuads(
      ours!.value,
      shacl,
      {
        profile,
        rule: name,
        severity,
        focus,
        ...(property && { path: property }),
        ...(value !== undefined && { value }),
        ...(valueType !== undefined && { valueType }),
        ...(constraint !== undefined && { constraint }),
        ...(count !== undefined && { count }),
      },
      result => [...literalsOf(remedies('findings', name).title).map(text => quad(result, sh.resultMessage, text)), ...raw(result)],
    )
  }
  const [kind, leads] = part === 'problems' ? [fihrist.Problem, fihrist.problem] : [fihrist.Repair, fihrist.repair]
  const self = namedNode(
    part === 'problems'
      ? `${run.value}#problem-${nth}`
      : `${ours!.value}#repair-${digest(JSON.stringify([name, line.property, line.value, line.after, nth])).slice(0, 12)}`,
  )
  const fields: [NamedNode, string | undefined][] = [
    [rdfs.comment, line.message],
    [fihrist.key, part === 'problems' ? record?.key : undefined],
    [fihrist.property, line.property],
    [fihrist.before, line.value],
    [fihrist.after, line.after],
  ]
  return [
    quad(run, leads, self),
    quad(self, rdf.type, kind),
    quad(self, fihrist.rule, ruleOf(part, name)),
    ...(ours ? [quad(self, fihrist.record, ours)] : []),
    ...(line.url ? [quad(self, fihrist.address, isLegalIri(line.url) ? namedNode(line.url) : literal(line.url))] : []),
    ...fields.flatMap(([property, text]) =>
      text === undefined ? [] : [quad(self, property, property.equals(rdfs.comment) ? literal(text, line.language ?? 'en') : literal(text))],
    ),
    ...raw(self),
  ]
}
