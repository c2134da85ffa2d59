import type { Parsed } from '../rdf/parse.ts'
import type { Quad } from '../rdf/terms.ts'
import { nodeText, valueText, type Finding } from './finding.ts'

/** Where something stands in a text: lines and columns count from 1. */
export interface Placed {
  line: number
  column?: number | undefined
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
  const spoken = lines ? statementsOf(quads) : undefined
  const lineOfStatement = (of: readonly number[], { path, value, valueType }: Finding) => {
    const said = path === undefined || value === undefined ? undefined : of.findLast(at => isSaid(quads[at]!, path, value, valueType))
    return lines![said ?? of[0]!]!
  }
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
    if (at < 0 && value) at = whole.indexOf(lastPart(value))
    if (at < 0 && path) at = whole.indexOf(lastPart(path))
    if (at < 0) at = whole.indexOf(lastPart(focus))
    return new Place(line, at < 0 ? undefined : at + 1, whole)
  }
  let mentions: Map<string, number> | undefined
  return finding => {
    const { focus } = finding
    const of = spoken?.get(focus)
    if (of) return placed(lineOfStatement(of, finding), finding)
    if (spoken || focus.startsWith('_:')) return undefined
    const offset = (mentions ??= quotedIn(text)).get(JSON.stringify(focus))
    return offset === undefined ? undefined : placed(lineOf(offset), finding)
  }
}

/** There may be as many as statements, of which few are shown: the excerpt is cut out of its line when it is read. */
class Place implements Placed {
  readonly line: number
  readonly column: number | undefined
  readonly #whole: string

  constructor(line: number, column: number | undefined, whole: string) {
    this.line = line
    this.column = column
    this.#whole = whole
  }

  get excerpt(): string {
    const from = this.column === undefined || this.column <= longest - 40 ? 0 : this.column - 41
    return this.#whole.slice(from, from + longest).trim()
  }
}

/** The places of the statements about each subject. */
function statementsOf(quads: readonly Quad[]): Map<string, number[]> {
  const all = new Map<string, number[]>()
  let of: number[] = []
  quads.forEach(({ subject }, at) => {
    // A subject is spoken of in one go, as a rule.
    if (at > 0 && subject === quads[at - 1]!.subject) return of.push(at)
    const focus = nodeText(subject)
    of = all.get(focus) ?? []
    all.set(focus, of)
    return of.push(at)
  })
  return all
}

function isSaid({ predicate, object }: Quad, path: string, value: string, type: string | undefined): boolean {
  if (predicate.value !== path) return false
  const said = valueText(object)
  return said.value === value && said.valueType === type
}

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
