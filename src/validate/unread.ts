import { Problem, sentence } from '../problem.ts'
import { looksLikeHtml } from '../rdf/parse.ts'
import { saidProblem } from '../words/said.ts'
import { wordsIn } from '../words/words.ts'

/** Why a feed cannot be read, said in the language of the reader, with what the reader of its syntax says; any other error as it is. */
export function unread(error: unknown): unknown {
  if (!(error instanceof Problem) || error.said) return error
  const { code, place } = error
  const key = `validate_problem.${code === 'unknown-format' && looksLikeHtml(place.excerpt ?? '') ? 'html' : code}`
  if (!wordsIn('en').has(key)) return error
  const detail = sentence(error.cause ?? error).replace(/\.$/, '')
  return saidProblem(code, key, { detail, line: place.line ?? 0 }, place, error)
}
