import type { Words } from '../../words/words.ts'
import type { Explained } from '../feed.ts'
import { adviceOf, saidOf, type About, type VerdictFormat } from './verdict-format.ts'

/** For programs: the contract of `fihrist validate --format json`. `conforms` says that nothing is violated; a report of RDF has the specification's word. */
export const json: VerdictFormat = {
  mediaType: 'application/json',
  write({ results, conforms, profile, counts, datasets, quality }, { words, place }) {
    // A feed may have tens of thousands: each is a line, and what those of a rule have in common is written once for all of them.
    const known = new Map<string, string>()
    const common = (result: Explained) => {
      const key = `${result.rule} ${result.constraint} ${result.path}`
      let text = known.get(key)
      if (text === undefined) known.set(key, (text = JSON.stringify(ofRule(result, words)).slice(0, -1)))
      return text
    }
    const lines = results.map(result => `\n    ${common(result)},${JSON.stringify(ofPlace(result, place(result))).slice(1)}`)
    const all = JSON.stringify({ conforms, profile, counts, datasets, results: [], quality }, null, 2)
    return lines.length === 0 ? all : all.replace('"results": []', () => `"results": [${lines.join(',')}\n  ]`)
  },
}

const ofRule = (result: Explained, words: Words) => ({
  severity: result.severity,
  path: result.path ?? null,
  constraint: result.constraint,
  rule: result.rule,
  message: saidOf(result, words),
  advice: adviceOf(result, words) || undefined,
})

const ofPlace = ({ focus, value, valueType, meant }: Explained, placed: ReturnType<About['place']>) => ({
  focusNode: focus,
  value,
  language: valueType?.startsWith('@') && valueType !== '@id' ? valueType.slice(1) : undefined,
  datatype: valueType?.startsWith('@') ? undefined : valueType,
  meant,
  line: placed?.line,
  column: placed?.column,
})
