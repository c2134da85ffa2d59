import { rdf } from '../../rdf/namespaces.ts'
import { blankNode, quad, type Quad, type Subject } from '../../rdf/terms.ts'
import { sh } from './data.ts'
import { unary, type Path } from './paths.ts'

/** A path as RDF writes it (SHACL, section 2.3.1): its node, and what is said of it. Blank nodes get labels that begin with `label`. */
export function pathQuads(path: Path, label: string): { node: Subject; quads: Quad[] } {
  const quads: Quad[] = []
  let nodes = 0
  const fresh = () => blankNode(`${label}-${++nodes}`)
  const listed = (members: Subject[]): Subject => {
    const [first, ...others] = members
    if (!first) return rdf.nil
    const self = fresh()
    quads.push(quad(self, rdf.first, first), quad(self, rdf.rest, listed(others)))
    return self
  }
  const written = (each: Path): Subject => {
    if (each.kind === 'predicate') return each.property
    if (each.kind === 'sequence') return listed(each.paths.map(written))
    const self = fresh()
    if ('paths' in each) quads.push(quad(self, sh('alternativePath'), listed(each.paths.map(written))))
    else quads.push(quad(self, sh(unary[each.kind]), written(each.path)))
    return self
  }
  return { node: written(path), quads }
}
