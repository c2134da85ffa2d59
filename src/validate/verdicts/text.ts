import { oneLine } from '../../shown.ts'
import type { Words } from '../../words/words.ts'
import type { Placed } from '../places.ts'
import { adviceOf, byRule, saidOf, summaryOf, whereOf, type OfRule, type VerdictFormat } from './verdict-format.ts'

const colours = { violation: 31, warning: 33, info: 36, conforms: 32, faint: 2, bold: 1 } as const

/** For people at a terminal: the rules that are broken, how often, an example of each, and what to do. */
export const text: VerdictFormat = {
  mediaType: 'text/plain',
  write(verdict, { file, words, place, colour = false }) {
    const paint = (as: keyof typeof colours, said: string) => (colour ? `\u001B[${colours[as]}m${said}\u001B[0m` : said)
    const { t } = words
    const rule = ({ severity, first, results }: OfRule) => {
      const placed = place(first)
      return [
        `${paint(severity, t(`level.${severity}`))}  ${paint('bold', saidOf(first, words))}  ${t('validate.places', { count: results.length })}`,
        `    ${oneLine(whereOf(first))}${first.meant ? `  (${t('validate.meant', { meant: first.meant })})` : ''}`,
        ...(placed ? [paint('faint', `    ${lineOf(placed, words)}: ${oneLine(placed.excerpt)}`)] : []),
        ...(adviceOf(first, words) ? [`    → ${adviceOf(first, words)}`] : []),
      ].join('\n')
    }
    const summary = paint(verdict.conforms ? 'conforms' : 'violation', `${file}: ${summaryOf(verdict, words)}`)
    return [...byRule(verdict.results).map(each => `${rule(each)}\n\n`), summary]
  },
}

export const lineOf = ({ line, column }: Pick<Placed, 'line' | 'column'>, { t }: Words): string =>
  column === undefined ? t('validate.line', { line }) : t('validate.line_column', { line, column })
