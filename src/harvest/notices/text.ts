import { z } from 'zod'
import { addressesOf } from '../../config/addresses.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import { readYaml } from '../../config/yaml.ts'
import { root } from '../../files.ts'
import type { Health } from '../../ledger/sources/notices.ts'
import type { ProblemCode } from '../../problem.ts'
import type { Report } from '../run/report.ts'

/** What a webhook is sent; an e-mail has its subject and text. */
export interface Notice {
  event: 'source-broken' | 'source-recovered'
  catalogue: string
  source: string
  title: string
  /** State of the run. */
  state: Report['state']
  run: number
  /** Since when it has been broken, or had been until now. */
  since: string
  at: string
  /** Address of the run's report. */
  report: string
  problems: { code: string; message: string; url?: string }[]
  language: string
  subject: string
  text: string
}

/** How each kind of problem is mended: keys of `mend` in notices.yaml. */
const remedies: Partial<Record<ProblemCode, string>> = {
  unreachable: 'unreachable',
  'timeout-connect': 'unreachable',
  'timeout-idle': 'slow',
  'timeout-total': 'slow',
  'http-status': 'status',
  'portal-refused': 'status',
  'bad-certificate': 'certificate',
  'robots-disallowed': 'robots',
  held: 'held',
  'empty-source': 'empty',
  'not-json': 'form',
  'unexpected-answer': 'form',
  'unreadable-rdf': 'form',
  'unknown-format': 'form',
  'repeated-page': 'pages',
  'endless-pages': 'pages',
  'page-link': 'pages',
  'too-many-redirects': 'pages',
}

const sentences = z.strictObject({
  dates: z.string(),
  broken_subject: z.string(),
  recovered_subject: z.string(),
  broken: z.string(),
  recovered: z.string(),
  since: z.string(),
  was: z.string(),
  states: z.record(z.string(), z.string()),
  problems: z.string(),
  more: z.string(),
  mend: z.string(),
  report: z.string(),
  once: z.string(),
  stays: z.string(),
  remedies: z.record(z.string(), z.string()),
})
const file = `${root}/src/words/notices.yaml`

export interface Occasion {
  source: Source
  catalogue: Catalogue
  report: Report
  state: Health
  since: string
  at: string
  language: string
}

/** The notice in the language, or in English where we have no words in it. */
export function writeNotice({ source, catalogue, report, state, since, at, language: wished }: Occasion): Notice {
  const all = readYaml(file, z.record(z.string(), sentences), {})
  const language = all[wished] ? wished : 'en'
  const words = all[language]!
  const named = (texts: Record<string, string>) => texts[language] ?? Object.values(texts)[0] ?? source.id
  const moment = new Intl.DateTimeFormat(words.dates, { dateStyle: 'long', timeStyle: 'short', timeZone: catalogue.timeZone })
  const address = addressesOf(catalogue.base).run(source.id, report.run)
  const values: Record<string, string> = {
    title: named(source.title),
    catalogue: named(catalogue.title),
    since: since && moment.format(new Date(since)),
    state: words.states[report.state]!,
    url: source.url,
    report: address,
    id: source.id,
    more: String(report.problems.length - most),
  }
  const say = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  const problems = report.problems.slice(0, most).map(({ code, message, place }) => ({ code, message, ...(place.url && { url: place.url }) }))
  const mend = [...new Set(report.problems.map(({ code }) => remedies[code] ?? 'other'))].map(remedy => words.remedies[remedy]!)
  const paragraphs =
    state === 'broken'
      ? [
          `${say(words.broken)}\n${say(words.since)}`,
          say(words.stays),
          ...(problems.length > 0
            ? [
                [say(words.problems), ...problems.map(({ message }) => `- ${message}`), ...(report.problems.length > most ? [say(words.more)] : [])].join('\n'),
                [say(words.mend), ...mend.map(each => `- ${say(each)}`)].join('\n'),
              ]
            : []),
          `${say(words.report)}\n${address}`,
          say(words.once),
        ]
      : [`${say(words.recovered)}${since ? `\n${say(words.was)}` : ''}`, `${say(words.report)}\n${address}`]
  return {
    event: state === 'broken' ? 'source-broken' : 'source-recovered',
    catalogue: catalogue.base,
    source: source.id,
    title: values['title']!,
    state: report.state,
    run: report.run,
    since,
    at,
    report: address,
    problems,
    language,
    subject: say(state === 'broken' ? words.broken_subject : words.recovered_subject),
    text: `${paragraphs.join('\n\n')}\n`,
  }
}

/** Problems that a notice names; the report has them all. */
const most = 10
