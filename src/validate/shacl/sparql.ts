import { blankNode, literal, namedNode, quad, textOf, type Quad, type Term } from '../../rdf/terms.ts'
import type { Asked, Validator } from './compile.ts'
import { sh, type Data } from './data.ts'
import { readPath } from './paths.ts'
import { queryOf } from './queries.ts'
import type { Failure, Report } from './result.ts'

export const hasSparql = (shapes: Data): boolean =>
  [...shapes.quads()].some(({ predicate }) => predicate.equals(sh('sparql')) || predicate.equals(sh('target')))

/** A SPARQL constraint of a shape, and the focus nodes it is to be asked about. */
interface Question {
  constraint: Term
  shape: Term
  focus: Map<string, Term>
}

/**
 * Runs compiled shapes some of which are written in SPARQL (SHACL, section 5). Another engine is asked about those, which takes its time: what the shapes want
 * to know of it is gathered in a run of theirs, asked, and known in the next, until one wants to know nothing more. The results are those of the last.
 */
export function withSparql(shapes: Data, validate: Validator): (data: Data, report: Report) => Promise<void> {
  const targets = [...shapes.quads()].filter(({ predicate }) => predicate.equals(sh('target'))).map(({ object }) => object)
  return async (data, report) => {
    const found = new Map<string, Term[]>()
    for (const target of targets) found.set(textOf(target), await nodesOf(queryOf(shapes, target), data))
    const known = new Map<string, readonly Failure[]>()
    for (;;) {
      const results: Parameters<Report>[] = []
      const questions = new Map<string, Question>()
      const asked: Asked = { selected: gather(known, questions), queried: target => found.get(textOf(target)) ?? [] }
      validate(data, (...result) => results.push(result), asked)
      if (questions.size === 0) return results.forEach(result => report(...result))
      for (const [id, question] of questions) {
        const answers = await failuresOf(shapes, question, data)
        for (const node of question.focus.keys()) known.set(`${id} ${node}`, answers.get(node) ?? [])
      }
    }
  }
}

/** Answers what is known, and writes down what is not. */
function gather(known: Map<string, readonly Failure[]>, questions: Map<string, Question>): Asked['selected'] {
  return (constraint, shape, focus) => {
    const id = `${textOf(constraint)} ${textOf(shape)}`
    const answer = known.get(`${id} ${textOf(focus)}`)
    if (answer) return answer
    if (!questions.has(id)) questions.set(id, { constraint, shape, focus: new Map() })
    questions.get(id)!.focus.set(textOf(focus), focus)
    return []
  }
}

/** What a SPARQL constraint selects of each focus node (section 5.3). */
async function failuresOf(shapes: Data, { constraint, shape, focus }: Question, data: Data): Promise<Map<string, Failure[]>> {
  const [node] = shapes.objects(shape, sh('path'))
  const path = node && readPath(shapes, node)
  const failures = new Map<string, Failure[]>()
  for (const { focusNode, args } of await engine(sh('sparql'), queryOf(shapes, constraint, path), data, [...focus.values()])) {
    // Section 5.3.1: the value that was selected; where none was, that of a node shape is the node itself. The path likewise.
    const value = args['value'] ?? (path ? undefined : focusNode.term)
    const property = args['path']
    const failure: Failure = { ...(value && { value }), ...(property?.termType === 'NamedNode' && { path: { kind: 'predicate', property } }), selected: args }
    failures.set(textOf(focusNode.term), [...(failures.get(textOf(focusNode.term)) ?? []), failure])
  }
  return failures
}

/** What the query of a target finds: the focus nodes of a shape that none of them conforms to. */
const nodesOf = async (query: string, data: Data): Promise<Term[]> => (await engine(sh('target'), query, data)).map(({ focusNode }) => focusNode.term)

interface EngineResult {
  focusNode: { term: Term }
  /** What the query selected. */
  args: Record<string, Term>
}

/**
 * Asks shacl-engine with its plug-in for SPARQL. It is given one shape with one query, and the focus nodes or none, and nothing else: paths, prefixes and all
 * other constraints are ours.
 */
async function engine(property: ReturnType<typeof sh>, query: string, data: Data, terms?: Term[]): Promise<EngineResult[]> {
  const [{ Validator }, plugin, { default: rdfExt }] = await Promise.all([import('shacl-engine'), import('shacl-engine/sparql.js'), import('rdf-ext')])
  const [shape, asked] = [namedNode('urn:fihrist:asked'), blankNode()]
  const only: Quad[] = [quad(shape, property, asked), quad(asked, sh('select'), literal(query))]
  if (!terms) only.push(quad(shape, sh('hasValue'), namedNode('urn:fihrist:nobody')))
  const validator = new Validator(rdfExt.dataset(only), {
    factory: rdfExt,
    validations: [...plugin.validations],
    targetResolvers: [...plugin.targetResolvers],
  })
  const { results } = await validator.validate({ dataset: rdfExt.dataset(data.quads()), ...(terms && { terms }) }, [{ terms: [shape] }])
  return results as EngineResult[]
}
