import type { Streamed } from './format.ts'
import { formatOf } from './formats.ts'
import { parse, type Origin } from './parse.ts'

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
  const format = formatOf(head, origin.mediaType)
  if (format?.stream) return yield* format.stream(all(), origin.url)
  const { quads, mended, problem } = await parse((await Array.fromAsync(all())).join(''), origin)
  yield { quads, mended }
  if (problem) yield { problem }
}
