import { versionGraph } from '../../outlets/resource.ts'
import { Graph } from '../../rdf/graph.ts'
import { dcat, rdf, rdfs } from '../../rdf/namespaces.ts'
import { isLiteral, isNamed, namedNode, type Quad, type Term } from '../../rdf/terms.ts'
import { choose } from '../../words/choose.ts'
import type { Comparison } from './history.ts'
import type { Page } from './page.ts'
import { textsOf, valuesOf } from './reading.ts'

/** A dataset, a file of it, or what else is described with it, of which something changed between two versions. */
export interface Thing {
  kind: 'dataset' | 'file' | 'other'
  node: Term
  properties: { property: Term; gone: Quad[]; come: Quad[] }[]
}

/** All that either of two versions says. */
export const graphOf = ({ from, to }: Pick<Comparison, 'from' | 'to'>): Graph => new Graph([...versionGraph(to), ...(from ? versionGraph(from) : [])])

/** What came and went between two versions, thing by thing and property by property. */
export function thingsOf({ to, properties }: Comparison, graph: Graph): Thing[] {
  const files = new Set(valuesOf(graph, namedNode(to.dataset), [dcat.distribution]).map(({ value }) => value))
  const things = new Map<string, Thing>()
  for (const side of ['gone', 'come'] as const)
    for (const { removed, added } of properties)
      for (const quad of side === 'gone' ? removed : added) {
        const { subject, predicate, object } = quad
        // What a thing is, and nodes that only hold others together, say nothing to people.
        if (predicate.value === rdf.type.value || (!isLiteral(object) && !isNamed(object))) continue
        const kind = subject.value === to.dataset ? 'dataset' : files.has(subject.value) ? 'file' : 'other'
        const thing = things.get(subject.value) ?? { kind, node: subject, properties: [] }
        things.set(subject.value, thing)
        let row = thing.properties.find(({ property }) => property.value === predicate.value)
        if (!row) thing.properties.push((row = { property: predicate, gone: [], come: [] }))
        row[side].push(quad)
      }
  const order = ['dataset', 'file', 'other']
  return [...things.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** What a property is called. */
export const propertyLabel = (page: Page, property: Term): string =>
  choose(textsOf(page.site.publication.vocabulary.graph, property, rdfs.label), page.reading)?.text ?? shortName(property)

const shortName = ({ value }: Term) => value.slice(Math.max(value.lastIndexOf('#'), value.lastIndexOf('/')) + 1)

/** What a version changed, in a few words: the properties of the dataset by their names, how many files, and whether anything else. */
export interface Labels {
  properties: string[]
  files: number
  others: boolean
}

export function labelsOf(page: Page, comparison: Comparison): Labels {
  const things = thingsOf(comparison, graphOf(comparison))
  const own = things.find(({ kind }) => kind === 'dataset')?.properties ?? []
  return {
    // That a file came or went is told by the files.
    properties: [...new Set(own.filter(({ property }) => property.value !== dcat.distribution.value).map(({ property }) => propertyLabel(page, property)))],
    files: things.filter(({ kind }) => kind === 'file').length,
    others: things.some(({ kind }) => kind === 'other'),
  }
}
