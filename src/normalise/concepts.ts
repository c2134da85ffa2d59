import { digest } from '../rdf/digest.ts'
import { add } from '../rdf/graph.ts'
import { adms, dcat, dcatap, dct, fihrist, prov, rdf, rdfs, skos } from '../rdf/namespaces.ts'
import { isNamed, isNode, namedNode, type NamedNode, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import type { Concept } from '../vocabulary/concepts.ts'
import { euLists, ownLists } from '../vocabulary/lists.ts'
import { iana } from './distributions.ts'
import { inLanguages, isNaming, repair, statements, swap, wordsOf, type Draft } from './draft.ts'
import { isPackage, meant, packagesIn, saysNothing } from './meant.ts'

type Own = ReturnType<typeof ownLists>

/** Which lists the values of a property come from, the first that knows the value wins (DCAT-AP 3.0.1, controlled vocabularies). Add a list: a line here. */
const listed: [property: NamedNode, lists: (own: Own, isOfFile: () => boolean) => string[]][] = [
  [dct.accrualPeriodicity, () => [euLists.frequency]],
  [fihrist.collectionFrequency, () => [euLists.frequency]],
  [fihrist.disaggregationLevel, own => [own.disaggregationLevel]],
  [dct.language, () => [euLists.language]],
  [dct.license, own => [own.licence, euLists.licence]],
  [dct.accessRights, () => [euLists.accessRight]],
  [dcat.theme, own => [own.theme, euLists.dataTheme]],
  [dct.format, () => [euLists.fileType]],
  [adms.status, (own, isOfFile) => (isOfFile() ? [euLists.distributionStatus] : [own.status])],
  [dcatap.availability, () => [euLists.availability]],
  [dct.type, () => [euLists.datasetType]],
  [dct.spatial, own => [own.territory, euLists.country]],
  [dct.publisher, own => [own.organisation]],
  [dct.creator, own => [own.organisation]],
]

/** The properties whose values are entries of lists: a word in the place of one is no relative reference. */
export const codedProperties: ReadonlySet<string> = new Set(listed.map(([property]) => property.value))

/** Properties of which a thing has one value: texts of several languages are names of one entry. */
const single = new Set([dct.publisher, dct.creator, dct.license, dct.accrualPeriodicity, dct.accessRights, dct.spatial].map(property => property.value))

/** Puts the concepts of the reference lists in the place of the words, codes and foreign IRIs that mean them. Words that say nothing go. */
export function matchConcepts(draft: Draft): void {
  readCategories(draft)
  const own = ownLists(draft.base)
  for (const [property, lists] of listed) {
    const found = statements(draft, property)
    for (const quads of single.has(property.value) ? inLanguages(found) : found.map(quad => [quad]))
      matchOne(
        draft,
        quads,
        lists(own, () => draft.graph.has(null, dcat.distribution, quads[0]!.subject)),
      )
  }
}

function matchOne(draft: Draft, quads: Quad[], lists: string[]): void {
  const [{ subject, predicate, object }] = quads as [Quad]
  const { graph, vocabulary } = draft
  if (isNamed(object) && vocabulary.concepts.has(object.value)) return
  const meanings = quads.map(quad => meant(vocabulary, wordsOf(draft, quad.object), lists, predicate.equals(dct.format)))
  const concepts = [...new Set(meanings.flatMap(meaning => meaning.concepts))]
  const words = quads.flatMap(quad => wordsOf(draft, quad.object))
  if (concepts.length === 0) {
    if (words.length > 0 && words.every(isNothing)) leaveOut(draft, quads)
    return
  }
  repair(draft, 'concept', quads[0]!, words.join(' | '), concepts.map(concept => concept.iri).join(' '))
  const entries = concepts.map(concept => namedNode(concept.iri))
  for (const quad of quads) {
    if (isNode(quad.object) && concepts.length === 1 && graph.has(quad.object) && meanings[0]!.isWhole) replace(draft, quad, quad.object, entries[0]!)
    else swap(draft, quad, ...entries)
  }
  if (predicate.equals(dct.format)) namePackage(draft, quads[0]!, words, concepts)
  // The terms that stand around a licence are not the licence's.
  if (predicate.equals(dct.license) && !meanings[0]!.isWhole) addRights(draft, subject, object)
}

const isNothing = (word: string) => saysNothing(/^https?:\/\/\S*[/#]([^/#?]+)\/?$/i.exec(word)?.[1] ?? word)

function leaveOut(draft: Draft, quads: Quad[]): void {
  for (const quad of quads) {
    swap(draft, quad)
    if (isNode(quad.object) && draft.graph.quads(null, null, quad.object).length === 0 && isBare(draft, quad.object))
      for (const each of draft.graph.quads(quad.object)) draft.graph.remove(each)
    repair(draft, 'nothing-stated', quad, wordsOf(draft, quad.object).join(' | ') || quad.object, '')
  }
}

/**
 * Puts a known concept in the place of a node that the portal described. What it says beyond a name stays said of its own node, beside the concept: of that
 * only its list speaks.
 */
function replace(draft: Draft, quad: Quad, node: Subject, concept: NamedNode): void {
  const { graph } = draft
  swap(draft, quad, concept)
  const isUsed = graph.quads(null, null, node).length > 0
  if (isBare(draft, node)) {
    if (!isUsed) for (const each of graph.quads(node)) graph.remove(each)
    return
  }
  if (quad.predicate.equals(dct.spatial)) {
    // A box is where the data is, too; the place that it was to be of has its name from the list.
    for (const each of graph.quads(node)) if (isNaming(each.predicate) && !each.predicate.equals(rdf.type)) graph.remove(each)
    add(graph, quad.subject, dct.spatial, node)
  } else if (ofAgents.has(quad.predicate.value)) add(graph, quad.subject, prov.wasAttributedTo, node)
  else add(graph, node, skos.closeMatch, concept)
}

const ofAgents = new Set([dct.publisher, dct.creator].map(property => property.value))

/** True of a node of which nothing is said but what it is, and what it is called. */
const isBare = ({ graph }: Draft, node: Subject) => graph.quads(node).every(({ predicate }) => isNaming(predicate))

/** How a package is told of: as one of several files, or as a way to make one smaller (DCAT 3, 6.8.18 and 6.8.19). */
const packed: Record<string, [property: NamedNode, mediaType: string][]> = {
  ZIP: [[dcat.packageFormat, 'application/zip']],
  TAR: [[dcat.packageFormat, 'application/x-tar']],
  RAR: [[dcat.packageFormat, 'application/vnd.rar']],
  '7Z': [[dcat.packageFormat, 'application/x-7z-compressed']],
  GZIP: [[dcat.compressFormat, 'application/gzip']],
  BZIP2: [[dcat.compressFormat, 'application/x-bzip2']],
  TAR_GZ: [
    [dcat.packageFormat, 'application/x-tar'],
    [dcat.compressFormat, 'application/gzip'],
  ],
  TAR_XZ: [
    [dcat.packageFormat, 'application/x-tar'],
    [dcat.compressFormat, 'application/x-xz'],
  ],
}

/** The package of a file, where the words for its format name both: `zip+csv`. */
function namePackage(draft: Draft, { subject }: Quad, words: string[], concepts: Concept[]): void {
  const { graph } = draft
  const isTold = [dcat.packageFormat, dcat.compressFormat].some(property => graph.has(subject, property))
  if (isTold || concepts.some(isPackage) || graph.objects(subject, dcat.mediaType).some(({ value }) => packagesIn(value).length > 0)) return
  for (const [property, mediaType] of words.flatMap(packagesIn).flatMap(slug => packed[slug] ?? [])) {
    const type = namedNode(iana + mediaType)
    if (graph.has(subject, property, type)) continue
    add(graph, subject, property, type)
    repair(draft, 'package-named', { subject, predicate: property }, words.join(' | '), type)
  }
}

function addRights(draft: Draft, subject: Subject, text: Term): void {
  if (isNode(text)) return add(draft.graph, subject, dct.rights, text)
  const rights = namedNode(`${draft.record}#rights-${digest(text.value).slice(0, 12)}`)
  add(draft.graph, subject, dct.rights, rights)
  add(draft.graph, rights, rdf.type, dct.RightsStatement)
  add(draft.graph, rights, rdfs.label, text)
}

const category = 'http://data.europa.eu/bna/'

/** Categories of high-value datasets under the one address of their list; those given as a theme are categories (DCAT-AP for HVD 3.0, 4). */
function readCategories(draft: Draft): void {
  for (const quad of statements(draft, dcatap.hvdCategory, dcat.theme)) {
    const code = /^https?:\/\/(?:data\.europa\.eu\/bna|publications\.europa\.eu\/(?:mdr|resource)\/authority\/bna)\/((?:c_|asd)\w+)$/i.exec(
      quad.object.value,
    )?.[1]
    const next = code && namedNode(category + code)
    if (!next || (quad.predicate.equals(dcatap.hvdCategory) && next.equals(quad.object))) continue
    draft.graph.remove(quad)
    add(draft.graph, quad.subject, dcatap.hvdCategory, next)
    repair(draft, 'concept', quad, quad.object, next)
  }
}

/** A national theme is published with the European themes it falls under, so that harvesters beyond the edition can place it. */
export function widenThemes(draft: Draft): void {
  for (const quad of statements(draft, dcat.theme)) {
    for (const wider of draft.vocabulary.concepts.get(quad.object.value)?.broadMatch ?? []) {
      add(draft.graph, quad.subject, dcat.theme, namedNode(wider))
    }
  }
}
