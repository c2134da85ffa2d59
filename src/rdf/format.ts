import type { Problem } from '../problem.ts'
import type { NamedNode, Quad } from './terms.ts'

/** What a reader could make of a text: its statements, and what stopped it, where something did. */
export interface Read {
  quads: Quad[]
  /** The line on which each of them ends, where the syntax gives it. */
  lines?: number[]
  error?: unknown
}

/** The reader of one syntax. IRIs that it had to mend are added to `mended`: mended → as it was written. */
export type Reader = (text: string, base: string, mended: Map<string, string>) => Promise<Read>

/**
 * What was read of a text as it came: statements, with the IRIs in them that were written otherwise (until the next is read); or what could not be read, with
 * the subject where only what is said of that one is lost.
 */
export type Streamed = { quads: Quad[]; mended?: Map<string, string> } | { problem: Problem; subject?: string }

/** The reader of a text that may be larger than memory: reads it as it comes. */
export type StreamReader = (text: AsyncIterable<string>, url: string) => AsyncGenerator<Streamed>

/** What a text is about, and where its JSON-LD context is found. */
export interface About {
  subject?: NamedNode
  contextUrl?: string
}

/** Statements that are written together, and the name of their graph; empty where they stand in none. */
export interface Part {
  graph: string
  quads: Quad[]
}

/** One RDF format: all that reading, writing and publishing know of it. */
export interface Format {
  /** The name on the command line and in URLs. */
  name: string
  label: string
  mediaType: string
  extension: string
  /** Other media types that portals send for it, and clients ask for it by. */
  aliases: string[]
  otherExtensions: string[]
  /** Its name in http://www.w3.org/ns/formats/. */
  w3c: string
  /** Can hold named graphs. */
  quads: boolean
  /** How surely a text that begins so is in this format: from 0, not at all, to 1. */
  sniff(start: string): number
  /** What a text that looks like this format is where it is no RDF after all. */
  noRdf?(text: string): string | undefined
  read: Reader
  /** Undefined for a format that can only be read as a whole. */
  stream?: StreamReader
  /** Writes statements that stand in their order. */
  write(quads: Quad[], about: About): string | Promise<string>
  /** Writes graphs as one text, each when the one before it has been sent. */
  writeParts(parts: Iterable<Part>): Iterable<string> | AsyncIterable<string>
}
