import { adviceOf, byRule, saidOf, whereOf, type VerdictFormat } from './verdict-format.ts'

const levels = { violation: 'error', warning: 'warning', info: 'note' }

/** An address as it is; the name of a file as a reference (SARIF, 3.4.3), in which a space is none. */
const uriOf = (file: string) => (/^https?:\/\//i.test(file) ? file : file.split('/').map(encodeURIComponent).join('/'))

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
            physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...(region && { region }) },
            logicalLocations: [{ fullyQualifiedName: result.focus }],
          },
        ],
      }
    })
    const driver = { name: 'Fihrist', version, language: words.language, rules }
    const runs = [{ tool: { driver }, language: words.language, columnKind: 'utf16CodeUnits', results }]
    return [JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs }, null, 2)]
  },
}
