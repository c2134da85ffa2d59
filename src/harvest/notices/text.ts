import { addressesOf } from '../../config/addresses.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import type { Health } from '../../ledger/sources/notices.ts'
import { choose } from '../../words/choose.ts'
import { wordsIn } from '../../words/words.ts'
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
  const { language, t, has } = wordsIn(wished)
  const named = (texts: Record<string, string>) => choose(texts, [language])?.text ?? source.id
  const moment = new Intl.DateTimeFormat(t('meta.dates'), { dateStyle: 'long', timeStyle: 'short', timeZone: catalogue.timeZone })
  const address = addressesOf(catalogue.base).run(source.id, report.run)
  const values = {
    title: named(source.title),
    catalogue: named(catalogue.title),
    since: since && moment.format(new Date(since)),
    state: t(`notice.states.${report.state}`),
    url: source.url,
    id: source.id,
    more: String(report.problems.length - most),
  }
  const say = (sentence: string) => t(`notice.${sentence}`, values)
  const problems = report.problems.slice(0, most).map(({ code, message, place }) => ({ code, message, ...(place.url && { url: place.url }) }))
  const mend = [...new Set(report.problems.map(({ kind }) => t(has(`remedy.${kind}`) ? `remedy.${kind}` : 'remedy.other', values)))]
  const paragraphs =
    state === 'broken'
      ? [
          `${say('broken')}\n${say('since')}`,
          say('stays'),
          ...(problems.length > 0
            ? [
                [say('problems'), ...problems.map(({ message }) => `- ${message}`), ...(report.problems.length > most ? [say('more')] : [])].join('\n'),
                [say('mend'), ...mend.map(each => `- ${each}`)].join('\n'),
              ]
            : []),
          `${say('report')}\n${address}`,
          say('once'),
        ]
      : [`${say('recovered')}${since ? `\n${say('was')}` : ''}`, `${say('report')}\n${address}`]
  return {
    event: state === 'broken' ? 'source-broken' : 'source-recovered',
    catalogue: catalogue.base,
    source: source.id,
    title: values.title,
    state: report.state,
    run: report.run,
    since,
    at,
    report: address,
    problems,
    language,
    subject: say(state === 'broken' ? 'broken_subject' : 'recovered_subject'),
    text: `${paragraphs.join('\n\n')}\n`,
  }
}

/** Problems that a notice names; the report has them all. */
const most = 10
