import { Problem, sentence } from '../problem.ts'
import { formatByMediaType, sniff, type Format } from './formats.ts'
import { parse, type Origin } from './parse.ts'
import { mendXml, rdfXmlReader } from './rdfxml.ts'
import type { Quad } from './terms.ts'
import { mendTurtle, parsed, turtleReader } from './turtle.ts'

/** What was read of a text as it came: statements, or what could not be read, with the subject where only what is said of that one is lost. */
export type Streamed = { quads: Quad[] } | { problem: Problem; subject?: string }

const lineFormats = new Set<Format['name']>(['nquads', 'ntriples'])
const turtleFormats = new Set<Format['name']>(['turtle', 'trig'])

/**
 * Reads an RDF text that may be larger than memory, as it comes. In N-Triples and N-Quads a line that is wrong costs that line; Turtle and TriG are read and
 * RDF/XML up to the first fault that cannot be mended there. JSON-LD cannot be read in parts: it is gathered first.
 */
export async function* parseStream(text: AsyncIterable<string>, origin: Origin): AsyncGenerator<Streamed> {
  const chunks = text[Symbol.asyncIterator]()
  let head = ''
  while (head.length < 4000) {
    const { value, done } = await chunks.next()
    if (done) break
    head += value
  }
  head = head.replace(/^\uFEFF/, '')
  async function* all(): AsyncGenerator<string> {
    yield head
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  const seen = sniff(head)
  const stated = origin.mediaType ? formatByMediaType(origin.mediaType) : undefined
  // A head of N-Triples looks like N-Quads, and some Turtle looks like both: what the portal says of its text decides between them.
  const name = (stated && seen && seen.name !== 'rdfxml' && seen.name !== 'jsonld' ? stated : (seen ?? stated))?.name
  if (name && lineFormats.has(name)) yield* parseLines(all(), origin)
  else if (name && turtleFormats.has(name)) yield* parsePieces(all(), origin, turtleReader)
  else if (name === 'rdfxml') yield* parsePieces(wholeTags(all()), origin, rdfXmlReader)
  else {
    const { quads, problem } = await parse((await Array.fromAsync(all())).join(''), origin)
    yield { quads }
    if (problem) yield { problem }
  }
}

type PieceReader = (base: string, onQuad: (quad: Quad) => void) => { read(text: string): void | Promise<void>; end(): void | Promise<void>; error?: unknown }

async function* parsePieces(text: AsyncIterable<string>, { url }: Origin, open: PieceReader): AsyncGenerator<Streamed> {
  let quads: Quad[] = []
  const reader = open(url, quad => quads.push(quad))
  for await (const piece of text) {
    await reader.read(piece)
    yield { quads }
    quads = []
    if (reader.error) break
  }
  await reader.end()
  yield { quads }
  if (reader.error)
    yield {
      problem: new Problem(
        'unreadable-rdf',
        `${url} cannot be read further: ${sentence(reader.error).replace(/\.$/, '')}. What stands before that place was read; mend it there so that the rest can be read too.`,
        { url },
        reader.error,
      ),
    }
}

/** Characters after which a tag or a CDATA section that does not end is cut all the same. */
const longestTag = 1_000_000

/** XML in pieces that break no tag, entity or CDATA section, mended. */
async function* wholeTags(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  let defines = false
  for await (const chunk of text) {
    rest += chunk
    defines ||= /<!ENTITY\s/.test(rest)
    const open = unfinished(rest)
    const end = rest.length - open > longestTag ? rest.length : open
    if (end > 0) yield mendXml(rest.slice(0, end), defines)
    rest = rest.slice(end)
  }
  yield mendXml(rest, defines)
}

/** Where a CDATA section, a tag or an entity begins that the text does not end; its length where none does. */
function unfinished(text: string): number {
  const [section, tag, entity] = [text.lastIndexOf('<![CDATA['), text.lastIndexOf('<'), text.lastIndexOf('&')]
  if (section > text.lastIndexOf(']]>')) return section
  if (tag > text.lastIndexOf('>')) return tag
  return entity >= 0 && entity > text.length - 30 && !text.includes(';', entity) ? entity : text.length
}

/** Faults that are told of one by one; the others are counted. */
const mostTold = 20

async function* parseLines(text: AsyncIterable<string>, { url }: Origin): AsyncGenerator<Streamed> {
  let rest = ''
  let before = 0
  let faults = 0
  const read = (lines: string) => parsed(lines, { format: 'N-Quads', blankNodePrefix: `b${prefix}_` })
  const prefix = ++documents
  function* statements(lines: string): Generator<Streamed> {
    try {
      yield { quads: read(lines) }
    } catch {
      let at = before
      for (const line of lines.split('\n')) {
        at++
        try {
          yield { quads: read(line) }
        } catch (error) {
          const better = mendTurtle(line, new Map())
          try {
            yield { quads: read(better) }
          } catch {
            const subject = /^\s*(?:<([^<>\s]*)>|_:(\S+))/.exec(line)
            if (++faults <= mostTold)
              yield {
                problem: new Problem(
                  'unreadable-rdf',
                  `Line ${at} of ${url} cannot be read: ${sentence(error)
                    .replace(/ on line \d+\.?$/, '')
                    .replace(/\.$/, '')}. Mend it there; the other lines were read.`,
                  { url, line: at, excerpt: line.slice(0, 300) },
                  error,
                ),
                ...(subject && { subject: subject[1] ?? `_:b${prefix}_${subject[2]}` }),
              }
          }
        }
      }
    }
    before += lines.split('\n').length - 1
  }
  for await (const chunk of text) {
    const lines = rest + chunk
    const end = lines.lastIndexOf('\n') + 1
    rest = lines.slice(end)
    if (end > 0) yield* statements(lines.slice(0, end))
  }
  if (rest.trim()) yield* statements(rest)
  if (faults > mostTold)
    yield { problem: new Problem('unreadable-rdf', `${url} has ${faults - mostTold} more lines that cannot be read. Ask the portal what writes it.`, { url }) }
}

/** Blank nodes of one label in two documents are two. */
let documents = 0
