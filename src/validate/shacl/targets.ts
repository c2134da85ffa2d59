import { distinct } from '../../rdf/graph.ts'
import { owl, rdf, rdfs } from '../../rdf/namespaces.ts'
import { namedNode, textOf, type Quad, type Term } from '../../rdf/terms.ts'
import type { Subclasses } from './classes.ts'
import { sh, type Data } from './data.ts'

/** The nodes that the query of a target finds (SHACL Advanced Features, section 3.1). */
export type Queried = (target: Term) => readonly Term[]

/** Whether a node conforms to the shape that says where another applies (SHACL 1.2, sh:targetWhere). */
export type Applies = (where: Term, node: Term) => boolean

/** The nodes that each shape with targets is to look at, in the order of the shapes. */
export type FocusNodes = (
  statements: readonly Quad[],
  subclasses: Subclasses,
  queried: Queried,
  applies: Applies,
) => Iterable<[shape: Term, nodes: Iterable<Term>]>

/** Classes may be declared in the words of RDFS and of OWL, whose classes are classes of RDFS. */
const classes = [namedNode(`${rdfs.iri}Class`), namedNode(`${owl.iri}Class`)]

/** The targets that the shapes declare (SHACL, section 2.1.3), made ready to be found in one walk through the data. */
export function targetsOf(shapes: Data, subclasses: Subclasses): FocusNodes {
  const declared: { shape: Term; kind: Kind; of: Term }[] = []
  const isClass = new Set(classes.flatMap(each => [...subclasses(each)]))
  const isShape = new Set([sh('NodeShape'), sh('PropertyShape')].map(textOf))
  for (const { subject, predicate, object } of shapes.quads()) {
    const kind = kinds[predicate.value]
    if (kind) declared.push({ shape: subject, kind, of: object })
    // 2.1.3.3 Implicit class targets
    else if (predicate.value === rdf.type.value && isShape.has(textOf(object)) && shapes.objects(subject, rdf.type).some(type => isClass.has(textOf(type))))
      declared.push({ shape: subject, kind: 'class', of: subject })
  }
  const order = [...new Map(declared.map(({ shape }) => [textOf(shape), shape])).values()]
  const at = new Map(order.map((shape, at) => [textOf(shape), at]))
  const aims = (kind: Kind, keys: (of: Term) => Iterable<string>) =>
    grouped(declared.filter(target => target.kind === kind).flatMap(({ shape, of }) => Array.from(keys(of), key => [key, at.get(textOf(shape))!] as const)))
  const byClass = (below: Subclasses) => aims('class', below)
  const known = byClass(subclasses)
  const ofSubjects = aims('subjectsOf', property => [property.value])
  const ofObjects = aims('objectsOf', property => [property.value])
  const named = declared.filter(({ kind }) => kind === 'node')
  const asked = declared.filter(({ kind }) => kind === 'query')
  const wheres = declared.filter(({ kind }) => kind === 'where')
  return (statements, below, queried, applies) => {
    const ofTypes = below === subclasses ? known : byClass(below)
    const found = order.map((): Map<string, Term> | undefined => undefined)
    const aim = (shapes: readonly number[] | undefined, node: Term) => {
      if (shapes) for (const shape of shapes) (found[shape] ??= new Map()).set(textOf(node), node)
    }
    for (const { subject, predicate, object } of statements) {
      if (predicate.value === rdf.type.value) aim(ofTypes.get(textOf(object)), subject)
      aim(ofSubjects.get(predicate.value), subject)
      aim(ofObjects.get(predicate.value), object)
    }
    for (const { shape, of } of named) aim([at.get(textOf(shape))!], of)
    for (const { shape, of } of asked) for (const node of queried(of)) aim([at.get(textOf(shape))!], node)
    const subjects = wheres.length > 0 ? distinct(statements.map(({ subject }) => subject)) : []
    for (const { shape, of } of wheres) for (const node of subjects) if (applies(of, node)) aim([at.get(textOf(shape))!], node)
    return order.map((shape, at) => [shape, found[at]?.values() ?? []])
  }
}

type Kind = 'class' | 'node' | 'subjectsOf' | 'objectsOf' | 'query' | 'where'

const kinds: Record<string, Kind | undefined> = {
  [sh('targetClass').value]: 'class',
  [sh('targetNode').value]: 'node',
  [sh('targetSubjectsOf').value]: 'subjectsOf',
  [sh('targetObjectsOf').value]: 'objectsOf',
  [sh('target').value]: 'query',
  [sh('targetWhere').value]: 'where',
}

function grouped(pairs: (readonly [string, number])[]): Map<string, number[]> {
  const all = new Map<string, number[]>()
  for (const [key, value] of pairs) all.set(key, [...(all.get(key) ?? []), value])
  return all
}
