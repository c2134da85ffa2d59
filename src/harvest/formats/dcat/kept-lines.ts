import { readLines } from '../../../rdf/own-lines.ts'
import { literal, namedNode, quad, type Quad, type Term } from '../../../rdf/terms.ts'

/**
 * Statements as they were written into a payload. An IRI that no reader of N-Triples takes, and that could not be mended, stands there as the portal sent it.
 */
export function readKept(body: string): Quad[] {
  try {
    return readLines(body)
  } catch {
    return body
      .split('\n')
      .filter(line => line.startsWith('<'))
      .map(readLine)
  }
}

/** We wrote the line: it has one blank between its terms, and no blank node. */
function readLine(line: string): Quad {
  const [, subject = '', property = '', iri, text = ''] = /^<(.*?)> <(.*?)> (?:<(.*)>|(".*)) \.$/.exec(line) ?? []
  return quad(namedNode(unescaped(subject)), namedNode(unescaped(property)), iri === undefined ? literalIn(text) : namedNode(unescaped(iri)))
}

const literalIn = (text: string): Term => {
  try {
    return readLines(`<s:> <p:> ${text} .`)[0]!.object
  } catch {
    // Of a datatype that is no IRI.
    return literal(unescaped(/^"(.*)"/.exec(text)?.[1] ?? ''))
  }
}

const letters: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f' }
const unescaped = (text: string) =>
  text.replace(/\\(?:u([\da-f]{4})|U([\da-f]{8})|(.))/gi, (_whole, short?: string, long?: string, letter?: string) =>
    letter === undefined ? String.fromCodePoint(parseInt(short ?? long!, 16)) : (letters[letter] ?? letter),
  )
