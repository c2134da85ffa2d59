import { adviceOf, saidOf, type VerdictFormat } from './verdict-format.ts'

/** For programs: the contract of `fihrist validate --format json`. `conforms` says that nothing is violated; a report of RDF has the specification's word. */
export const json: VerdictFormat = {
  mediaType: 'application/json',
  write({ results, ...verdict }, { words, place }) {
    const plain = results.map(result => {
      const { severity, focus, path, constraint, rule, value, valueType, meant } = result
      const placed = place(result)
      const advice = adviceOf(result, words)
      return {
        severity,
        focusNode: focus,
        path: path ?? null,
        constraint,
        rule,
        ...(value !== undefined && { value }),
        ...(valueType?.startsWith('@') && valueType !== '@id' && { language: valueType.slice(1) }),
        ...(valueType !== undefined && !valueType.startsWith('@') && { datatype: valueType }),
        ...(meant && { meant }),
        message: saidOf(result, words),
        ...(advice && { advice }),
        ...(placed && { line: placed.line, ...(placed.column !== undefined && { column: placed.column }) }),
      }
    })
    const { conforms, profile, counts, datasets, quality } = verdict
    return JSON.stringify({ conforms, profile, counts, datasets, results: plain, quality }, null, 2)
  },
}
