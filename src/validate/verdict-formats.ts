import { turtle } from '../rdf/formats.ts'
import { compact, rdf, sh, xsd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import { blankNode, literal, namedNode, quad } from '../rdf/terms.ts'
import type { Explained, Verdict } from './feed.ts'

/** How a verdict is written. */
interface About {
  file: string
  lang: string
  version: string
}
type Write = (verdict: Verdict, about: About) => string | Promise<string>

const meantWords: Record<string, string> = { fr: 'peut-être :', ar: 'لعل المقصود:', en: 'did you mean' }
const inLanguage = (texts: Record<string, string>, lang: string) => texts[lang] ?? texts['en'] ?? Object.values(texts)[0] ?? ''
const saidOf = (result: Explained, lang: string) => inLanguage(result.message, lang) || `${result.constraint}`
const escapeXml = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

/** The formats of `fihrist validate`. Add one: a function and a line. */
export const verdictFormats: Record<string, Write> = { text: writeText, json: writeJson, turtle: writeTurtle, sarif: writeSarif, junit: writeJunit }

function writeText(verdict: Verdict, { file, lang }: About): string {
  const { counts, quality } = verdict
  const lines = verdict.results.map(result =>
    [
      `${result.severity.toUpperCase().padEnd(9)} ${saidOf(result, lang)}`,
      `          ${result.focus}${result.path ? `  ${compact(result.path)}` : ''}${result.value === undefined ? '' : `  "${result.value}"`}${result.meant ? `  (${meantWords[lang] ?? meantWords['en']} ${result.meant})` : ''}`,
      ...(inLanguage(result.advice, lang) ? [`          → ${inLanguage(result.advice, lang)}`] : []),
    ].join('\n'),
  )
  return [
    ...lines,
    `${file}: ${verdict.conforms ? 'conforms' : 'does not conform'} to ${verdict.profile}: ${verdict.datasets} datasets, ${counts.violation} violations, ${counts.warning} warnings, ${counts.info} notes; quality ${quality.score} of ${quality.max} (${quality.rating}).`,
  ].join('\n')
}

function writeJson({ results, ...verdict }: Verdict, { lang }: About): string {
  const plain = results.map(({ severity, focus, path, constraint, value, message, advice, rule, meant }) => ({
    severity,
    focusNode: focus,
    path: path ?? null,
    constraint,
    rule,
    ...(value !== undefined && { value }),
    ...(meant && { meant }),
    message: inLanguage(message, lang) || constraint,
    ...(inLanguage(advice, lang) && { advice: inLanguage(advice, lang) }),
  }))
  return JSON.stringify(
    { conforms: verdict.conforms, profile: verdict.profile, counts: verdict.counts, datasets: verdict.datasets, results: plain, quality: verdict.quality },
    null,
    2,
  )
}

const severities = { violation: sh.Violation, warning: sh.Warning, info: sh.Info }

/** A SHACL validation report (SHACL, section 3). */
async function writeTurtle(verdict: Verdict): Promise<string> {
  const report = blankNode('report')
  const node = (text: string) => (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(text) ? namedNode(text) : literal(text))
  const results = verdict.results.flatMap((result, at) => {
    const self = blankNode(`result${at + 1}`)
    return [
      quad(report, sh.result, self),
      quad(self, rdf.type, sh.ValidationResult),
      quad(self, sh.resultSeverity, severities[result.severity]),
      quad(self, sh.sourceShape, namedNode(result.rule)),
      quad(self, sh.sourceConstraintComponent, namedNode(sh.iri + result.constraint)),
      quad(self, sh.focusNode, node(result.focus)),
      ...(result.path && !/[|]|\/https?:/.test(result.path) ? [quad(self, sh.resultPath, namedNode(result.path))] : []),
      ...(result.value === undefined ? [] : [quad(self, sh.value, node(result.value))]),
      ...Object.entries(result.message).map(([language, text]) => quad(self, sh.resultMessage, literal(text, language))),
    ]
  })
  return serialise([quad(report, rdf.type, sh.ValidationReport), quad(report, sh.conforms, literal(String(verdict.conforms), xsd.boolean)), ...results], turtle)
}

const levels = { violation: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0, as code hosts show it. */
function writeSarif(verdict: Verdict, { file, lang, version }: About): string {
  const rules = [...new Map(verdict.results.map(result => [result.rule, result])).values()].map(result => ({
    id: result.rule,
    shortDescription: { text: saidOf(result, lang) },
    help: { text: inLanguage(result.advice, lang) || saidOf(result, lang) },
  }))
  const results = verdict.results.map(result => ({
    ruleId: result.rule,
    level: levels[result.severity],
    message: {
      text: `${saidOf(result, lang)} (${result.focus}${result.path ? ` ${compact(result.path)}` : ''}${result.value === undefined ? '' : ` = ${result.value}`})`,
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: file } }, logicalLocations: [{ fullyQualifiedName: result.focus }] }],
  }))
  return JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver: { name: 'Fihrist', version, rules } }, results }] },
    null,
    2,
  )
}

/** JUnit XML, as build servers show it: one case for each rule that has results. */
function writeJunit(verdict: Verdict, { file, lang }: About): string {
  const byRule = Map.groupBy(verdict.results, result => result.rule)
  const cases = [...byRule].map(([rule, results]) => {
    const name = escapeXml(compact(rule))
    const body = escapeXml(results.map(result => `${result.focus} ${result.path ? compact(result.path) : ''} ${result.value ?? ''}`.trim()).join('\n'))
    const first = results[0]!
    return first.severity === 'violation'
      ? `    <testcase name="${name}" classname="${escapeXml(verdict.profile)}"><failure message="${escapeXml(saidOf(first, lang))}">${body}</failure></testcase>`
      : `    <testcase name="${name}" classname="${escapeXml(verdict.profile)}"><system-out>${first.severity}: ${escapeXml(saidOf(first, lang))}\n${body}</system-out></testcase>`
  })
  const failures = [...byRule.values()].filter(results => results[0]!.severity === 'violation').length
  const all = cases.length > 0 ? cases : [`    <testcase name="conforms" classname="${escapeXml(verdict.profile)}"/>`]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="${escapeXml(file)}" tests="${all.length}" failures="${failures}">\n${all.join('\n')}\n  </testsuite>\n</testsuites>`
}
