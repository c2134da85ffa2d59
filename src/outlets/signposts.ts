import { addressesOf } from '../config/addresses.ts'
import { foaf, rdf, skos } from '../rdf/namespaces.ts'
import { namedNode } from '../rdf/terms.ts'
import { licenceOf, publisherOf } from './catalogue.ts'
import { linkText } from './link-text.ts'
import type { Link } from './outlet.ts'
import type { PlainRecord } from './plain.ts'
import { profiles } from './profiles/index.ts'
import type { Publication } from './publication.ts'

// Signposting (FAIR profile): where a program goes from an address, told in links of a few relations: by what a thing is cited, of what type it is, what
// describes it, under what licence and by whom it is, its files, and what it is part of.

/** Links of one relation that stand in a header, which readers hold to a few kilobytes; a link set has all. */
const mostInHeader = 12

const isAddress = (iri: string) => /^https?:\/\//.test(iri)
const linked = (rel: string, hrefs: string[]): Link[] => hrefs.filter(isAddress).map(href => ({ rel, href }))
const ofType = (name: string): Link => ({ rel: 'type', href: `https://schema.org/${name}` })
const rdfForms = [
  ['ttl', 'text/turtle'],
  ['jsonld', 'application/ld+json'],
] as const
const describedIn = (address: string): Link[] => rdfForms.map(([extension, type]) => ({ rel: 'describedby', href: `${address}.${extension}`, type }))

/** Those that stand in a header. */
export const inHeader = (links: Link[]): Link[] => [...Map.groupBy(links, ({ rel }) => rel).values()].flatMap(some => some.slice(0, mostInHeader))

/** A link set (RFC 9264): every link with what it is of. */
export const linkSet = (anchor: string, links: Link[]): string => `${links.map(link => linkText(link, anchor)).join(',\n')}\n`

/** What leads on from a dataset, a service or a series. */
export function datasetSignposts(record: PlainRecord, { catalogue: { base } }: Publication): Link[] {
  const addresses = addressesOf(base)
  const self = addresses.dataset(record.id)
  const people = [...record.creators, ...(record.publisher ? [record.publisher] : [])].map(({ iri }) => iri)
  return [
    { rel: 'cite-as', href: self },
    ofType('AboutPage'),
    ofType(record.kind === 'service' ? 'WebAPI' : 'Dataset'),
    ...profiles.flatMap(({ name, iri, json }): Link[] =>
      rdfForms
        .filter(([extension]) => !json || extension === 'jsonld')
        .map(([extension, type]) => ({
          rel: 'describedby',
          href: `${self}.${extension}${name === profiles[0]!.name ? '' : `?profile=${name}`}`,
          type,
          profile: iri,
        })),
    ),
    ...linked(
      'license',
      record.licences.map(({ iri }) => iri),
    ),
    // One who has no name but ours, within the record, cannot be followed.
    ...linked(
      'author',
      [...new Set(people)].filter(iri => !addresses.isRecord(iri)),
    ),
    ...record.files.flatMap(({ download, access, mediaType }) =>
      linked('item', download.length > 0 ? download : access).map(link => ({ ...link, ...(mediaType && download.length > 0 && { type: mediaType }) })),
    ),
    { rel: 'collection', href: addresses.catalogue },
    ...linked('collection', record.partOf),
    { rel: 'linkset', href: `${self}.linkset`, type: 'application/linkset' },
  ]
}

/** What leads on from a file of a dataset. */
export const fileSignposts = (dataset: string): Link[] => [{ rel: 'collection', href: dataset }, ofType('DataDownload'), ...describedIn(dataset)]

/** What leads on from the catalogue. */
export function catalogueSignposts(publication: Publication): Link[] {
  const { catalogue, vocabulary } = publication
  const addresses = addressesOf(catalogue.base)
  return [
    { rel: 'cite-as', href: addresses.catalogue },
    ofType('DataCatalog'),
    ...describedIn(addresses.catalogue),
    { rel: 'describedby', href: addresses.void, type: 'text/turtle' },
    ...linked(
      'license',
      [licenceOf(catalogue, vocabulary)].filter(iri => iri !== undefined),
    ),
    ...linked(
      'author',
      [publisherOf(catalogue, vocabulary)?.iri].filter(iri => iri !== undefined),
    ),
  ]
}

/** What leads on from an entry of a list, or a list, and from the page of its datasets. */
export function conceptSignposts({ vocabulary }: Publication, iri: string): Link[] {
  const list = vocabulary.schemes.get(iri)
  const concept = vocabulary.concepts.get(iri)
  const isBody = vocabulary.graph.quads(namedNode(iri), rdf.type, foaf.Agent).length > 0
  return [
    { rel: 'cite-as', href: iri },
    ofType(list ? 'DefinedTermSet' : isBody ? 'Organization' : 'DefinedTerm'),
    ...describedIn(iri),
    ...linked('item', list?.concepts.map(each => each.iri) ?? []),
    ...linked('collection', concept ? [concept.scheme] : []),
    ...linked(
      'related',
      vocabulary.graph.quads(namedNode(iri), skos.exactMatch).map(({ object }) => object.value),
    ),
  ]
}
