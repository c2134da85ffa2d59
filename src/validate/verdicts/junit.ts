import { compact } from '../../rdf/namespaces.ts'
import { lineOf } from './text.ts'
import { adviceOf, byRule, saidOf, whereOf, type OfRule, type VerdictFormat } from './verdict-format.ts'

/** Characters that XML may not hold go. */
const escape = (said: string) =>
  said.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

/** JUnit XML, as build servers show it: one case for each rule that has results. */
export const junit: VerdictFormat = {
  mediaType: 'application/xml',
  write(verdict, { file, words, place }) {
    const profile = escape(verdict.profile)
    const rules = byRule(verdict.results)
    const one = ({ rule, severity, first, results }: OfRule) => {
      const head = `    <testcase name="${escape(compact(rule))}" classname="${profile}">`
      const lines = results.map(result => {
        const placed = place(result)
        return placed ? `${whereOf(result)} (${lineOf(placed, words)})` : whereOf(result)
      })
      const body = escape([adviceOf(first, words), ...lines].filter(Boolean).join('\n'))
      const said = escape(saidOf(first, words))
      return severity === 'violation'
        ? `${head}<failure message="${said}" type="${escape(first.constraint)}">${body}</failure></testcase>`
        : `${head}<system-out>${escape(words.t(`level.${severity}`))}: ${said}\n${body}</system-out></testcase>`
    }
    const cases = rules.length > 0 ? rules.map(one) : [`    <testcase name="conforms" classname="${profile}"/>`]
    const failures = rules.filter(({ severity }) => severity === 'violation').length
    return [
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${escape(file)}" tests="${cases.length}" failures="${failures}">
${cases.join('\n')}
  </testsuite>
</testsuites>`,
    ]
  },
}
