import rdfExt from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { Graph } from '../../../src/rdf/graph.ts'
import { textOf, type Quad, type Term } from '../../../src/rdf/terms.ts'
import { compile } from '../../../src/validate/shacl/compile.ts'
import { pathText } from '../../../src/validate/shacl/path-text.ts'

interface EngineResult {
  severity: Term
  focusNode: { term: Term }
  path: { start: string; predicates: Term[] }[] | null
  value?: { term?: Term }
  shape: { ptr: { term: Term } }
  constraintComponent: Term
}

const line = (shape: Term, component: Term, severity: Term, focus: Term, path: string | undefined, value: Term | undefined) =>
  [textOf(shape), component.value, severity.value, textOf(focus), path ?? '', value ? textOf(value) : ''].join(' | ')

/** What the compiled shapes say of data, a line a result. */
export function ours(shapes: Iterable<Quad>): (data: Iterable<Quad>) => string[] {
  const validate = compile(new Graph(shapes))
  return data => {
    const results: string[] = []
    validate(new Graph(data), (constraint, focus, { value, path = constraint.path }) =>
      results.push(line(constraint.shape, constraint.component, constraint.severity, focus, path && pathText(path).replace(/[<>()]/g, ''), value)),
    )
    return results.sort()
  }
}

/** What shacl-engine says, as it comes, in the same lines. */
export function theirs(shapes: Iterable<Quad>): (data: Iterable<Quad>) => Promise<string[]> {
  const validator = new Validator(rdfExt.dataset(shapes), { factory: rdfExt })
  return async data => {
    const { results } = (await validator.validate({ dataset: rdfExt.dataset(data) })) as { results: EngineResult[] }
    return results
      .map(({ shape, constraintComponent, severity, focusNode, path, value }) => {
        const text = path?.map(({ start, predicates }) => (start === 'object' ? '^' : '') + predicates.map(each => each.value).join('|')).join('/')
        return line(shape.ptr.term, constraintComponent, severity, focusNode.term, text, value?.term)
      })
      .sort()
  }
}
