import type { Shown } from '../../ledger/records/shown.ts'
import { formatByName } from '../../rdf/formats.ts'
import { dcat } from '../../rdf/namespaces.ts'
import { serialise } from '../../rdf/serialise.ts'
import { plainRecord } from '../plain-record.ts'
import type { Publication } from '../publication.ts'
import { recordQuads } from '../resource.ts'
import { datacite, kernel, kernelSchema } from './datacite.ts'
import { dublinCore } from './dublin-core.ts'

/** A format that records are had in (OAI-PMH 2.0, 3.4). */
interface MetadataFormat {
  prefix: string
  schema: string
  namespace: string
  write(shown: Shown, publication: Publication): string | Promise<string>
}

const rdfXml = formatByName('rdfxml')!

/** Every format. Add one: a row, and a file where it needs one. */
export const metadataFormats: MetadataFormat[] = [
  {
    prefix: 'oai_dc',
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    write: (shown, publication) => dublinCore(plainRecord(shown, publication.vocabulary), publication),
  },
  {
    // RDF/XML as in the feed, which no XML Schema describes: the schema is that of the shapes.
    prefix: 'dcat_ap',
    schema: 'https://semiceu.github.io/DCAT-AP/releases/3.0.1/',
    namespace: dcat.iri,
    write: async (shown, publication) => (await serialise(recordQuads(publication, shown), rdfXml)).replace(/^<\?xml[^>]*\?>\n/, ''),
  },
  {
    prefix: 'datacite',
    schema: kernelSchema,
    namespace: kernel,
    write: (shown, publication) => datacite(plainRecord(shown, publication.vocabulary), publication),
  },
]
