import { compact } from '../../rdf/namespaces.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { Path } from './paths.ts'

const signs = { zeroOrMore: '*', oneOrMore: '+', zeroOrOne: '?' } as const
const kinds = { '*': 'zeroOrMore', '+': 'oneOrMore', '?': 'zeroOrOne' } as const

/** A path as findings tell it: the bare IRI of a single property, else as SPARQL writes it. */
export const pathText = (path: Path): string => (path.kind === 'predicate' ? path.property.value : sparqlPath(path))

/** A path as findings tell it, for people: with prefixes in the place of namespaces. */
export const pathForPeople = (text: string): string => (text.includes('<') ? text.replace(/<([^>]*)>/g, (_, iri: string) => compact(iri)) : compact(text))

/** A path as SPARQL writes it; paths within each other stand in parentheses. */
export function sparqlPath(path: Path): string {
  const inner = (each: Path) => (each.kind === 'predicate' ? sparqlPath(each) : `(${sparqlPath(each)})`)
  switch (path.kind) {
    case 'predicate':
      return `<${path.property.value}>`
    case 'sequence':
      return path.paths.map(inner).join('/')
    case 'alternative':
      return path.paths.map(inner).join('|')
    case 'inverse':
      return `^${inner(path.path)}`
    default:
      return inner(path.path) + signs[path.kind]
  }
}

/** The path that `pathText` wrote; undefined for what it did not. */
export function pathOfText(text: string): Path | undefined {
  if (!text.includes('<')) return { kind: 'predicate', property: namedNode(text) }
  const tokens = text.match(/<[^>]*>|[()/|^*+?]|[^]/g) ?? []
  const taken = (token: string) => tokens[0] === token && tokens.shift() !== undefined
  const several = (): Path | undefined => {
    const paths = [step()]
    const between = tokens[0]
    if (between === '/' || between === '|') while (taken(between)) paths.push(step())
    if (!paths.every(path => path !== undefined)) return undefined
    return paths.length === 1 ? paths[0] : { kind: between === '/' ? 'sequence' : 'alternative', paths }
  }
  const step = (): Path | undefined => {
    if (taken('^')) {
      const path = step()
      return path && { kind: 'inverse', path }
    }
    const within = taken('(')
    const path = within ? several() : property(tokens.shift())
    if (!path || (within && !taken(')'))) return undefined
    const kind = kinds[tokens[0] as keyof typeof kinds]
    if (kind) tokens.shift()
    return kind ? { kind, path } : path
  }
  const property = (token = ''): Path | undefined => (token.startsWith('<') ? { kind: 'predicate', property: namedNode(token.slice(1, -1)) } : undefined)
  const path = several()
  return tokens.length === 0 ? path : undefined
}
