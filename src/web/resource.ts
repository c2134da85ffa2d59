import type { Request, Response } from 'express'
import { versionInView } from '../ledger/records/versions.ts'
import type { RecordRow } from '../ledger/records/records.ts'
import { judgementQuads } from '../outlets/judgement.ts'
import { versionQuads } from '../outlets/provenance.ts'
import { recordQuads } from '../outlets/resource.ts'
import type { Format } from '../rdf/format.ts'
import { namedNode, quad } from '../rdf/terms.ts'
import { sendRdf, unchanged } from './http/send.ts'
import { publicVersion } from './page/dossier.ts'
import { resourceFormats } from './http/negotiation.ts'
import type { Site } from './site.ts'

/** The revision in which what is published of a record last changed. */
const revisionOf = (record: RecordRow) => Math.max(record.modified_revision, record.linked_revision)

/** Everything that, when it changes, changes what a page says of a record. */
export const stateOf = (record: RecordRow): string => `${revisionOf(record)}${record.admission[0]}${record.score}-${Date.parse(record.seen_at).toString(36)}`

/** Links to the other ways in which a record can be read (RFC 8288). */
export function linkFormats(response: Response, path: string, canonical: string): void {
  const alternates = resourceFormats.map(format => `<${path}.${format.extension}>; rel="alternate"; type="${format.mediaType}"`)
  response.append('Link', [...alternates, `<${canonical}>; rel="canonical"`].join(', '))
}

/** Sends a record as RDF, about its dataset or about itself (with where it comes from, and what validation and quality say of it); in N-Quads it is the named graph of the record. */
export async function sendRecord(
  site: Site,
  request: Request,
  response: Response,
  record: RecordRow,
  format: Format,
  about: 'dataset' | 'record',
): Promise<void> {
  const { publication } = site
  const shown = publicVersion(site, record)
  response.vary('Accept').vary('Accept-Language')
  if (unchanged(request, response, `${revisionOf(record)}-${record.score}-${about}-${format.extension}-${site.edition}`)) return
  const quads = [
    ...recordQuads(publication, shown),
    ...(about === 'record' ? [...versionQuads(publication, versionInView(publication.ledger, record.n)!), ...judgementQuads(publication, record)] : []),
  ]
  const name = namedNode(site.addresses.record(record.id))
  await sendRdf(
    response,
    format.quads ? quads.map(each => quad(each.subject, each.predicate, each.object, name)) : quads,
    format,
    about === 'record' ? name : namedNode(shown.dataset),
  )
}
