import type { Parsed } from '../rdf/parse.ts'
import type { Quad } from '../rdf/terms.ts'
import { nodeText, valueText, type Finding } from './finding.ts'

/** Where something stands in a text: lines and columns count from 1. */
export interface Placed {
  line: number
  column?: number
  /** What stands there; it is cut out when somebody wants it. */
  readonly excerpt: string
}

/** Characters of an excerpt. */
const longest = 160

/** Characters of a line in which a column is looked for: no editor leads anybody further. */
const longestLine = 10_000

/**
 * Tells where in a text the findings of it stand: at the value that is wrong, else where its subject is first spoken of. The line is that on which the
 * statement ends; JSON-LD gives none, so that the first mention of the subject stands in for it.
 */
export function placesIn(text: string, { quads, lines }: Pick<Parsed, 'quads' | 'lines'>): (finding: Finding) => Placed | undefined {
  const subjects = new Map<string, number>()
  const statements = new Map<string, number>()
  if (lines)
    quads.forEach(({ subject, predicate, object }: Quad, at) => {
      const [focus, line] = [nodeText(subject), lines[at]!]
      if (!subjects.has(focus)) subjects.set(focus, line)
      statements.set(keyOf(focus, predicate.value, valueText(object)), line)
    })
  const starts = lineStarts(text)
  const lineOf = (offset: number) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
  const placed = (line: number, { focus, path, value }: Finding): Placed => {
    const [start, end] = [starts[line - 1] ?? 0, starts[line] ?? text.length]
    const whole = text.slice(start, Math.min(end, start + longestLine)).trimEnd()
    let at = value === undefined ? -1 : whole.indexOf(value.slice(0, 60))
    for (const iri of [value, path, focus]) if (at < 0 && iri) at = whole.indexOf(lastPart(iri))
    const from = at < longest - 40 ? 0 : at - 40
    return {
      line,
      ...(at >= 0 && { column: at + 1 }),
      get excerpt() {
        return whole.slice(from, from + longest).trim()
      },
    }
  }
  let mentions: Map<string, number> | undefined
  return finding => {
    const { focus, path, value } = finding
    const line = (path && value !== undefined && statements.get(keyOf(focus, path, finding))) || subjects.get(focus)
    if (line) return placed(line, finding)
    if (lines || focus.startsWith('_:')) return undefined
    const offset = (mentions ??= quotedIn(text)).get(JSON.stringify(focus))
    return offset === undefined ? undefined : placed(lineOf(offset), finding)
  }
}

const keyOf = (focus: string, path: string, { value, valueType }: Pick<Finding, 'value' | 'valueType'>) => `${focus} ${path} ${valueType ?? ''} ${value}`

/** What stands after the last slash or hash that ends nothing: the part of an IRI that a text with prefixes holds too. */
function lastPart(iri: string): string {
  let end = iri.length
  while (end > 0 && '/#>'.includes(iri[end - 1]!)) end--
  const before = Math.max(iri.lastIndexOf('/', end - 1), iri.lastIndexOf('#', end - 1), iri.lastIndexOf('>', end - 1))
  return iri.slice(before + 1, end)
}

/** Where each text in quotes, with them, stands first: found in one walk, as there may be as many findings as texts. */
function quotedIn(text: string): Map<string, number> {
  const first = new Map<string, number>()
  for (const { 0: quoted, index } of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) if (!first.has(quoted)) first.set(quoted, index)
  return first
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
