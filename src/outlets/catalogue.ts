import { addressesOf } from '../config/addresses.ts'
import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { unpack } from '../ledger/file/pack.ts'
import { firstMoment, harvestsOf, momentOf, type Harvests } from '../ledger/records/revisions.ts'
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

/** What a catalogue says of itself, and those of its sources as well. */
interface About {
  title: Record<string, string>
  description: Record<string, string>
  publisher: string | undefined
  languages: string[]
  homepage: string
  issued: string | undefined
  modified: string | undefined
}

/**
 * The catalogue at a revision, without its members: title, publisher, licence, languages, themes, and a catalogue for each source (DCAT-AP 3.0.1, Catalogue).
 */
export function catalogueQuads(publication: Publication, revision: number): Quad[] {
  const { catalogue, ledger, vocabulary } = publication
  const self = namedNode(addressesOf(catalogue.base).catalogue)
  const harvests = harvestsOf(ledger, revision)
  const quads = [
    ...described(publication, self, {
      title: catalogue.title,
      description: Object.keys(catalogue.description).length > 0 ? catalogue.description : catalogue.title,
      publisher: catalogue.publisher,
      languages: catalogue.languages,
      homepage: addressesOf(catalogue.base).home,
      issued: firstMoment(ledger),
      modified: momentOf(ledger, revision),
    }),
    ...publication.sources
      .filter(source => source.enabled)
      .flatMap(source => [
        quad(self, dcat.catalog, namedNode(addressesOf(catalogue.base).sourceCatalogue(source.id))),
        ...sourceNode(publication, source, harvests),
      ]),
  ]
  return [...quads, ...profileQuads(catalogue), ...labelled(quads, vocabulary)]
}

/**
 * The catalogue of one source, as our YAML names it and as we publish it: under our licence, by our lists of themes. Who publishes ours stands in for a body
 * that the YAML does not name.
 */
function sourceNode(publication: Publication, source: Source, harvests: Map<string, Harvests>): Quad[] {
  const { catalogue, vocabulary } = publication
  const { id, title, publisher, language } = source
  const known = publisher && vocabulary.match(ownLists(catalogue.base).organisation, publisher)
  return described(publication, namedNode(addressesOf(catalogue.base).sourceCatalogue(id)), {
    title,
    description: title,
    publisher: known ? publisher : catalogue.publisher,
    languages: [language],
    homepage: addressesOf(catalogue.base).source(id),
    issued: harvests.get(id)?.first,
    modified: harvests.get(id)?.last,
  })
}

function described({ catalogue, vocabulary }: Publication, self: NamedNode, about: About): Quad[] {
  const own = ownLists(catalogue.base)
  const publisher = about.publisher && vocabulary.match(own.organisation, about.publisher)
  const licence = licenceOf(catalogue, vocabulary)
  const languages = about.languages.map(language => vocabulary.match(euLists.language, language)).filter(each => each !== undefined)
  const places = catalogue.spatial.map(place => vocabulary.match(own.territory, place)?.iri ?? place)
  return [
    quad(self, rdf.type, dcat.Catalog),
    ...literalsOf(about.title).map(text => quad(self, dct.title, text)),
    ...literalsOf(about.description).map(text => quad(self, dct.description, text)),
    ...(publisher ? [quad(self, dct.publisher, namedNode(publisher.iri))] : []),
    ...(licence ? [quad(self, dct.license, namedNode(licence))] : []),
    ...(about.issued ? [quad(self, dct.issued, literal(about.issued, xsd.dateTime))] : []),
    ...(about.modified ? [quad(self, dct.modified, literal(about.modified, xsd.dateTime))] : []),
    ...languages.map(({ iri }) => quad(self, dct.language, namedNode(iri))),
    ...places.map(place => quad(self, dct.spatial, namedNode(place))),
    ...homepageQuads(self, about.homepage),
    ...[euLists.dataTheme, own.theme].filter(list => vocabulary.schemes.has(list)).map(list => quad(self, dcat.themeTaxonomy, namedNode(list))),
  ]
}

/** The page of a catalogue for people (DCAT-AP 3.0.1, home page): of a source it is ours, as the address that is harvested is one for programs. */
export const homepageQuads = (self: NamedNode, url: string): Quad[] => [
  quad(self, foaf.homepage, namedNode(url)),
  quad(namedNode(url), rdf.type, foaf.Document),
]

/** The catalogue of each source: what our YAML and the portal itself say of it. */
export function sourceQuads(publication: Publication, revision: number): Quad[] {
  const { catalogue, ledger } = publication
  const harvests = harvestsOf(ledger, revision)
  return publication.sources.flatMap(source => {
    const self = namedNode(addressesOf(catalogue.base).sourceCatalogue(source.id))
    const { catalogue: said } = sourceMemory(ledger, source.id)
    const portal = said ? readLines(unpack(said).toString('utf8')) : []
    const named = skolemise(new Graph(portal), hash => addressesOf(catalogue.base).sourceCatalogue(source.id, hash))
    const theirs = instances(named, dcat.Catalog)[0]
    return [...sourceNode(publication, source, harvests), ...(theirs ? [quad(self, dct.source, theirs)] : []), ...named]
  })
}
