import { add, Graph, instances } from './graph.ts'
import { adms, dcat, dct, foaf, schema } from './namespaces.ts'
import { isBlank, isNode, namedNode, textOf, type NamedNode, type Quad, type Subject, type Term } from './terms.ts'

/** Statements that can be walked from one to the next: a page in memory, or a dump on disk. */
export interface Walk {
  /** What is said of a subject; of a service that serves many, `about` is the dataset that is wanted. */
  of(subject: Subject, about?: Subject): Iterable<Quad>
  /** What leads to it by one of these properties; by any, where none is given. */
  to(object: Subject, ...properties: NamedNode[]): Subject[]
  is(subject: Term, ...classes: NamedNode[]): boolean
  /** All that have one of these classes, in code point order. */
  all(...classes: NamedNode[]): Iterable<Subject>
}

/** The classes and properties of schema.org are written with http and with https. */
const schemaOrg = (name: string) => [namedNode(schema.iri + name), namedNode(`https://schema.org/${name}`)]
export const schemaDatasets: NamedNode[] = schemaOrg('Dataset')

/** Things that are described for themselves: a description of one does not run on into another. */
const roots = [dcat.Dataset, dcat.DatasetSeries, dcat.Catalog, dcat.CatalogRecord, ...schemaDatasets, ...schemaOrg('DataCatalog')]

/** Properties through which one dataset mentions another, whatever the type the mentioned one is given. */
const mentions = new Set(
  [
    dcat.dataset,
    dcat.servesDataset,
    dcat.catalog,
    dcat.record,
    dcat.inSeries,
    dcat.hasVersion,
    dct.hasPart,
    dct.isPartOf,
    dct.hasVersion,
    dct.isVersionOf,
    dct.source,
    dct.relation,
    dct.isReplacedBy,
    foaf.primaryTopic,
    dcat.service,
    ...['dataset', 'includedInDataCatalog', 'hasPart', 'isPartOf', 'isBasedOn'].flatMap(schemaOrg),
  ].map(term => term.value),
)

/** True of a property through which one resource mentions another. */
export const mentionsAnother = (property: NamedNode): boolean => mentions.has(property.value)

/** A page as it is walked. */
export function inMemory(page: Graph): Walk {
  const known = new Map<string, Set<string>>()
  const instancesOf = (type: NamedNode) => {
    const all = known.get(type.value) ?? new Set(instances(page, type).map(textOf))
    known.set(type.value, all)
    return all
  }
  return {
    of: subject => page.quads(subject),
    to: (object, ...properties) => (properties.length > 0 ? properties : [null]).flatMap(property => page.subjects(property, object)),
    is: (subject, ...classes) => classes.some(type => instancesOf(type).has(textOf(subject))),
    all: (...classes) => instances(page, ...classes).sort((a, b) => (a.value < b.value ? -1 : 1)),
  }
}

const walks = new WeakMap<Graph, Walk>()
function walkOf(page: Graph): Walk {
  const walk = walks.get(page) ?? inMemory(page)
  walks.set(page, walk)
  return walk
}

/**
 * The datasets (and series) that a page describes. A dataset that is only a sample, a part or a version mentioned in passing,
 * with nothing said of it but its type, is none; nor is what lies inside another dataset's `adms:sample`.
 */
export const datasetsOf = (page: Graph): Subject[] => [...datasetsIn(walkOf(page))]

export function* datasetsIn(from: Walk): Generator<Subject> {
  for (const subject of from.all(dcat.Dataset, dcat.DatasetSeries)) if (isDescribed(from, subject)) yield subject
}

function isDescribed(from: Walk, dataset: Subject): boolean {
  if (!isMoreThan(1, from.of(dataset)) && from.to(dataset).length > 0 && from.to(dataset, dcat.dataset).length === 0) return false
  return !isBlank(dataset) || from.to(dataset, adms.sample).length === 0
}

/** True of what is a record of the feed, so that what belongs to it is told with it. */
const isDatasetOf = (from: Walk, term: Term): boolean => isNode(term) && from.is(term, dcat.Dataset, dcat.DatasetSeries) && isDescribed(from, term)

function isMoreThan(count: number, quads: Iterable<Quad>): boolean {
  let seen = 0
  for (const _ of quads) if (++seen > count) return true
  return false
}

/** What a feed describes for itself beside its datasets of DCAT: services that serve none of these, and datasets in the words of schema.org. */
export function* othersIn(from: Walk): Generator<Subject> {
  for (const subject of from.all(...schemaDatasets))
    if (!from.is(subject, dcat.Dataset, dcat.DatasetSeries) && isMoreThan(1, from.of(subject)) && !isWithin(from, subject)) yield subject
  for (const subject of from.all(dcat.DataService))
    if (isMoreThan(1, from.of(subject)) && !from.is(subject, dcat.Dataset) && !isToldWithDataset(from, subject)) yield subject
}

/** A service that serves a dataset of the feed, or gives access to a file of one, is described with it. */
function isToldWithDataset(from: Walk, service: Subject): boolean {
  for (const { predicate, object } of from.of(service)) if (predicate.equals(dcat.servesDataset) && isDatasetOf(from, object)) return true
  return from.to(service, dcat.accessService).some(file => from.to(file, dcat.distribution).some(dataset => isDatasetOf(from, dataset)))
}

/** A part without a name of its own is described with the whole. */
const isWithin = (from: Walk, subject: Subject) => isBlank(subject) && from.to(subject).some(whole => from.is(whole, ...schemaDatasets))

/**
 * Cuts one resource out of a page: all it leads to, blank nodes included, up to the next root; the portal's record about it;
 * and the services that serve it.
 */
export const describe = (page: Graph, subject: Subject): Graph => describeIn(walkOf(page), subject)

export function describeIn(from: Walk, subject: Subject): Graph {
  const cut = new Graph()
  for (const { subject: of, predicate, object } of statementsOf(from, subject)) add(cut, of, predicate, object)
  return cut
}

/** True where something of a resource, as it would be cut out of the page, is among some subjects, told by their texts. */
export function isSaidOf(page: Graph, subject: Subject, wanted: ReadonlySet<string>): boolean {
  if (wanted.size === 0) return false
  if (wanted.has(textOf(subject))) return true
  for (const { subject: each } of statementsOf(walkOf(page), subject)) if (wanted.has(textOf(each))) return true
  return false
}

function* statementsOf(from: Walk, subject: Subject): Generator<Quad> {
  const seen = new Set<string>()
  const queue: Subject[] = [subject, ...from.to(subject, foaf.primaryTopic, dcat.servesDataset)]
  for (let next = queue.pop(); next; next = queue.pop()) {
    const id = textOf(next)
    if (seen.has(id)) continue
    seen.add(id)
    const inRecord = from.is(next, dcat.CatalogRecord)
    const isService = from.is(next, dcat.DataService)
    for (const quad of from.of(next, subject)) {
      // A service may serve thousands: only what it says of this dataset belongs here.
      if (isService && quad.predicate.equals(dcat.servesDataset) && !quad.object.equals(subject)) continue
      if (inRecord && quad.predicate.equals(foaf.primaryTopic) && !quad.object.equals(subject)) continue
      yield quad
      const { object } = quad
      if (!isNode(object) || seen.has(textOf(object))) continue
      if (from.is(object, ...roots) && (!isBlank(object) || mentions.has(quad.predicate.value))) continue
      queue.push(object)
    }
  }
}

/** What the page says of its catalogue: everything but the members. */
export const describeCatalogue = (page: Graph): Quad[] => describeCatalogueIn(walkOf(page))

export function describeCatalogueIn(from: Walk): Quad[] {
  const cut = new Graph()
  const members = new Set([dcat.dataset, dcat.record, dcat.service].map(term => term.value))
  for (const catalogue of from.all(dcat.Catalog)) {
    const bare = new Graph()
    for (const quad of from.of(catalogue)) if (!members.has(quad.predicate.value)) bare.add(quad)
    for (const { object } of bare) if (isNode(object)) for (const more of from.of(object)) bare.add(more)
    for (const quad of bare) cut.add(quad)
  }
  return [...cut]
}
