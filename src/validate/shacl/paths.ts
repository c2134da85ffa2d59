import { distinct } from '../../rdf/graph.ts'
import { rdf } from '../../rdf/namespaces.ts'
import { isBlank, isNamed, textOf, type NamedNode, type Term } from '../../rdf/terms.ts'
import { listOf, sh, type Data } from './data.ts'

/** A property path (SHACL, section 2.3.1). */
export type Path =
  | { kind: 'predicate'; property: NamedNode }
  | { kind: 'sequence' | 'alternative'; paths: Path[] }
  | { kind: 'inverse' | 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'; path: Path }

/** The value nodes of a path from a focus node, each once. */
export type Follow = (data: Data, node: Term) => readonly Term[]

export const unary = { inverse: 'inversePath', zeroOrMore: 'zeroOrMorePath', oneOrMore: 'oneOrMorePath', zeroOrOne: 'zeroOrOnePath' } as const

/** The path that a node of the shapes graph stands for; undefined where it stands for none. Of a list with other statements about it, the list counts. */
export function readPath(shapes: Data, node: Term, within: readonly Term[] = []): Path | undefined {
  if (isNamed(node)) return { kind: 'predicate', property: node }
  if (!isBlank(node) || within.some(outer => outer.equals(node))) return undefined
  const inside = [...within, node]
  const several = (kind: 'sequence' | 'alternative', list: Term): Path | undefined => {
    const paths = listOf(shapes, list)?.map(member => readPath(shapes, member, inside))
    return paths && paths.length > 1 && paths.every(path => path !== undefined) ? { kind, paths } : undefined
  }
  if (shapes.objects(node, rdf.first).length > 0) return several('sequence', node)
  const [alternative] = shapes.objects(node, sh('alternativePath'))
  if (alternative) return several('alternative', alternative)
  for (const [kind, property] of Object.entries(unary)) {
    const [inner] = shapes.objects(node, sh(property))
    const path = inner && readPath(shapes, inner, inside)
    if (path) return { kind: kind as keyof typeof unary, path }
  }
  return undefined
}

/** Compiles a path into a function that follows it, or that follows it from its end to its beginning. */
export function follow(path: Path, backwards = false): Follow {
  switch (path.kind) {
    case 'predicate': {
      const { property } = path
      return backwards ? (data, node) => data.subjects(property, node) : (data, node) => data.objects(node, property)
    }
    case 'inverse':
      return follow(path.path, !backwards)
    case 'alternative': {
      const ways = path.paths.map(each => follow(each, backwards))
      return (data, node) => distinct(ways.flatMap(way => way(data, node)))
    }
    case 'sequence': {
      const steps = path.paths.map(each => follow(each, backwards))
      if (backwards) steps.reverse()
      return (data, node) => steps.reduce<readonly Term[]>((nodes, step) => distinct(nodes.flatMap(each => step(data, each))), [node])
    }
    case 'zeroOrOne': {
      const step = follow(path.path, backwards)
      return (data, node) => distinct([node, ...step(data, node)])
    }
    case 'zeroOrMore': {
      const step = follow(path.path, backwards)
      return (data, node) => reached(data, [node], step)
    }
    case 'oneOrMore': {
      const step = follow(path.path, backwards)
      return (data, node) => reached(data, step(data, node), step)
    }
  }
}

/** These nodes and all that are reached from them, step by step. */
function reached(data: Data, from: readonly Term[], step: Follow): Term[] {
  const met = new Map(from.map(node => [textOf(node), node]))
  // What is added to a map while it is gone through is gone through as well.
  for (const node of met.values()) for (const next of step(data, node)) if (!met.has(textOf(next))) met.set(textOf(next), next)
  return [...met.values()]
}
