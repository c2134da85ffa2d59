import type { Quad } from '../../rdf/terms.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import type { PlainRecord } from '../plain.ts'
import type { Publication } from '../publication.ts'

/** In what words a dataset, or a page of the feed, is described (RFC 6906; Content Negotiation by Profile). */
export interface Profile {
  name: string
  /** What those call it who know it, not only here. */
  iri: string
  /** What is published, which is DCAT-AP 3, in these words. */
  quads?(quads: Quad[], vocabulary: Vocabulary): Quad[]
  /** A record in JSON-LD; what is said so is had in no other format. */
  json?(record: PlainRecord, publication: Publication): Record<string, unknown>
}
