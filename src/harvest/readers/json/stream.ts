import { Tokenizer, TokenParser } from '@streamparser/json'
import { Problem, sentence } from '../../../problem.ts'
import { decodeStream } from '../../../rdf/decode.ts'
import { numberOf, withoutRawBreaks } from '../../../rdf/json.ts'
import type { Stream } from '../../http/fetch.ts'
import { brokenJson, notJson } from './answer.ts'

/** One value of a document: the names and places that lead to it, and itself. */
export interface JsonPart {
  path: (string | number)[]
  value: unknown
}

/**
 * The values at some paths (`$.dataset.*`) of a JSON document that may be larger than memory, one by one as they come. Of a document that is a list, its
 * members. Raw line breaks within texts, the commonest fault of such files, are read as blanks. Throws a Problem where the document breaks: what came before
 * it was yielded; and `too-large` where one value alone does not end, as only values are held in memory.
 */
export async function* partsOf({ url, mediaType, body }: Stream, paths: string[]): AsyncGenerator<JsonPart> {
  let parser: Tokenizer | undefined
  let parts: JsonPart[] = []
  let read = 0
  /** How much had been read when the last value was complete. */
  let whole = 0
  let end = ''
  for await (const chunk of decodeStream(body, mediaType)) {
    const text = withoutRawBreaks(chunk)
    read += text.length
    end = text.length < 200 ? (end + text).slice(-200) : text
    if (!parser) {
      const start = end.trimStart()
      if (!start) continue
      if (start.startsWith('<')) throw notJson(url, end)
      parser = parserOf(start.startsWith('[') ? ['$.*'] : paths, part => parts.push(part))
    }
    try {
      if (!parser.isEnded) parser.write(text)
    } catch (error) {
      yield* parts
      throw brokenJson(
        url,
        read,
        end,
        `The parser says: ${sentence(error).replaceAll('\n', ' ')}. Ask the portal to mend it; what stands before the break was read.`,
        error,
      )
    }
    if (parts.length > 0) whole = read
    else if (read - whole > maxRecordLength)
      throw new Problem(
        'too-large',
        `${url} holds one record of more than ${maxRecordLength} characters, after ${whole} that were read. ` +
          'Ask the portal what it is; what came before it was read.',
        { url },
      )
    yield* parts
    parts = []
  }
  if (!parser?.isEnded) throw brokenJson(url, read, end, 'Ask the portal what breaks it off; what came was read.')
}

/** The longest record in characters: a hundred times the largest that is known. */
const maxRecordLength = 50_000_000

/** Reads numbers as `parseJson` does. */
class ExactTokenizer extends Tokenizer {
  protected override parseNumber(source: string): number {
    return numberOf(source) as number
  }
}

/** Calls back with each value at one of the paths; it has ended when the document has. */
function parserOf(paths: string[], found: (part: JsonPart) => void): Tokenizer {
  const tokenizer = new ExactTokenizer()
  const values = new TokenParser({ paths, keepStack: false })
  values.onValue = ({ value, key, stack }) => found({ path: [...stack.slice(1).map(each => each.key!), key!], value })
  values.onEnd = () => {
    if (!tokenizer.isEnded) tokenizer.end()
  }
  tokenizer.onToken = token => values.write(token)
  return tokenizer
}
