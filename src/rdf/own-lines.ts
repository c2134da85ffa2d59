import { blankNode, literal, namedNode, quad, type Quad, type Subject, type Term } from './terms.ts'
import { parsed } from './turtle.ts'

// The parts of a line of N-Triples as we write them: without escapes outside of its literal.
const subjectAndProperty = /(?:<([^>\\]*)>|_:(\S+)) <([^>\\]*)> /y
const node = /(?:<([^>\\]*)>|_:(\S+)) ?\.\n?/y
const endOfLiteral = /"(?:@([\w-]+)|\^\^<([^>\\]*)>)? ?\.\n?/y

/**
 * Reads back N-Triples that we wrote ourselves: nothing in them needs forgiving, and they are read for every page. What is written otherwise all the same is
 * read by n3, which says what is wrong with it.
 */
export function readLines(text: string): Quad[] {
  const quads: Quad[] = []
  let subject: Subject | undefined
  for (let at = 0; at < text.length;) {
    const found = match(subjectAndProperty, text, at)
    if (!found) return parsed(text, { format: 'N-Triples' })
    const [, iri, label, property] = found
    const object = objectAt(text, at + found[0].length)
    if (!object) return parsed(text, { format: 'N-Triples' })
    if (subject?.value !== (iri ?? label)) subject = iri === undefined ? blankNode(label) : namedNode(iri)
    quads.push(quad(subject!, namedNode(property!), object.term))
    at = object.end
  }
  return quads
}

function match(part: RegExp, text: string, at: number): RegExpExecArray | null {
  part.lastIndex = at
  return part.exec(text)
}

function objectAt(text: string, at: number): { term: Term; end: number } | undefined {
  if (text[at] !== '"') {
    const found = match(node, text, at)
    return found ? { term: found[1] === undefined ? blankNode(found[2]) : namedNode(found[1]), end: at + found[0].length } : undefined
  }
  const close = closing(text, at + 1)
  const found = match(endOfLiteral, text, close)
  if (!found) return undefined
  const [whole, language, datatype] = found
  const term = literal(unescaped(text.slice(at + 1, close)), language ?? (datatype === undefined ? undefined : namedNode(datatype)))
  return { term, end: close + whole.length }
}

/** Where the quote stands that ends a literal; past the end of the text where none does. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

const characters: Record<string, string> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' }

const unescaped = (text: string) =>
  text.includes('\\')
    ? text.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (_escape, short?: string, long?: string, one?: string) =>
        one === undefined ? String.fromCodePoint(Number.parseInt(short ?? long!, 16)) : (characters[one] ?? one),
      )
    : text
