import { Problem, sentence } from '../problem.ts'
import { decode } from './decode.ts'
import type { Format } from './format.ts'
import { formatByExtension, formatOf, formats, sniff } from './formats.ts'
import { markedBase, unmarking } from './relative.ts'
import type { Quad } from './terms.ts'

/** What could be read of one RDF text. */
export interface Parsed {
  quads: Quad[]
  /** The line on which each of them ends, where the syntax gives it. */
  lines?: number[]
  format: Format
  /** IRIs that had to be mended before the text could be read, and relative references to files: as they are now → as they were written. */
  mended: Map<string, string>
  /** What could not be read; the quads before it are kept. Undefined when all was read. */
  problem?: Problem
}

/** Where a text comes from: its address resolves relative IRIs; its media type, if it is to be believed, tells the format. */
export interface Origin {
  url: string
  mediaType?: string
  format?: Format
}

/**
 * Reads RDF in any format we know, as forgivingly as can be: wrong or missing content types, BOMs, legacy encodings, illegal IRIs.
 * Throws a Problem only where nothing can be read: `unknown-format`, `unreadable-rdf`, `unknown-context`.
 */
export async function parse(body: Uint8Array | string, origin: Origin): Promise<Parsed> {
  const text = (typeof body === 'string' ? body : decode(body, origin.mediaType)).replace(/^\uFEFF/, '')
  const format = origin.format ?? chosen(text, origin)
  const mended = new Map<string, string>()
  const { quads: read, lines, error } = await format.read(text, markedBase(origin.url), mended)
  const quads = read.map(unmarking(origin.url, mended))
  const found = { quads, format, mended, ...(lines && { lines }) }
  if (!error) return found
  const problem =
    error instanceof Problem
      ? error
      : new Problem(
          'unreadable-rdf',
          `${origin.url} is not whole ${format.label}: ${sentence(error).replace(/\.$/, '')}. ${excerptAdvice(quads.length)}`,
          { url: origin.url, ...near(text, error) },
          error,
        )
  if (quads.length === 0) throw problem
  return { ...found, problem }
}

function chosen(text: string, { url, mediaType }: Origin): Format {
  const html = looksLikeHtml(text)
  const found = html ? sniff(text) : (formatOf(text, mediaType) ?? formatByExtension(new URL(url).pathname))
  const otherwise = found?.noRdf?.(text)
  if (found && !otherwise) return found
  const known = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(formats.map(format => format.label))
  throw new Problem(
    'unknown-format',
    `${url} answered with ${html ? 'an HTML page' : (otherwise ?? 'no RDF that we know')}${mediaType ? ` (${mediaType})` : ''}. ` +
      `Send ${known} with its own content type.`,
    { url, excerpt: text.slice(0, 200) },
  )
}

/** True of a page for people, which portals send in the place of a feed. */
export const looksLikeHtml = (text: string) => /^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html)\b/i.test(text)

const excerptAdvice = (read: number) =>
  read > 0
    ? `What stands before that place was read (statements: ${read}); mend it there so that the rest can be read too.`
    : 'Nothing could be read of it; mend it there.'

/** The line that a reader complains of, and what stands there; the beginning of the text where it names none. */
function near(text: string, error: unknown): { line?: number; excerpt: string } {
  const line = Number(/line (\d+)|^(\d+):\d+/i.exec(sentence(error))?.slice(1).find(Boolean))
  if (!line) return { excerpt: text.slice(0, 200) }
  return {
    line,
    excerpt: text
      .split('\n')
      .slice(Math.max(0, line - 1), line + 1)
      .join('\n')
      .slice(0, 300),
  }
}
