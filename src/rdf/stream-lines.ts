import { Problem, sentence } from '../problem.ts'
import type { Streamed } from './format.ts'
import { nextDocument } from './reader.ts'
import { mendTurtle, parsed } from './turtle.ts'

/** Faults that are told of one by one; the others are counted. */
const mostTold = 20

/** Reads N-Triples or N-Quads line by line: a line that is wrong costs that line. */
export async function* streamLines(text: AsyncIterable<string>, url: string): AsyncGenerator<Streamed> {
  let rest = ''
  let before = 0
  let faults = 0
  const prefix = nextDocument()
  const read = (lines: string) => parsed(lines, { format: 'N-Quads', blankNodePrefix: prefix })
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
          const mended = new Map<string, string>()
          try {
            yield { quads: read(mendTurtle(line, mended)), mended }
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
                ...(subject && { subject: subject[1] ?? `_:${prefix}${subject[2]}` }),
              }
          }
        }
      }
    }
    before += lines.split('\n').length - 1
  }
  for await (const chunk of text) {
    const end = chunk.lastIndexOf('\n') + 1
    const lines = end > 0 ? rest + chunk.slice(0, end) : ''
    // A line of many chunks is not looked through anew with each of them.
    rest = end > 0 ? chunk.slice(end) : rest + chunk
    if (lines) yield* statements(lines)
  }
  if (rest.trim()) yield* statements(rest)
  if (faults > mostTold)
    yield { problem: new Problem('unreadable-rdf', `${url} has ${faults - mostTold} more lines that cannot be read. Ask the portal what writes it.`, { url }) }
}
