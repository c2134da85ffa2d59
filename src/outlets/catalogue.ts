import { addressesOf } from '../config/addresses.ts'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { unpack } from '../ledger/file/pack.ts'
import { firstMoment, momentOf } from '../ledger/records/revisions.ts'
import { sourceMemory } from '../ledger/sources/memory.ts'
import { Graph, instances } from '../rdf/graph.ts'
import { dcat, dct, foaf, rdf, xsd } from '../rdf/namespaces.ts'
import { readLines } from '../rdf/own-lines.ts'
import { skolemise } from '../rdf/skolemise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { literalsOf } from '../rdf/texts.ts'
import { euLists, ownLists } from '../vocabulary/lists.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { labelled } from './concept.ts'
import { profileQuads } from './profile-node.ts'
import type { Publication } from './publication.ts'

/** Who answers for the catalogue, and the licence of what it says: entries of a list, where one has them. */
export const publisherOf = ({ base, publisher }: Catalogue, vocabulary: Vocabulary) => vocabulary.match(ownLists(base).organisation, publisher)
export const licenceOf = ({ base, licence }: Catalogue, vocabulary: Vocabulary): string | undefined =>
  licence && ([ownLists(base).licence, euLists.licence].map(list => vocabulary.match(list, licence)?.iri).find(Boolean) ?? licence)

/**
 * The catalogue at a revision, without its members: title, publisher, licence, languages, themes, and a catalogue for each source (DCAT-AP 3.0.1, Catalogue).
 */
export function catalogueQuads({ catalogue, ledger, vocabulary, sources }: Publication, revision: number): Quad[] {
  const { base } = catalogue
  const self = namedNode(addressesOf(base).catalogue)
  const own = ownLists(base)
  const publisher = publisherOf(catalogue, vocabulary)
  const [first, last] = [firstMoment(ledger), momentOf(ledger, revision)]
  const licence = licenceOf(catalogue, vocabulary)
  const quads = [
    quad(self, rdf.type, dcat.Catalog),
    ...literalsOf(catalogue.title).map(text => quad(self, dct.title, text)),
    ...literalsOf(Object.keys(catalogue.description).length > 0 ? catalogue.description : catalogue.title).map(text => quad(self, dct.description, text)),
    ...(publisher ? [quad(self, dct.publisher, namedNode(publisher.iri))] : []),
    ...(licence ? [quad(self, dct.license, namedNode(licence))] : []),
    ...(first ? [quad(self, dct.issued, literal(first, xsd.dateTime))] : []),
    ...(last ? [quad(self, dct.modified, literal(last, xsd.dateTime))] : []),
    ...catalogue.languages
      .map(language => vocabulary.match(euLists.language, language))
      .filter(each => each !== undefined)
      .map(each => quad(self, dct.language, namedNode(each.iri))),
    ...spatialOf(self, catalogue, vocabulary),
    quad(self, foaf.homepage, namedNode(addressesOf(base).home)),
    quad(namedNode(addressesOf(base).home), rdf.type, foaf.Document),
    ...[euLists.dataTheme, own.theme].filter(list => vocabulary.schemes.has(list)).map(list => quad(self, dcat.themeTaxonomy, namedNode(list))),
    ...sources
      .filter(source => source.enabled)
      .flatMap(source => [quad(self, dcat.catalog, namedNode(addressesOf(base).sourceCatalogue(source.id))), ...sourceNode(source, catalogue, vocabulary)]),
  ]
  return [...quads, ...profileQuads(catalogue), ...labelled(quads, vocabulary)]
}

/**
 * The catalogue of one source, as our YAML names it. Description and publisher are mandatory (DCAT-AP 3.0.1, Catalogue): who publishes ours stands in for a
 * body that the YAML does not name.
 */
function sourceNode({ id, title, publisher }: Source, catalogue: Catalogue, vocabulary: Vocabulary): Quad[] {
  const self = namedNode(addressesOf(catalogue.base).sourceCatalogue(id))
  const body = [publisher, catalogue.publisher].map(name => name && vocabulary.match(ownLists(catalogue.base).organisation, name)).find(Boolean)
  return [
    quad(self, rdf.type, dcat.Catalog),
    ...literalsOf(title).flatMap(text => [quad(self, dct.title, text), quad(self, dct.description, text)]),
    ...(body ? [quad(self, dct.publisher, namedNode(body.iri))] : []),
    ...spatialOf(self, catalogue, vocabulary),
  ]
}

const spatialOf = (self: NamedNode, { base, spatial }: Catalogue, vocabulary: Vocabulary): Quad[] =>
  spatial.map(place => quad(self, dct.spatial, namedNode(vocabulary.match(ownLists(base).territory, place)?.iri ?? place)))

/** Where a source is; a file of the edition is nowhere that others could go. */
export const homepageOf = (self: NamedNode, { url }: Source): Quad[] =>
  !/^https?:/.test(url) ? [] : [quad(self, foaf.homepage, namedNode(url)), quad(namedNode(url), rdf.type, foaf.Document)]

/** The catalogue of each source: what our YAML and the portal itself say of it. */
export function sourceQuads({ catalogue, ledger, vocabulary, sources }: Publication): Quad[] {
  return sources.flatMap(source => {
    const self = namedNode(addressesOf(catalogue.base).sourceCatalogue(source.id))
    const { catalogue: said } = sourceMemory(ledger, source.id)
    const portal = said ? readLines(unpack(said).toString('utf8')) : []
    const named = skolemise(new Graph(portal), hash => addressesOf(catalogue.base).sourceCatalogue(source.id, hash))
    const described = instances(named, dcat.Catalog)[0]
    return [...sourceNode(source, catalogue, vocabulary), ...homepageOf(self, source), ...(described ? [quad(self, dct.source, described)] : []), ...named]
  })
}
