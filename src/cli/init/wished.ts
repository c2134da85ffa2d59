/** What an edition is begun with. */
export interface Wished {
  title: string
  base: string
  languages: string[]
  /** ISO 3166-1, two letters. */
  country: string | undefined
  publisher: string
  allow: string | undefined
}

/** A name as an IRI ends with it. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'publisher'
