import { add } from '../rdf/graph.ts'
import { adms, dcat, dcatap, dct, foaf, rdf, vcard } from '../rdf/namespaces.ts'
import { isNode, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import { repair, type Draft } from './draft.ts'

/** Members of a list that are read; a longer one stays a list. */
const most = 1000
const vocabularies = [dcat.iri, dct.iri, foaf.iri, adms.iri, vcard.iri, dcatap.iri]

/** Puts the members of a list (RDF Schema 1.1, 5.2) in its place: no property of DCAT-AP has lists for its values. */
export function readLists(draft: Draft): void {
  const { graph } = draft
  for (const quad of graph.quads(null, rdf.rest).length > 0 ? graph.quads() : []) {
    if (!isNode(quad.object) || !graph.has(quad.object, rdf.first) || !vocabularies.some(iri => quad.predicate.value.startsWith(iri))) continue
    const cells = cellsOf(draft, quad.object)
    if (!cells) continue
    graph.remove(quad)
    const members = cells.flatMap(cell => graph.objects(cell, rdf.first))
    for (const member of members) add(graph, quad.subject, quad.predicate, member)
    const words = members.map(member => member.value)
    repair(draft, 'list-read', quad, `(${words.join(' ')})`, words.join(' | '))
    if (graph.quads(null, null, quad.object).length === 0)
      for (const cell of cells) for (const each of graph.quads(cell)) if (isOfList(each)) graph.remove(each)
  }
}

const isOfList = ({ predicate, object }: Quad) =>
  predicate.equals(rdf.first) || predicate.equals(rdf.rest) || (predicate.equals(rdf.type) && object.value === `${rdf.iri}List`)

/** The cells of a list; undefined where it does not end. */
function cellsOf({ graph }: Draft, list: Subject): Subject[] | undefined {
  const cells = new Map<string, Subject>()
  for (let at: Term | undefined = list; at && isNode(at) && !at.equals(rdf.nil); at = graph.objects(at, rdf.rest)[0]) {
    if (cells.has(at.value) || cells.size === most) return undefined
    cells.set(at.value, at)
  }
  return [...cells.values()]
}
