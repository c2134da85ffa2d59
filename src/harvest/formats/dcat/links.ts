import { instances, values, type Graph } from '../../../rdf/graph.ts'
import { dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { isNamed, namedNode, type NamedNode, type Subject } from '../../../rdf/terms.ts'

/** What a page may name that is described elsewhere: members of an LDP container, catalogues within a catalogue, datasets of a catalogue. */
export const followable = ['members', 'catalogues', 'datasets'] as const
export type Followable = (typeof followable)[number]

const ldpContains = namedNode('http://www.w3.org/ns/ldp#contains')

/** The things that the page names and that are to be read at their own addresses: on the same host only, as any other is a source of its own. */
export function linksOf(page: Graph, url: string, follow: Followable[]): NamedNode[] {
  const catalogues = instances(page, dcat.Catalog)
  const named = (subjects: Subject[], ...properties: NamedNode[]) =>
    subjects.flatMap(subject => properties.flatMap(property => values(page, subject, property))).filter(isNamed)
  const isTyped = (each: NamedNode, type: NamedNode) => page.has(each, rdf.type, type)
  const isTold = (each: NamedNode) => values(page, each, dct.title).length > 0 || values(page, each, dcat.dataset).length > 0
  const found = [
    ...(follow.includes('members') ? named(page.subjects(ldpContains), ldpContains).filter(each => !(isTyped(each, dcat.Dataset) && isTold(each))) : []),
    // What is a part of a catalogue may be a dataset too.
    ...(follow.includes('catalogues')
      ? [...named(catalogues, dcat.catalog), ...named(catalogues, dct.hasPart).filter(each => !isTyped(each, dcat.Dataset))]
      : []),
    ...(follow.includes('datasets') ? named(catalogues, dcat.dataset).filter(each => !isTold(each)) : []),
  ].filter(each => values(page, each, dcat.dataset).length === 0)
  return [...new Map(found.map(each => [each.value, each])).values()].filter(
    ({ value }) => URL.parse(value)?.host === new URL(url).host && /^https?:/i.test(value),
  )
}

/** Where something is described: its IRI without what stands behind #. */
export const documentOf = ({ value }: NamedNode): string => value.replace(/#.*$/s, '')
