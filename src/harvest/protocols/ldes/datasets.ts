import { Graph, instances } from '../../../rdf/graph.ts'
import { dcat } from '../../../rdf/namespaces.ts'
import { isNamed, type NamedNode } from '../../../rdf/terms.ts'
import { payloadOf, type Stream } from './page.ts'
import type { Index } from './stream-index.ts'
import type { Pages } from './walk.ts'

/** What is a record of its own: services too, but those that are only the way to a file. */
export const kinds = [dcat.Dataset, dcat.DatasetSeries, dcat.DataService]
const isKind = (said: Graph, thing: string, ...types: NamedNode[]) => instances(said, ...types).some(({ value }) => value === thing)

/** The datasets of a stream that are still there. */
export const datasetsIn = ({ things }: Index) => Object.keys(things).filter(thing => things[thing]!.dataset && things[thing]!.page !== null)

/** The datasets that something was said of, or of a part of theirs; what each is made of is noted. Page by page, so that each is read once. */
export async function changedDatasets(index: Index, news: Set<string>, pages: Pages, stream: Stream): Promise<string[]> {
  const { things } = index
  const pageOf = (thing: string) => things[thing]!.page ?? ''
  for (const thing of [...news].filter(pageOf).sort((a, b) => (pageOf(a) < pageOf(b) ? -1 : 1))) {
    const said = payloadOf(await pages(pageOf(thing), stream), { iri: things[thing]!.member, about: thing })
    const ways = [...said].flatMap(({ predicate, object }) => (predicate.equals(dcat.accessService) ? [object.value] : []))
    const isService = isKind(said, thing, dcat.DataService)
    const isDataset = isKind(said, thing, dcat.Dataset, dcat.DatasetSeries)
    things[thing] = {
      ...things[thing]!,
      ...((isDataset || isService) && { dataset: true }),
      ...(isService && !isDataset && { service: true }),
      ...(ways.length > 0 && { ways }),
      parts: namedIn(said, thing),
    }
  }
  const ways = new Set(Object.values(things).flatMap(({ page, ways = [] }) => (page === null ? [] : ways)))
  for (const [name, thing] of Object.entries(things)) {
    if (!thing.service || thing.dataset === !ways.has(name)) continue
    things[name] = { ...thing, dataset: !ways.has(name) }
    news.add(name)
  }
  return datasetsIn(index)
    .filter(dataset => partsOf(dataset, index).some(each => news.has(each)))
    .sort((a, b) => (pageOf(a) + a < pageOf(b) + b ? -1 : 1))
}

/** What a description names, in its order: some of it may have a member of its own. */
const namedIn = (said: Graph, thing: string) =>
  [
    ...new Set(
      [...said]
        .map(({ object }) => object)
        .filter(object => isNamed(object) && object.value !== thing && /^https?:/.test(object.value))
        .map(({ value }) => value),
    ),
  ].sort()

/** How far parts of parts belong to a dataset: its file, the file's service, the service's contact. */
const maxPartDepth = 3

/** A dataset and the things of the stream that it is described with: those it names, and they name, that are no datasets themselves. */
function partsOf(dataset: string, { things }: Index): string[] {
  const found = new Set([dataset])
  let last = [dataset]
  for (let depth = 0; depth < maxPartDepth && last.length > 0; depth++) {
    last = last.flatMap(thing => things[thing]!.parts ?? []).filter(part => things[part] && !things[part].dataset && !found.has(part))
    for (const part of last) found.add(part)
  }
  return [...found]
}

/** A dataset with its parts, from what was said last of each; undefined where that is not to be had. */
export async function describe(dataset: string, index: Index, pages: Pages, stream: Stream): Promise<Graph | undefined> {
  const whole = new Graph()
  for (const thing of partsOf(dataset, index)) {
    const { page, member } = index.things[thing]!
    if (page !== null) for (const quad of payloadOf(await pages(page, stream), { iri: member, about: thing })) whole.add(quad)
  }
  return isKind(whole, dataset, ...kinds) ? whole : undefined
}
