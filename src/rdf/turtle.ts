import { EventEmitter } from 'node:events'
import { Parser, type ParserOptions } from 'n3'
import type { Read } from './format.ts'
import { mendIri } from './iri.ts'
import { deepest, languageTag } from './reader.ts'
import { asIri } from './relative.ts'
import type { PieceReader } from './stream-pieces.ts'
import type { Quad } from './terms.ts'

const prefixed = /^(#.*\n|\s)*(@prefix|@base|prefix\s|base\s)/i

/** How surely a text that begins so is in one of the family; what declares no prefix may be N-Quads, and nearly anything that is none could be Turtle. */
export const looksLikeTriG = (start: string): number => (prefixed.test(start) && /\{\s*[<\w_[]/.test(start) ? 0.9 : 0)
export const looksLikeNQuads = (start: string): number =>
  /^(#.*\n|\s)*(<[^>\s]*>|_:\S+)\s+<[^>\s]*>\s+(<[^>\s]*>|_:\S+|"[^\n]*)\s+(<[^>\s]*>|_:\S+)\s*\.\s*$/m.test(start) ? 0.6 : 0
export const looksLikeTurtle = (start: string): number => (prefixed.test(start) ? 0.8 : /^(#.*\n|\s)*(<[^>\s]*>|_:\S+|\w*:\w+|\[)\s/.test(start) ? 0.5 : 0)

/** Turtle, TriG, N-Triples and N-Quads (RDF 1.1), which n3 reads as one. What is wrong with them as a whole is mended, where more can be read then. */
export async function readTurtle(text: string, base: string, mended: Map<string, string>): Promise<Read> {
  const first = runTurtle(text, base)
  if (!first.error) return first
  const changes = new Map<string, string>()
  const better = mendTurtle(text, changes)
  const second = better === text ? first : runTurtle(better, base)
  if (second.quads.length < first.quads.length) return first
  for (const [now, before] of changes) mended.set(now, before)
  return second
}

function runTurtle(text: string, base: string): Read {
  const quads: Quad[] = []
  const lines: number[] = []
  const reader = turtleReader(base, (quad, line) => {
    quads.push(quad)
    lines.push(line)
  })
  reader.read(text)
  reader.end()
  return { quads, lines, ...(reader.error !== undefined && { error: reader.error }) }
}

/**
 * Reads Turtle and its family in pieces: n3 without a format reads a superset of Turtle, TriG, N-Triples and N-Quads. Given a stream it hands over each
 * statement at once, so that those before an error are kept, and tells the line on which its object ends. After an error nothing more is read.
 */
export function turtleReader(base: string, onQuad: (quad: Quad, line: number) => void): PieceReader {
  const input = new EventEmitter()
  let depth = 0
  // A statement is known to be whole at the token that follows its object.
  let [line, before] = [1, 1]
  const callbacks = {
    onQuad(error: Error | null, quad?: unknown) {
      if (error) reader.error ??= error
      else if (quad) onQuad(quad as Quad, before)
    },
    onToken({ type, line: here }: { type: string; line: number }) {
      before = line
      line = here
      if (opening.has(type) && ++depth > deepest) throw new Error(`its lists and blank nodes are nested more than ${deepest} deep on line ${line}`)
      if (closing.has(type)) depth--
    },
  }
  const push = (event: string, chunk?: string) => {
    if (reader.error) return
    try {
      input.emit(event, chunk)
    } catch (error) {
      reader.error = error
    }
  }
  const reader: PieceReader = { read: text => push('data', text), end: () => push('end') }
  new Parser({ baseIRI: base }).parse(input, callbacks)
  return reader
}

const opening = new Set(['(', '[', '{'])
const closing = new Set([')', ']', '}'])

const token = /("""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*')(@[\w-]*)?|(#[^\n]*)|<([^<>\n]*)>/g

/**
 * Encodes what an IRI may not hold, drops empty language tags and writes `@fr_FR` as `@fr-FR`, outside of strings and comments. What is no IRI and cannot be
 * mended is held by one.
 */
export function mendTurtle(text: string, mended: Map<string, string>): string {
  return text.replace(token, (whole, string: string | undefined, tag: string | undefined, comment: string | undefined, iri: string | undefined) => {
    if (string !== undefined) return tag === undefined ? whole : tagged(string, languageTag(tag.slice(1)))
    if (comment !== undefined || iri === undefined) return whole
    const better = mendReference(iri)
    if (better !== iri) mended.set(better, iri)
    return `<${better}>`
  })
}

/** An IRI or a relative reference that n3 can read. */
function mendReference(iri: string): string {
  const better = iri
    .trim()
    .replace(/[\u0000-\u0020"{}|^`]/g, encodeURIComponent)
    .replace(/\\(?![uU])/g, '%5C')
  const isReference = /^[a-z][a-z0-9+.-]*:/i.test(better)
    ? better === iri.trim() || /^(?:https?|ftp|file|urn|mailto):/i.test(better)
    : !/^[^/?#]*:/.test(better)
  return isReference ? better : (mendIri(iri) ?? asIri(iri))
}

const tagged = (string: string, tag: string) => (tag ? `${string}@${tag}` : string)

/** Characters after which a string that does not end is read all the same. */
const longestString = 1_000_000
/** Turtle in pieces that break no string, comment or IRI, mended. */
export async function* wholeTokens(text: AsyncIterable<string>, mended: Map<string, string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    rest += chunk
    const end = rest.length > longestString ? rest.length : lastWhole(rest)
    if (end > 0) yield mendTurtle(rest.slice(0, end), mended)
    rest = rest.slice(end)
  }
  yield mendTurtle(rest, mended)
}

/** Where the string, comment or IRI begins that may not have ended when the text does; its length where there is none. */
function lastWhole(text: string): number {
  const start = /["'#<]/g
  const whole = new RegExp(token.source, 'y')
  for (let found = start.exec(text); found; found = start.exec(text)) {
    whole.lastIndex = found.index
    const [read] = whole.exec(text) ?? []
    const isOpen = read === undefined ? !text.includes('\n', found.index) : read.length === 2 && text.startsWith(found[0].repeat(3), found.index)
    if (isOpen || whole.lastIndex === text.length) return found.index
    start.lastIndex = read === undefined ? found.index + 1 : whole.lastIndex
  }
  return text.length
}

/** What n3 makes of a whole text; throws where it is wrong. */
export const parsed = (text: string, options: ParserOptions): Quad[] => new Parser(options).parse(text) as Quad[]
