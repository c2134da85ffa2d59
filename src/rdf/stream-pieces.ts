import { Problem, sentence } from '../problem.ts'
import type { StreamReader } from './format.ts'
import { markedBase, unmarking } from './relative.ts'
import type { Quad } from './terms.ts'

/**
 * A reader that is handed a text in pieces, and hands on each statement at once, so that those before an error are kept. After an error nothing more is read.
 */
export interface PieceReader {
  read(text: string): void | Promise<void>
  end(): void | Promise<void>
  error?: unknown
}

/** Reads a text piece by piece, up to the first fault that cannot be mended. `cut` makes pieces of it that the reader can take. */
export const streamPieces = (
  open: (base: string, onQuad: (quad: Quad) => void) => PieceReader,
  cut: (text: AsyncIterable<string>, mended: Map<string, string>) => AsyncIterable<string>,
): StreamReader =>
  async function* (text, url) {
    let quads: Quad[] = []
    const mended = new Map<string, string>()
    const plain = unmarking(url, mended)
    const reader = open(markedBase(url), quad => quads.push(plain(quad)))
    for await (const piece of cut(text, mended)) {
      await reader.read(piece)
      yield { quads, mended }
      quads = []
      // What only had to be resolved would fill the memory.
      for (const [iri, written] of mended) if (iri.endsWith(written)) mended.delete(iri)
      if (reader.error) break
    }
    await reader.end()
    yield { quads, mended }
    if (reader.error)
      yield {
        problem: new Problem(
          'unreadable-rdf',
          `${url} cannot be read further: ${sentence(reader.error).replace(/\.$/, '')}. What stands before that place was read; ` +
            'mend it there so that the rest can be read too.',
          { url },
          reader.error,
        ),
      }
  }
