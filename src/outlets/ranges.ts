import { adms, dcat, dcatap, dct, eli, foaf, odrl, prov, rdf, spdx, vcard } from '../rdf/namespaces.ts'
import { namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'

/** What DCAT-AP 3.0.1 says a property leads to: the ranges that ask of a node nothing but the class. */
const ranges: [NamedNode, NamedNode[]][] = [
  [adms.Identifier, [adms.identifier]],
  [dcat.Role, [dcat.hadRole]],
  [dct.Frequency, [dct.accrualPeriodicity]],
  [dct.LicenseDocument, [dct.license]],
  [dct.LinguisticSystem, [dct.language]],
  [dct.Location, [dct.spatial]],
  [dct.MediaType, [dcat.mediaType, dcat.compressFormat, dcat.packageFormat]],
  [dct.MediaTypeOrExtent, [dct.format]],
  [dct.PeriodOfTime, [dct.temporal]],
  [dct.ProvenanceStatement, [dct.provenance]],
  [dct.RightsStatement, [dct.accessRights, dct.rights]],
  [dct.Standard, [dct.conformsTo]],
  [eli.LegalResource, [dcatap.applicableLegislation]],
  [foaf.Document, [dcat.landingPage, foaf.homepage, foaf.page]],
  [odrl.Policy, [odrl.hasPolicy]],
  [prov.Activity, [prov.wasGeneratedBy]],
  [prov.Attribution, [prov.qualifiedAttribution]],
  [spdx.Checksum, [spdx.checksum]],
  [spdx.ChecksumAlgorithm, [spdx.algorithm]],
  [vcard.Kind, [dcat.contactPoint]],
]
const classOf = new Map(ranges.flatMap(([type, properties]) => properties.map(property => [property.value, type] as const)))

const escaped = (iri: string) => iri.replace(/[.?+*()[\]]/g, '\\$&')
const statement = new RegExp(`^<[^>]+> <(${[...classOf.keys()].map(escaped).join('|')})> <([^>]+)> \\.$`, 'gm')

/**
 * The classes of the nodes that some properties lead to: whoever checks a feed against the ranges of DCAT-AP has no other way to know that a page is a document
 * and an entry of a register a media type. Told from the text of a graph (N-Triples), as the store takes it.
 */
export function classesIn(graph: string): Quad[] {
  const found = new Map<string, Quad>()
  for (const [, property, node] of graph.matchAll(statement)) {
    const type = classOf.get(property!)!
    found.set(`${type.value} ${node}`, quad(namedNode(node!), rdf.type, type))
  }
  return [...found.values()]
}
