import { owl, rdf, rdfs } from '../../rdf/namespaces.ts'
import { namedNode, textOf, type Term } from '../../rdf/terms.ts'
import { subClassOf, type Subclasses } from './classes.ts'
import { sh, type Data } from './data.ts'

/** The nodes that each shape with targets is to look at, in the order of the shapes. */
export type FocusNodes = (data: Data, subclasses: Subclasses) => Iterable<[shape: Term, nodes: Iterable<Term>]>

/** Classes may be declared in the words of RDFS and of OWL, whose classes are classes of RDFS. */
const classes = [namedNode(`${rdfs.iri}Class`), namedNode(`${owl.iri}Class`)]

/** The targets that the shapes declare (SHACL, section 2.1.3), made ready to be found in one walk through the data. */
export function targetsOf(shapes: Data, subclasses: Subclasses): FocusNodes {
  const declared: [shape: Term, kind: 'class' | 'node' | 'subjectsOf' | 'objectsOf', of: Term][] = []
  const isClass = new Set(classes.flatMap(each => [...subclasses(each)]))
  const isShape = new Set([sh('NodeShape'), sh('PropertyShape')].map(textOf))
  for (const { subject, predicate, object } of shapes.quads()) {
    const kind = kinds[predicate.value]
    if (kind) declared.push([subject, kind, object])
    // 2.1.3.3 Implicit class targets
    else if (predicate.value === rdf.type.value && isShape.has(textOf(object)) && shapes.objects(subject, rdf.type).some(type => isClass.has(textOf(type))))
      declared.push([subject, 'class', subject])
  }
  const own = (kind: string) => declared.filter(each => each[1] === kind)
  const byClass = (below: Subclasses) => grouped(own('class').flatMap(([shape, , wanted]) => [...below(wanted)].map(each => [each, textOf(shape)] as const)))
  const known = byClass(subclasses)
  const [ofSubjects, ofObjects] = [own('subjectsOf'), own('objectsOf')].map(targets =>
    grouped(targets.map(([shape, , property]) => [property.value, textOf(shape)])),
  )
  const named = own('node')
  const order = [...new Map(declared.map(([shape]) => [textOf(shape), shape]))]
  return (data, below) => {
    const ofTypes = below === subclasses ? known : byClass(below)
    const found = new Map(order.map(([id]) => [id, new Map<string, Term>()]))
    const aim = (shapes: readonly string[] | undefined, node: Term) => {
      if (shapes) for (const shape of shapes) found.get(shape)!.set(textOf(node), node)
    }
    for (const { subject, predicate, object } of data.quads()) {
      if (predicate.value === rdf.type.value) aim(ofTypes.get(textOf(object)), subject)
      aim(ofSubjects!.get(predicate.value), subject)
      aim(ofObjects!.get(predicate.value), object)
    }
    for (const [shape, , node] of named) aim([textOf(shape)], node)
    return order.map(([id, shape]) => [shape, found.get(id)!.values()])
  }
}

const kinds: Record<string, 'class' | 'node' | 'subjectsOf' | 'objectsOf' | undefined> = {
  [sh('targetClass').value]: 'class',
  [sh('targetNode').value]: 'node',
  [sh('targetSubjectsOf').value]: 'subjectsOf',
  [sh('targetObjectsOf').value]: 'objectsOf',
}

function grouped(pairs: (readonly [string, string])[]): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const [key, value] of pairs) all.set(key, [...(all.get(key) ?? []), value])
  return all
}

/** Whether a graph says of any class that it is below another. */
export function saysSubclasses(data: Data): boolean {
  for (const { predicate } of data.quads()) if (predicate.value === subClassOf.value) return true
  return false
}
