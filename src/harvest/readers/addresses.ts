import { mendIri } from '../../rdf/iri.ts'

/** An address as seen from where it stood; undefined for one that leads nowhere. */
export const absolute = (address: string, base: string): string | undefined =>
  address && URL.canParse(address, base) ? mendIri(new URL(address, base).href) : undefined
