import { sentence } from '../../problem.ts'
import { owl } from '../../rdf/namespaces.ts'
import { namedNode, textOf, type Term } from '../../rdf/terms.ts'
import type { Fault } from './broken.ts'
import { sh, type Data } from './data.ts'
import { sparqlPath } from './path-text.ts'
import type { Path } from './paths.ts'

/** The query of a SPARQL constraint or target, whole: with its prefixes (SHACL, section 5.2.1) and with the path of its shape for $PATH (section 5.3.1). */
export function queryOf(shapes: Data, constraint: Term, path?: Path): string {
  const prefixes = [...importedBy(shapes, shapes.objects(constraint, sh('prefixes')))].flatMap(each => shapes.objects(each, sh('declare')))
  const declared = prefixes.map(each => `PREFIX ${shapes.objects(each, sh('prefix'))[0]?.value}: <${shapes.objects(each, sh('namespace'))[0]?.value}>\n`)
  const select = shapes.objects(constraint, sh('select'))[0]?.value ?? ''
  return declared.join('') + (path ? select.replaceAll('$PATH', () => sparqlPath(path)) : select)
}

const imports = namedNode(`${owl.iri}imports`)

function importedBy(shapes: Data, ontologies: readonly Term[]): Iterable<Term> {
  const met = new Map(ontologies.map(each => [textOf(each), each]))
  // What is added to a map while it is gone through is gone through as well.
  for (const each of met.values()) for (const next of shapes.objects(each, imports)) met.set(textOf(next), next)
  return met.values()
}

/** The queries in a shapes graph that cannot be read, or that ask for what SHACL does not allow or is not done here. */
export async function faultsOfQueries(shapes: Data): Promise<Fault[]> {
  const queries = [...shapes.quads()].filter(({ predicate }) => predicate.equals(sh('select')))
  if (queries.length === 0) return []
  const { Parser } = await import('@traqula/parser-sparql-1-1')
  const parser = new Parser()
  const anything: Path = { kind: 'predicate', property: namedNode('urn:path') }
  return queries.flatMap(quad => {
    let wrong: string | undefined
    try {
      const query = parser.parse(queryOf(shapes, quad.subject, anything)) as Node
      // Nothing is bound before the query of a target is run.
      wrong = shapes.subjects(sh('target'), quad.subject).length === 0 ? refused(query) : query.subType === 'select' ? undefined : 'it is no SELECT'
    } catch (error) {
      wrong = `it is not SPARQL: ${sentence(error).trim().split('\n').at(-1)!}`
    }
    return wrong ? [{ shape: quad.subject, quad, message: `sh:select cannot be run: ${wrong}. Write the query without it, or say the same in SHACL Core` }] : []
  })
}

/** What SHACL does not allow in a query (appendix A and section 5.2.1), and what is not done here. */
interface Node {
  type?: string
  subType?: string
  value?: string
  patterns?: Node[]
  variables?: Node[]
  variable?: Node
  groupings?: Node[]
}

function refused(query: Node): string | undefined {
  if (query.subType !== 'select') return 'it is no SELECT'
  const waiting: unknown[] = [query]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue
    const wrong = refusedAt(node as Node, node === query)
    if (wrong) return wrong
    waiting.push(...Object.values(node))
  }
  return undefined
}

function refusedAt({ type, subType, value, patterns, variables = [], variable, groupings = [] }: Node, isWhole: boolean): string | undefined {
  if (type === 'query' && !isWhole && !variables.some(each => each.value === 'this')) return 'SHACL asks each SELECT, those within it as well, to return $this'
  if (subType === 'variable' && (value === 'shapesGraph' || value === 'currentShape')) return `$${value} is not known here`
  // The engine loses what is bound before in these two, or stops at it.
  if (groupings.some(each => each.value === 'this')) return 'GROUP BY $this is not done here'
  if (subType === 'group' && patterns?.some(isBare)) return 'a group within a group that has no statement of its own is not done here'
  if (type !== 'pattern') return undefined
  if (subType === 'minus' || subType === 'values' || subType === 'service') return `SHACL does not allow ${subType.toUpperCase()}`
  if (subType === 'graph') return 'a record has no named graphs, and GRAPH asks for one'
  if (subType === 'bind' && variable?.value === 'this') return 'SHACL does not allow $this to be bound by AS'
  return undefined
}

const isBare = ({ type, subType, patterns = [] }: Node) =>
  type === 'pattern' && subType === 'group' && !patterns.some(each => each.subType === 'bgp' || each.type === 'query')
