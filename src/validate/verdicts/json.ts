import type { Words } from '../../words/words.ts'
import type { Explained } from '../feed.ts'
import { adviceOf, saidOf, type About, type VerdictFormat } from './verdict-format.ts'

/** For programs: the contract of `fihrist validate --format json`. `conforms` says that nothing is violated; a report of RDF has the specification's word. */
export const json: VerdictFormat = {
  mediaType: 'application/json',
  *write({ results, conforms, profile, counts, datasets, quality }, { words, place }) {
    // A feed may have tens of thousands: each is a line, and what those of a rule have in common is written once for all of them.
    const known = new Map<string, { like: Explained; text: string }[]>()
    const common = (result: Explained) => {
      let ofRule = known.get(result.rule)
      if (!ofRule) known.set(result.rule, (ofRule = []))
      let found = ofRule.find(({ like }) => like.constraint === result.constraint && like.path === result.path)
      if (!found) ofRule.push((found = { like: result, text: JSON.stringify(saidOfAll(result, words)).slice(0, -1) }))
      return found.text
    }
    const [before, after] = JSON.stringify({ conforms, profile, counts, datasets, results: [], quality }, null, 2).split('"results": []')
    yield `${before}"results": [`
    for (const [at, result] of results.entries()) yield `${at > 0 ? ',' : ''}\n    ${common(result)},${saidOfOne(result, place(result))}}`
    yield `${results.length > 0 ? '\n  ' : ''}]${after}`
  },
}

const saidOfAll = (result: Explained, words: Words) => ({
  severity: result.severity,
  path: result.path ?? null,
  constraint: result.constraint,
  rule: result.rule,
  message: saidOf(result, words),
  advice: adviceOf(result, words) || undefined,
})

/** Written by hand: this is most of the text. */
function saidOfOne({ focus, value, valueType, meant }: Explained, placed: ReturnType<About['place']>): string {
  let text = `"focusNode":${JSON.stringify(focus)}`
  if (value !== undefined) text += `,"value":${JSON.stringify(value)}`
  if (valueType !== undefined && valueType !== '@id')
    text += valueType.startsWith('@') ? `,"language":${JSON.stringify(valueType.slice(1))}` : `,"datatype":${JSON.stringify(valueType)}`
  if (meant !== undefined) text += `,"meant":${JSON.stringify(meant)}`
  if (placed) text += `,"line":${placed.line}`
  if (placed?.column !== undefined) text += `,"column":${placed.column}`
  return text
}
