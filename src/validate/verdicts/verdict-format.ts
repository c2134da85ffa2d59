import { choose } from '../../words/choose.ts'
import type { Words } from '../../words/words.ts'
import type { Explained, Verdict } from '../feed.ts'
import type { Placed } from '../places.ts'
import { pathForPeople } from '../shacl/path-text.ts'

/** What a verdict is written with. */
export interface About {
  /** What was looked at: the name of a file, an address. */
  file: string
  /** All that is said to people is said in their language. */
  words: Words
  version: string
  /** Where a finding stands in the text, where that is known. */
  place(result: Explained): Placed | undefined
  /** Colours, for a terminal. */
  colour?: boolean
}

/** One way of writing a verdict. */
export interface VerdictFormat {
  mediaType: string
  /** Pieces of a text, one after the other: that of a large feed has megabytes. */
  write(verdict: Verdict, about: About): Iterable<string>
}

/** The sentence of a rule in the language of the reader, else in English, else as it is there; the name of its constraint where it has none. */
export const messageOf = (result: Explained, { language }: Words): { text: string; language?: string } =>
  choose(result.message, [language, 'en']) ?? { text: result.constraint }

export const saidOf = (result: Explained, words: Words): string => messageOf(result, words).text

export const adviceOf = (result: Explained, { language }: Words): string => choose(result.advice, [language, 'en'])?.text ?? ''

/** The results of one rule. */
export interface OfRule {
  rule: string
  severity: Explained['severity']
  first: Explained
  results: Explained[]
}

const ranks = ['violation', 'warning', 'info']

/** Results rule by rule: the worst first, then those with the most. */
export const byRule = (results: Explained[]): OfRule[] =>
  [...Map.groupBy(results, ({ rule, severity }) => `${severity} ${rule}`).values()]
    .map(each => ({ rule: each[0]!.rule, severity: each[0]!.severity, first: each[0]!, results: each }))
    .sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity) || b.results.length - a.results.length)

/** What is wrong where, for people: the node, its property, the value. A blank node has no name to be told. */
export function whereOf({ focus, path, value, valueType }: Explained): string {
  const said = value === undefined || (valueType === '@id' && value.startsWith('_:')) ? '' : valueType === '@id' ? `<${cut(value)}>` : `"${cut(value)}"`
  const tag = said.startsWith('"') && valueType?.startsWith('@') ? valueType : ''
  return [focus.startsWith('_:') ? '[]' : focus, path && pathForPeople(path), said + tag].filter(Boolean).join(' ')
}

const cut = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text)

/** The verdict in a sentence. */
export function summaryOf({ conforms, profile, datasets, counts, quality }: Verdict, { t, number }: Words): string {
  const severities = (['violation', 'warning', 'info'] as const).map(severity => t(`severity.${severity}`, { count: counts[severity] }))
  return [
    t(conforms ? 'validate.conforms' : 'validate.conforms_not', { profile }),
    t('validate.datasets', { count: datasets }),
    ...severities,
    t('validate.quality', { score: number(quality.score), max: number(quality.max), rating: t(`rating.${quality.rating}`) }),
  ].join(t('validate.comma'))
}
