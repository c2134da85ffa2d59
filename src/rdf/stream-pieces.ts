import { Problem, sentence } from '../problem.ts'
import type { StreamReader } from './format.ts'
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
  cut: (text: AsyncIterable<string>) => AsyncIterable<string> = text => text,
): StreamReader =>
  async function* (text, url) {
    let quads: Quad[] = []
    const reader = open(url, quad => quads.push(quad))
    for await (const piece of cut(text)) {
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
