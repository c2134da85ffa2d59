import type { Concept } from '../vocabulary/concepts.ts'

// A record as plain data: what the ways out that are no RDF say of it.

/** Texts by language; `und` where none is told. */
export type Texts = Record<string, string>

/** Something that has an IRI, and what it is called; with its entry where a list of the edition has it. */
export interface Named {
  iri: string
  labels: Texts
  concept?: Concept
}

export interface Party extends Named {
  homepage?: string
  email?: string
}

export interface Contact {
  name: Texts
  email?: string
  telephone?: string
  url?: string
}

export interface Place extends Named {
  /** West, south, east, north, in degrees. */
  box?: [number, number, number, number]
  wkt?: string
}

/** Dates as they are stated: of a day, a month, a year, or a moment. */
export interface Period {
  start?: string
  end?: string
}

export interface PlainFile {
  iri: string
  title: Texts
  description: Texts
  /** Where people get it, and where it is itself. */
  access: string[]
  download: string[]
  format?: Named
  /** `text/csv`. */
  mediaType?: string
  bytes?: number
  licence?: Named
  issued?: string
  modified?: string
  languages: Named[]
  conformsTo: Named[]
  checksum?: { algorithm: string; value: string }
  /** Addresses of the services that give access to it. */
  services: string[]
}

/** A record as plain data: what the ways out that are no RDF say of it. All of it comes from one version, so that it is the same at one revision for ever. */
export interface PlainRecord {
  id: string
  source: string
  /** When our record was made, and changed last. */
  recordIssued: string
  recordModified: string
  iri: string
  kind: 'dataset' | 'series' | 'service'
  title: Texts
  description: Texts
  keywords: { text: string; language: string }[]
  identifiers: string[]
  publisher?: Party
  creators: Party[]
  contacts: Contact[]
  themes: Named[]
  languages: Named[]
  places: Place[]
  periods: Period[]
  created?: string
  issued?: string
  modified?: string
  frequency?: Named
  accessRights?: Named
  landingPages: string[]
  documentation: string[]
  conformsTo: Named[]
  /** The datasets and series that it is part of. */
  partOf: string[]
  version?: string
  licences: Named[]
  files: PlainFile[]
  /** Of a service. */
  endpoints: string[]
}
