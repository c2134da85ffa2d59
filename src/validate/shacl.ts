import rdfExt from 'rdf-ext'
import { Validator } from 'shacl-engine'
import type { Finding } from './finding.ts'
import { graph, isNamed, skos, namedNode, type Graph, type Quad, type Term } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { Profile } from './profiles.ts'

interface Result { severity: Term, focusNode: { term: Term }, path: { predicates: Term[] }[] | null, value?: { term?: Term }, shape: { ptr: { term: Term } }, constraintComponent: Term }

/** A profile made ready to be run many times. */
export type Validate = (data: Graph) => Promise<(Finding & { constraint: string })[]>

/** The SHACL engine behind one function: graph in, findings out (SHACL, section 3). */
export function validator(profile: Profile, vocabulary: Vocabulary): Validate {
  const engine = new Validator(rdfExt.dataset([...profile.shapes] as never), { factory: rdfExt })
  return async data => {
    const dataset = rdfExt.dataset([...withBackground(data, vocabulary)] as never)
    const report = await engine.validate({ dataset }) as { results: Result[] }
    return report.results.map(result => finding(profile, result))
  }
}

/** Shapes ask whether a value is in a list: what the lists say of the concepts that the graph names is added for the validation alone. */
function withBackground(data: Graph, vocabulary: Vocabulary): Graph {
  const all = graph(data as Iterable<Quad>)
  for (const { object } of data as Iterable<Quad>) {
    const concept = isNamed(object) ? vocabulary.concepts.get(object.value) : undefined
    if (concept) all.addQuad(object as never, skos.inScheme as never, namedNode(concept.scheme) as never)
  }
  return all
}

function finding(profile: Profile, result: Result): Finding & { constraint: string } {
  const path = result.path?.map(step => step.predicates.map(predicate => predicate.value).join('|')).join('/')
  const value = result.value?.term?.value
  return {
    profile: profile.name,
    rule: result.shape.ptr.term.value,
    severity: result.severity.value.split('#').pop()!.toLowerCase() as Finding['severity'],
    focus: result.focusNode.term.value,
    constraint: result.constraintComponent.value.split('#').pop()!,
    ...(path && { path }), ...(value !== undefined && { value: value.slice(0, 500) }),
  }
}
