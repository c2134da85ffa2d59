import { Graph } from '../../../rdf/graph.ts'
import { dcat, dct, rdf, spdx } from '../../../rdf/namespaces.ts'
import { isLiteral, quad, type NamedNode, type Quad, type Subject, type Term } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import { datasetFields, distributionFields } from './mapping.ts'
import { nameIn } from './nodes.ts'

const rows = [...datasetFields, ...distributionFields].flatMap(([paths, property, kind]) => (paths as string[]).map(path => ({ path, property, kind })))
/** Names that the mapping reads: those of its tables, and of the nodes that these lead to. */
const known = new Set([
  ...rows.flatMap(({ path }) => path.split('.')),
  'distribution',
  'legalName',
  'email',
  'telephone',
  'parentOrganization',
  'address',
  'addressCountry',
  'geo',
  'box',
  'polygon',
  'line',
  'latitude',
  'longitude',
])
/** Names that lead to nodes of which the mapping makes others, or plain values. */
const remade = new Set([...rows.filter(({ kind }) => !['agent', 'contact', 'reference', 'link'].includes(kind)).map(({ path }) => path), 'address', 'geo'])
/** Values that are written anew, and the property that shows that they were. */
const anew: Record<string, NamedNode> = {
  keywords: dcat.keyword,
  temporalCoverage: dct.temporal,
  sha256: spdx.checksum,
  box: dcat.bbox,
  polygon: dcat.bbox,
  line: dcat.bbox,
  latitude: dcat.centroid,
  longitude: dcat.centroid,
}

const isList = (property: Term) => property.equals(rdf.first) || property.equals(rdf.rest)
const isRead = (property: Term) => isList(property) || known.has(nameIn(property.value) ?? '')

/**
 * What a description says that was not mapped: words of other vocabularies, words of schema.org that DCAT has none for, and second choices where the first one
 * was taken. A node that the portal left unnamed stays while something of it does, with what leads to it.
 */
export function unmapped(said: Graph, mapped: Graph, record: string): Graph {
  const rest = new Graph()
  const all = valuesOf(mapped)
  const within = new Set([...said].filter(({ predicate }) => remade.has(nameIn(predicate.value) ?? '')).map(({ object }) => object.value))
  const isMapped = ({ subject, predicate, object }: Quad) => {
    const as = isLiteral(object) && entry(anew, nameIn(predicate.value) ?? '')
    if (as) return mapped.has(null, as)
    const here =
      all.get(subject.value) ?? (isList(predicate) || (within.has(subject.value) && subject.value.startsWith(`${record}#`)) ? all.get('') : undefined)
    return here?.has(object.value.trim()) === true || object.equals(rdf.nil)
  }
  const links = new Map<string, Quad[]>()
  const queue: Subject[] = []
  const stay = (each: Quad) => {
    if (!rest.has(each.subject)) queue.push(each.subject)
    rest.add(inDcat(each, mapped))
  }
  for (const each of said) {
    if (each.predicate.equals(rdf.type) && nameIn(each.object.value) !== undefined) continue
    if (!isRead(each.predicate)) stay(each)
    else if (isMapped(each)) continue
    else if (isLiteral(each.object) || !each.object.value.startsWith(`${record}#`)) stay(each)
    else if (links.has(each.object.value)) links.get(each.object.value)!.push(each)
    else links.set(each.object.value, [each])
  }
  for (let node = queue.pop(); node; node = queue.pop()) if (!mapped.has(null, null, node)) links.get(node.value)?.forEach(stay)
  for (const type of said.quads(null, rdf.type)) {
    const isTyped = mapped.has(type.subject, rdf.type)
    if (nameIn(type.object.value) !== undefined && !isTyped && rest.has(type.subject)) rest.add(type)
  }
  return rest
}

/** The values that a graph gives each of its subjects; under no name, all of them. */
function valuesOf(mapped: Graph): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>([['', new Set()]])
  for (const { subject, object } of mapped) {
    if (!all.has(subject.value)) all.set(subject.value, new Set())
    all.get(subject.value)!.add(object.value.trim())
    all.get('')!.add(object.value.trim())
  }
  return all
}

/**
 * A node that the mapping could not read, of a property of which it read nothing else, is left to DCAT as it is: normalising knows more kinds of periods and
 * places.
 */
function inDcat(each: Quad, mapped: Graph): Quad {
  const row = isLiteral(each.object)
    ? undefined
    : rows.find(({ path, kind }) => path === nameIn(each.predicate.value) && (kind === 'period' || kind === 'place'))
  return row && !mapped.has(each.subject, row.property) ? quad(each.subject, row.property, each.object) : each
}
