import type { Quad } from './terms.ts'

/** What a reader could make of a text: its statements, and what stopped it, where something did. */
export interface Read {
  quads: Quad[]
  error?: unknown
}

/** The reader of one syntax. IRIs that it had to mend are added to `mended`: mended → as it was written. */
export type Reader = (text: string, base: string, mended: Map<string, string>) => Promise<Read>

/** Elements, lists or blank nodes within each other that a feed may have: no description needs more, and a reader's time grows with them, for some with their square. */
export const deepest = 1000

/** A legal language tag (BCP 47, as RDF asks), or nothing: `fr_FR` → `fr-FR`. */
export const languageTag = (tag: string): string => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.exec(tag.replaceAll('_', '-'))?.[0] ?? ''
