import { distinct, type Graph } from '../../rdf/graph.ts'
import { rdf } from '../../rdf/namespaces.ts'
import { isBlank, isLiteral, textOf, type Quad, type Subject, type Term } from '../../rdf/terms.ts'
import { entry } from '../../table.ts'
import { ofPropertyShapes } from './constraints.ts'
import { listOf, sh, shacl, type Data } from './data.ts'
import { parameters } from './syntax.ts'
import { wrongWord } from './words.ts'

/** Something in a shapes graph that is not as SHACL asks: what is wrong with which shape, what to do, and the statement that says it. */
export interface Fault {
  shape: Term
  message: string
  quad: Quad
}

/** Everything in a shapes graph that would be misread, or passed over in silence. */
export function faultsOf(shapes: Data): Fault[] {
  const all = [...shapes.quads()]
  const own = shapesIn(all)
  return [
    ...all.flatMap(quad => faultsOfStatement(shapes, quad)),
    ...own.flatMap(shape => faultsOfShape(shapes, shape)),
    ...circles(shapes, own),
    ...foreignConstraints(shapes, all),
  ]
}

/** What a statement says in words of SHACL, and of which parameter. */
const wordOf = (term: Term) => (term.termType === 'NamedNode' && term.value.startsWith(shacl) ? term.value.slice(shacl.length) : undefined)

function faultsOfStatement(shapes: Data, quad: Quad): Fault[] {
  const { subject, predicate, object } = quad
  const fault = (message: string) => ({ shape: subject, message, quad })
  const [name, value] = [wordOf(predicate), wordOf(object)]
  const wrong = (name && wrongWord(name, 'property')) ?? (value && wrongWord(value, 'value'))
  if (wrong) return [fault(wrong)]
  const parameter = name === undefined ? undefined : entry(parameters, name)
  if (!name || !parameter) return []
  const { takes, needs } = parameter
  const verdict = takes.isOne(object, shapes, subject)
  if (verdict !== true) return [fault(`sh:${name} takes ${takes.what}${isBlank(object) ? '' : `, and not ${shown(object)}`}${verdict ? `: ${verdict}` : ''}`)]
  if (needs && shapes.objects(subject, sh(needs)).length === 0) return [fault(`sh:${name} means nothing without sh:${needs}. Add that, or take it out`)]
  if (ofPropertyShapes.has(name) && shapes.objects(subject, sh('path')).length === 0)
    return [fault(`sh:${name} is about the values of a property, and there is no sh:path beside it. Add the sh:path, or move it into a property shape`)]
  return namedBy(shapes, quad).flatMap(each => faultsOfReference(shapes, quad, name, each))
}

/** A shape that is named is described somewhere; one that is named by sh:property has a path. */
function faultsOfReference(shapes: Data, quad: Quad, name: string, named: Term): Fault[] {
  const fault = (message: string) => [{ shape: quad.subject, message, quad }]
  // A shape without any constraint is written in the place where it is used; one with a name that nothing is said of is a slip.
  if (!isBlank(named) && [...shapes.quads(named)].length === 0)
    return fault(`sh:${name} names ${shown(named)}, of which no shape file says anything. Write that shape, or mend its name`)
  if (name === 'property' && shapes.objects(named, sh('path')).length === 0)
    return fault(`sh:property names ${isBlank(named) ? 'a shape' : shown(named)} without sh:path. Give it the path of its values, or name it with sh:node`)
  return []
}

/** All that are shapes by their type, their targets or their parameters (SHACL, section 2.1). */
const shapesIn = (all: Quad[]) => distinct(all.filter(({ predicate }) => entry(parameters, wordOf(predicate) ?? '')).map(({ subject }) => subject))

function faultsOfShape(shapes: Data, shape: Term): Fault[] {
  const said = [...shapes.quads(shape)]
  const twice = said.find(({ predicate }, at) => {
    const name = wordOf(predicate) ?? ''
    return entry(parameters, name)?.once && said.findIndex(other => other.predicate.equals(predicate)) < at
  })
  const isPathless = shapes.objects(shape, sh('path')).length === 0
  const typed = said.find(({ predicate, object }) => predicate.equals(rdf.type) && object.equals(sh('PropertyShape')))
  return [
    ...(twice
      ? [{ shape, quad: twice, message: `sh:${wordOf(twice.predicate)!} is given twice, and may be given once. Take one out, or make two shapes of this one` }]
      : []),
    ...(typed && isPathless
      ? [{ shape, quad: typed, message: 'it is a sh:PropertyShape and has no sh:path. Give it the path of its values, or make it a sh:NodeShape' }]
      : []),
  ]
}

/** The shapes that a statement names. */
function namedBy(shapes: Data, { predicate, object }: Quad): Term[] {
  const names = entry(parameters, wordOf(predicate) ?? '')?.names
  return names === 'shapes' ? [object] : names ? (listOf(shapes, object) ?? []) : []
}

/** Shapes that come back to themselves. What they mean is left open (section 3.4.3), and a record could keep one that is run busy without end. */
function circles(shapes: Data, own: Subject[]): Fault[] {
  const state = new Map<string, 'open' | 'done'>()
  const faults: Fault[] = []
  const visit = (shape: Term) => {
    state.set(textOf(shape), 'open')
    for (const quad of shapes.quads(shape)) {
      for (const next of namedBy(shapes, quad)) {
        const seen = state.get(textOf(next))
        if (seen === 'open')
          faults.push({
            shape,
            quad,
            message:
              `sh:${wordOf(quad.predicate)!} comes back to ${shown(next)}, within which it stands: what that means SHACL leaves open. ` +
              'Say it with a path, such as sh:zeroOrMorePath, or end the circle',
          })
        else if (!seen) visit(next)
      }
    }
    state.set(textOf(shape), 'done')
  }
  for (const shape of own) if (!state.has(textOf(shape))) visit(shape)
  return faults
}

/** What shapes say in the words of constraint components of somebody's own (section 6): none of those is run. */
function foreignConstraints(shapes: Data, all: Quad[]): Fault[] {
  const declared = all.filter(({ predicate, subject }) => predicate.equals(sh('parameter')) && !wordOf(subject))
  const components = new Map(declared.flatMap(({ subject, object }) => shapes.objects(object, sh('path')).map(path => [path.value, subject])))
  return all
    .filter(({ predicate }) => components.has(predicate.value))
    .map(quad => ({
      shape: quad.subject,
      quad,
      message:
        `${shown(quad.predicate)} is a parameter of ${shown(components.get(quad.predicate.value)!)}, and constraint components of one's own are ` +
        'not run here. Say the same with sh:sparql, or in SHACL Core',
    }))
}

const shown = (term: Term) => (isLiteral(term) ? `"${term.value.slice(0, longestShown)}"` : isBlank(term) ? 'a shape without a name' : nameOf(term))

/** So much of a value is repeated in a message. */
const longestShown = 80

const nameOf = ({ value }: Term) => /[^/#]+$/.exec(value)?.[0] ?? value

/** A shape as people call it: the last part of its IRI; where it has none, that of the shape within which it stands. */
export function calledIn(shapes: Graph, shape: Term): string {
  const within = new Set<string>()
  let [outer, named]: [Term | undefined, Term] = [shape, shape]
  while (outer && isBlank(outer) && !within.has(outer.value)) {
    within.add(outer.value)
    named = outer
    outer = shapes.subjects(undefined, outer)[0]
  }
  return outer === shape ? nameOf(shape) : outer && !isBlank(outer) ? `a shape within ${nameOf(outer)}` : shown(named)
}
