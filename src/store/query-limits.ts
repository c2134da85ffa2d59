import { saidProblem } from '../words/said.ts'
import { withoutQuotes } from './query-text.ts'

/** Brackets within brackets: parsers, ours and those of stores, go one call deeper for each. */
const deepest = 64
/** Operators and clauses of a query together: most of them, in a row, take the engine one call deeper each, and end its memory at some 1,500. */
const mostSteps = 500
/** Characters of a name: the parser looks for the colon of a name anew from each of its characters. */
const longestName = 250

const prefixedName = /[\p{L}\p{N}_.-]*:[\p{L}\p{N}\p{M}_.:%-]*|@[\w-]+/gu
const steps = /\|\|?|&&|[*/!^+-]|(?<![\w?$])(?:as|bind|exists|filter|graph|having|lateral|minus|optional|select|service|union|values)(?!\w)/gi

/** Throws `too-large` for a query that would take a parser, ours or that of the store, too deep, or too long. Takes time in proportion to its length. */
export function limitQuery(text: string): void {
  const bare = withoutQuotes(text)
  let depth = 0
  for (const [bracket] of bare.matchAll(/[()[\]{}]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1
    if (depth > deepest) throw saidProblem('too-large', 'query_problem.deep', { most: deepest })
  }
  if (new RegExp(`[\\p{L}\\p{N}\\p{M}_.·‿⁀-]{${longestName + 1}}`, 'u').test(bare)) throw saidProblem('too-large', 'query_problem.name', { most: longestName })
  if ((bare.replace(prefixedName, ':').match(steps)?.length ?? 0) > mostSteps) throw saidProblem('too-large', 'query_problem.steps', { most: mostSteps })
}
