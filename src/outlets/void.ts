import { addressesOf, paths } from '../config/addresses.ts'
import { countVisible } from '../ledger/records/records.ts'
import { currentRevision, momentOf } from '../ledger/records/revisions.ts'
import type { Format } from '../rdf/format.ts'
import { graphFormats } from '../rdf/formats.ts'
import { dcat, dct, foaf, rdf, skos, voidTerms, xsd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { literalsOf } from '../rdf/texts.ts'
import type { Outlet } from './outlet.ts'
import type { Publication } from './publication.ts'

/** What all of the statements are as a dataset of RDF, and where they are had (VoID; the place is that of its section 7.2). */
export const voidDescription: Outlet<number, Format> = {
  path: paths.void,
  about: 'What the statements are as a dataset of RDF, and where they are had (VoID).',
  forms: graphFormats,
  find: ({ ledger }) => currentRevision(ledger),
  revision: revision => revision,
  write: (publication, revision, format) => {
    const { catalogue, ledger } = publication
    const addresses = addressesOf(catalogue.base)
    const self = namedNode(addresses.void)
    const dataset = namedNode(`${addresses.void}#dataset`)
    const at = momentOf(ledger, revision)
    const quads = [
      quad(self, rdf.type, voidTerms.DatasetDescription),
      quad(self, foaf.primaryTopic, dataset),
      ...voidQuads(publication, dataset),
      ...literalsOf(catalogue.description).map(text => quad(dataset, dct.description, text)),
      quad(dataset, foaf.homepage, namedNode(addresses.home)),
      ...(at ? [quad(dataset, dct.modified, literal(at, xsd.dateTime))] : []),
      ...graphFormats.map(({ w3c }) => quad(dataset, voidTerms.feature, namedNode(`http://www.w3.org/ns/formats/${w3c}`))),
    ]
    return serialise(quads, format, { subject: self, contextUrl: addresses.context })
  },
}

/** What is said of the dataset by whoever describes it: the endpoint too. */
export function voidQuads({ catalogue, ledger }: Publication, dataset: NamedNode): Quad[] {
  const addresses = addressesOf(catalogue.base)
  return [
    quad(dataset, rdf.type, voidTerms.Dataset),
    ...literalsOf(catalogue.title).map(title => quad(dataset, dct.title, title)),
    ...(catalogue.licence && /^https?:/.test(catalogue.licence) ? [quad(dataset, dct.license, namedNode(catalogue.licence))] : []),
    quad(dataset, voidTerms.sparqlEndpoint, namedNode(addresses.sparql)),
    quad(dataset, voidTerms.uriSpace, literal(addresses.home)),
    quad(dataset, voidTerms.rootResource, namedNode(addresses.catalogue)),
    ...[dcat, dct, foaf, skos].map(({ iri }) => quad(dataset, voidTerms.vocabulary, namedNode(iri))),
    // Each published dataset has an entry of ours: the things that the catalogue is about.
    quad(dataset, voidTerms.entities, literal(String(countVisible(ledger)), xsd.integer)),
  ]
}
