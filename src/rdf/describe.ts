import { adms, dcat, dct, foaf, graph, instances, isBlank, isLiteral, rdf, type Graph, type Quad, type Subject, type Term } from './terms.ts'

/** Things that are described for themselves: a description of one does not run on into another. */
const roots = [dcat.Dataset, dcat.DatasetSeries, dcat.Catalog, dcat.CatalogRecord]

/** Properties through which one dataset mentions another, whatever the type the mentioned one is given. */
const mentions = new Set([
  dcat.dataset, dcat.servesDataset, dcat.catalog, dcat.record, dcat.inSeries, dcat.hasVersion, dct.hasPart, dct.isPartOf, dct.hasVersion, dct.isVersionOf, dct.source, dct.relation, dct.isReplacedBy,
  foaf.primaryTopic, dcat.service,
].map(term => term.value))

/**
 * The datasets (and series) that a page describes. A dataset that is only a sample, a part or a version mentioned in passing,
 * with nothing said of it but its type, is none; nor is what lies inside another dataset's `adms:sample`.
 */
export function datasetsOf(page: Graph): Subject[] {
  return instances(page, dcat.Dataset, dcat.DatasetSeries)
    .filter(subject => page.countQuads(subject as never, null, null, null) > 1 || page.countQuads(null, null, subject as never, null) === 0 || page.countQuads(null, dcat.dataset as never, subject as never, null) > 0)
    .filter(subject => page.countQuads(null, adms.sample as never, subject as never, null) === 0 || !isBlank(subject as Term))
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}

/**
 * Cuts one resource out of a page: all it leads to, blank nodes included, up to the next root; the portal's record about it;
 * and the services that serve it.
 */
export function describe(page: Graph, subject: Subject): Graph {
  const cut = graph()
  const isRoot = rootsOf(page)
  const seen = new Set<string>()
  const queue: Subject[] = [subject, ...pointersTo(page, subject)]
  for (let next = queue.pop(); next; next = queue.pop()) {
    const id = key(next)
    if (seen.has(id)) continue
    seen.add(id)
    const inRecord = page.countQuads(next as never, rdf.type as never, dcat.CatalogRecord as never, null) > 0
    const isService = page.countQuads(next as never, rdf.type as never, dcat.DataService as never, null) > 0
    for (const quad of page.getQuads(next as never, null, null, null) as Quad[]) {
      // A service may serve thousands: only what it says of this dataset belongs here.
      if (isService && quad.predicate.equals(dcat.servesDataset) && !quad.object.equals(subject as Term)) continue
      if (inRecord && quad.predicate.equals(foaf.primaryTopic) && !quad.object.equals(subject as Term)) continue
      cut.addQuad(quad.subject as never, quad.predicate as never, quad.object as never)
      const { object } = quad
      if (isLiteral(object) || seen.has(key(object))) continue
      if (isRoot.has(key(object)) && !isBlank(object)) continue
      if (isRoot.has(key(object)) && mentions.has(quad.predicate.value)) continue
      queue.push(object as Subject)
    }
  }
  return cut
}

/** What the page says of its catalogue: everything but the members. */
export function describeCatalogue(page: Graph): Quad[] {
  const cut = graph()
  for (const catalogue of instances(page, dcat.Catalog)) {
    const members = new Set([dcat.dataset, dcat.record, dcat.service].map(term => term.value))
    const own = page.getQuads(catalogue as never, null, null, null).filter(quad => !members.has(quad.predicate.value)) as Quad[]
    const bare = graph(own)
    for (const quad of own) if (!isLiteral(quad.object)) for (const more of page.getQuads(quad.object as never, null, null, null)) if (!bare.has(more)) bare.addQuad(more)
    for (const quad of bare) cut.addQuad(quad)
  }
  return [...cut] as Quad[]
}

const key = (term: Term | Subject) => (isBlank(term as Term) ? `_:${term.value}` : term.value)

const rootCache = new WeakMap<Graph, Set<string>>()
function rootsOf(page: Graph): Set<string> {
  const known = rootCache.get(page) ?? new Set(instances(page, ...roots).map(key))
  rootCache.set(page, known)
  return known
}

function pointersTo(page: Graph, subject: Subject): Subject[] {
  return [foaf.primaryTopic, dcat.servesDataset].flatMap(property => page.getSubjects(property as never, subject as never, null) as Subject[])
}
