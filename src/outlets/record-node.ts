import { addressesOf } from '../config/addresses.ts'
import type { Filled } from '../ledger/identity/gaps.ts'
import type { Alternate, Shown } from '../ledger/records/shown.ts'
import { digest } from '../rdf/digest.ts'
import { adms, dcat, dct, fihrist, foaf, prov, rdf, skos, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, textOf, type Quad } from '../rdf/terms.ts'
import { profileNamed } from './profile-node.ts'

/** What became of an entry, by the list of ADMS. */
const changeTypes = 'http://purl.org/adms/changetype/'

/** Our own entry about a dataset: a dcat:CatalogRecord with our dates, linked to the portal's own record where it has one (DCAT-AP 3.0.1, Catalogue Record). */
export function recordNode(base: string, shown: Shown, portalRecord: string | undefined): Quad[] {
  const record = namedNode(addressesOf(base).record(shown.id))
  // The most special one stands last; an entry has one at most.
  const profile = shown.conforms?.split(' ').at(-1)
  const date = (text: string) => literal(text, xsd.dateTime)
  return [
    quad(record, rdf.type, dcat.CatalogRecord),
    quad(record, foaf.primaryTopic, namedNode(shown.dataset)),
    quad(record, dct.issued, date(shown.issued)),
    quad(record, dct.modified, date(shown.modified)),
    ...(profile ? [quad(record, dct.conformsTo, profileNamed(profile)), quad(profileNamed(profile), rdf.type, dct.Standard)] : []),
    quad(record, adms.status, namedNode(changeTypes + (shown.issued === shown.modified ? 'created' : 'modified'))),
    quad(record, dct.identifier, literal(shown.id)),
    quad(record, prov.wasDerivedFrom, namedNode(addressesOf(base).sourceCatalogue(shown.source))),
    ...(portalRecord ? [quad(record, dct.source, namedNode(portalRecord))] : []),
    ...(shown.canonical ? [quad(record, fihrist.canonical, namedNode(addressesOf(base).record(shown.canonical)))] : []),
    ...(shown.alternates ?? []).flatMap(alternate => alternateQuads(base, shown, alternate)),
    ...(shown.filled ?? []).flatMap(filled => filledNode(base, shown, filled)),
  ]
}

/**
 * What leads from a canonical record to another of the same dataset; an IRI that the dataset has elsewhere is one of its identifiers (DCAT-AP 3.0.1, Dataset:
 * other identifier).
 */
function alternateQuads(base: string, { id, dataset }: Shown, alternate: Alternate): Quad[] {
  const other = namedNode(addressesOf(base).record(alternate.id))
  const identifier = namedNode(`${addressesOf(base).record(id)}#alternate-${alternate.id}`)
  return [
    quad(namedNode(addressesOf(base).record(id)), fihrist.alternate, other),
    quad(other, prov.wasDerivedFrom, namedNode(addressesOf(base).sourceCatalogue(alternate.source))),
    ...(alternate.dataset === dataset
      ? []
      : [
          quad(namedNode(dataset), adms.identifier, identifier),
          quad(identifier, rdf.type, adms.Identifier),
          quad(identifier, skos.notation, literal(alternate.dataset, xsd.anyURI)),
        ]),
  ]
}

/** Of what another portal fills, whose word it is: statements that name their source (RDF 1.1 Schema, 5.3). */
function filledNode(base: string, { id }: Shown, { record, property, of, quads }: Filled): Quad[] {
  const { record: addressOf } = addressesOf(base)
  const about = new Set(of)
  return quads
    .filter(({ subject, predicate }) => about.has(subject.value) && predicate.value === property)
    .flatMap(({ subject, predicate, object }) => {
      const statement = namedNode(`${addressOf(id)}#filled-${digest(`${subject.value} ${property} ${textOf(object)}`).slice(0, 8)}`)
      return [
        quad(namedNode(addressOf(id)), fihrist.filled, statement),
        quad(statement, rdf.type, rdf.Statement),
        quad(statement, rdf.subject, subject),
        quad(statement, rdf.predicate, predicate),
        quad(statement, rdf.object, object),
        quad(statement, dct.source, namedNode(addressOf(record))),
      ]
    })
}
