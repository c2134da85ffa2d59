import { adviceOf, byRule, saidOf, whereOf, type VerdictFormat } from './verdict-format.ts'

const levels = { violation: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0, as code hosts show it. */
export const sarif: VerdictFormat = {
  mediaType: 'application/sarif+json',
  write(verdict, { file, words, version, place }) {
    const rules = [...new Map(byRule(verdict.results).map(({ rule, first }) => [rule, first])).values()].map(first => ({
      id: first.rule,
      shortDescription: { text: saidOf(first, words) },
      help: { text: adviceOf(first, words) || saidOf(first, words) },
    }))
    const results = verdict.results.map(result => {
      const placed = place(result)
      const region = placed && {
        startLine: placed.line,
        ...(placed.column !== undefined && { startColumn: placed.column }),
        snippet: { text: placed.excerpt },
      }
      return {
        ruleId: result.rule,
        level: levels[result.severity],
        message: { text: `${saidOf(result, words)} (${whereOf(result)})` },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: file }, ...(region && { region }) },
            logicalLocations: [{ fullyQualifiedName: result.focus }],
          },
        ],
      }
    })
    const driver = { name: 'Fihrist', version, language: words.language, rules }
    return JSON.stringify(
      { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver }, language: words.language, results }] },
      null,
      2,
    )
  },
}
