import rdfExt from 'rdf-ext'
import { Validator } from 'shacl-engine'
import type { Finding } from './finding.ts'
import { fihrist, sh, skos } from '../rdf/namespaces.ts'
import { isBlank, isNamed, namedNode, quad, type Quad, type Term } from '../rdf/terms.ts'
import { euLists } from '../vocabulary/lists.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { LightDataset } from './light-dataset.ts'
import { surePasses } from './sure-passes.ts'
import type { Profile } from './profiles.ts'

interface Result {
  severity: Term
  focusNode: { term: Term }
  path: { predicates: Term[] }[] | null
  value?: { term?: Term }
  shape: { ptr: { term: Term } }
  constraintComponent: Term
}

/** Profiles made ready to be run many times. */
export type Validate = (data: Iterable<Quad>) => Promise<(Finding & { constraint: string })[]>

/**
 * The SHACL engine behind one function: graph in, findings out (SHACL, section 3). All profiles go through one engine, which
 * reads each record once; a finding belongs to the profile whose file says something of its shape.
 */
export function validator(profiles: Profile[], vocabulary: Lists): Validate {
  const shapes = profiles.flatMap(profile => [...profile.shapes].filter(({ predicate }) => !forPeople.has(predicate.value)))
  const profileOf = new Map(profiles.flatMap(({ name, shapes }) => [...shapes].map(({ subject }) => [subject.value, name] as const)))
  const engine = new Validator(rdfExt.dataset(shapes), { factory: rdfExt, validations: [surePasses] })
  const targeted = shapesWithTarget(shapes)
  return async data => {
    const { results } = (await engine.validate({ dataset: new LightDataset(withBackground(data, vocabulary)) }, targeted)) as { results: Result[] }
    return results.map(result => finding(profileOf, result))
  }
}

/** What shapes say to people decides nothing, and would be held once more by every worker. */
const forPeople = new Set([sh.message.value, sh.name.value, sh.description.value, fihrist.advice.value])

const targets = new Set([sh.targetClass, sh.targetNode, sh.targetObjectsOf, sh.targetSubjectsOf].map(term => term.value))

/** The shapes that look for nodes of their own (SHACL, section 2.1.3); the others are only reached through them. */
function shapesWithTarget(shapes: Quad[]): { terms: Term[] }[] {
  const found = new Map(shapes.filter(({ predicate }) => targets.has(predicate.value)).map(({ subject }) => [subject.value, subject]))
  return [...found.values()].map(term => ({ terms: [term] }))
}

/** Shapes ask whether a value is in a list: what the lists say of the concepts that the graph names is added for the validation alone. */
function withBackground(data: Iterable<Quad>, vocabulary: Lists): Quad[] {
  const all = [...data]
  const named = new Set(all.filter(({ object }) => isNamed(object)).map(({ object }) => object.value))
  for (const iri of named) {
    const scheme = vocabulary.concepts.get(iri)?.scheme ?? europeanScheme(iri)
    if (scheme) all.push(quad(namedNode(iri), skos.inScheme, namedNode(scheme)))
  }
  return all
}

const europeanSchemes = new Set<string>(Object.values(euLists))

/** Our selection of a European authority list is not the whole list: whatever lies in its namespace is taken to be in it. */
function europeanScheme(iri: string): string | undefined {
  const [, scheme = ''] = /^(.+)\/[\w-]+$/.exec(iri) ?? []
  return europeanSchemes.has(scheme) ? scheme : undefined
}

function finding(profileOf: Map<string, string>, result: Result): Finding & { constraint: string } {
  const path = result.path?.map(step => step.predicates.map(predicate => predicate.value).join('|')).join('/')
  // The label of a blank node is nobody's word.
  const value = result.value?.term && !isBlank(result.value.term) ? result.value.term.value : undefined
  const rule = result.shape.ptr.term.value
  return {
    profile: profileOf.get(rule)!,
    rule,
    severity: result.severity.value.split('#').pop()!.toLowerCase() as Finding['severity'],
    focus: result.focusNode.term.value,
    constraint: result.constraintComponent.value.split('#').pop()!,
    ...(path && { path }),
    ...(value !== undefined && { value: value.slice(0, 500) }),
  }
}
