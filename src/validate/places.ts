import type { Parsed } from '../rdf/parse.ts'
import type { Quad } from '../rdf/terms.ts'
import { nodeText, valueText, type Finding } from './finding.ts'

/** Where something stands in a text: lines and columns count from 1. */
export interface Placed {
  line: number
  column?: number
  /** What stands there. */
  excerpt: string
}

/** Characters of an excerpt. */
const longest = 160

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
  const placed = (line: number, words: (string | undefined)[]): Placed => {
    const [start, end] = [starts[line - 1] ?? 0, starts[line] ?? text.length]
    const whole = text.slice(start, Math.min(end, start + 1_000_000)).trimEnd()
    const at = words.map(word => (word ? whole.indexOf(word) : -1)).find(found => found >= 0)
    const from = at === undefined || at < longest - 40 ? 0 : at - 40
    return { line, ...(at !== undefined && { column: at + 1 }), excerpt: whole.slice(from, from + longest).trim() }
  }
  return ({ focus, path, value, valueType }) => {
    const words = [value?.slice(0, 60), value && lastPart(value), path && lastPart(path), lastPart(focus)]
    const line = (path && value !== undefined && statements.get(keyOf(focus, path, { value, ...(valueType && { valueType }) }))) || subjects.get(focus)
    if (line) return placed(line, words)
    if (lines || focus.startsWith('_:')) return undefined
    const offset = text.indexOf(JSON.stringify(focus))
    return offset < 0 ? undefined : placed(lineOf(offset), words)
  }
}

const keyOf = (focus: string, path: string, { value, valueType }: Pick<Finding, 'value' | 'valueType'>) => `${focus} ${path} ${valueType ?? ''} ${value}`
const lastPart = (iri: string) => /[^/#>]+(?=[/#>]*$)/.exec(iri)?.[0]

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
