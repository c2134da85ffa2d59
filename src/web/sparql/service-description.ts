import type { Publication } from '../../outlets/publication.ts'
import { voidQuads } from '../../outlets/void.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { rdf, sd } from '../../rdf/namespaces.ts'
import { namedNode, quad, type Quad } from '../../rdf/terms.ts'

/** The names W3C gives to formats, by media type. */
const w3c: Record<string, string> = {
  'application/sparql-results+json': 'SPARQL_Results_JSON',
  'application/sparql-results+xml': 'SPARQL_Results_XML',
  'text/csv': 'SPARQL_Results_CSV',
  'text/tab-separated-values': 'SPARQL_Results_TSV',
  ...Object.fromEntries(graphFormats.map(({ mediaType, w3c }) => [mediaType, w3c])),
}

/** What the endpoint is and can do (SPARQL 1.1 Service Description), and what it is asked of (VoID). */
export function serviceDescription(endpoint: string, mediaTypes: string[], publication: Publication): Quad[] {
  const service = namedNode(endpoint)
  const dataset = namedNode(`${endpoint}#dataset`)
  const union = namedNode(`${endpoint}#union`)
  return [
    quad(service, rdf.type, sd.Service),
    quad(service, sd.endpoint, service),
    quad(service, sd.supportedLanguage, sd.SPARQL11Query),
    quad(service, sd.feature, sd.UnionDefaultGraph),
    ...(publication.catalogue.sparql.federation.length > 0 ? [quad(service, sd.feature, sd.BasicFederatedQuery)] : []),
    ...mediaTypes
      .map(type => w3c[type])
      .filter(Boolean)
      .map(name => quad(service, sd.resultFormat, namedNode(`http://www.w3.org/ns/formats/${name}`))),
    quad(service, sd.defaultDataset, dataset),
    quad(dataset, rdf.type, sd.Dataset),
    quad(dataset, sd.defaultGraph, union),
    quad(union, rdf.type, sd.Graph),
    ...voidQuads(publication, dataset),
  ]
}
