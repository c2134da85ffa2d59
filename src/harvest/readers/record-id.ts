import { slug } from '../../rdf/iri.ts'
import type { HarvestedRecord } from '../protocol.ts'

/** The id that a record of a source has where no other was there first: the source's, and the readable part of its name. Empty where there is none. */
export const usualId = (source: string, { key, name }: Pick<HarvestedRecord, 'key' | 'name'>): string => {
  const readable = slug(name ?? key)
  return readable && `${source}-${readable}`
}
