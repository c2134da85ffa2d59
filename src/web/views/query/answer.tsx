import { paths } from '../../../config/addresses.ts'
import { mostRows, type ShownAnswer } from '../../page/answer.ts'
import type { Page } from '../../page/page.ts'
import { Table } from '../table.tsx'
import { CellValue } from './cell.tsx'
import { Chart } from './chart.tsx'

/** A format in which an answer can be saved. */
export interface Download {
  label: string
  extension: string
  mediaType: string
}

/** What became of a query that somebody sent: an answer, or what is wrong with it. */
export type Asked = {
  query: string
  /** How long the answer took, in milliseconds. */
  ms: number
} & ({ answer: ShownAnswer; downloads: Download[]; cut?: boolean } | { fault: Fault })

/** What is wrong with a query, in the language of the page as far as there are words. */
export interface Fault {
  title: string
  advice?: string | undefined
  /** Where the query cannot be read; `told`: the sentence says it. */
  place?: { line: number; column: number; excerpt?: string | undefined; told?: boolean } | undefined
  /** The exact sentence, and its language where it is not that of the page. */
  detail: string
  language?: string
}

/** The answer of a query, or what is wrong with it. Scripts put it in the place of the one before. */
export function AnswerView({ page, asked }: { page: Page; asked: Asked | undefined }) {
  const { t } = page.words
  return (
    <section id="answer" class="block answer" aria-label={t('sparql.answer')}>
      {asked && ('fault' in asked ? <FaultView page={page} fault={asked.fault} /> : <Answered page={page} asked={asked} />)}
    </section>
  )
}

/** In a sentence: what came, and how long it took. */
export function summaryOf({ words: { t, number, duration } }: Page, asked: Asked | undefined): string {
  if (!asked) return ''
  if ('fault' in asked) return asked.fault.title
  const { answer, ms } = asked
  const what = answer.kind === 'table' ? t('sparql.rows', { count: answer.total }) : answer.kind === 'boolean' ? t(`sparql.${answer.value}`) : t('sparql.graph')
  const shown = answer.kind === 'table' && answer.total > answer.rows.length ? ` (${t('sparql.shown', { most: number(mostRows) })})` : ''
  return `${what}${shown} · ${duration(Math.round(ms))}`
}

function Answered({ page, asked }: { page: Page; asked: Extract<Asked, { answer: ShownAnswer }> }) {
  const { t } = page.words
  const { answer, downloads, query, cut } = asked
  const incomplete = cut || (answer.kind === 'graph' && !answer.whole)
  return (
    <>
      {incomplete && <p class="notice notice-warning">{t(cut ? 'sparql.cut' : 'sparql.cut_here')}</p>}
      <Downloads page={page} query={query} downloads={downloads} />
      {answer.kind === 'boolean' && <p class="answer-boolean">{t(`sparql.${answer.value}`)}</p>}
      {answer.kind === 'graph' && (
        <pre class="scroll" dir="ltr" tabindex={0} role="region" aria-label={t('sparql.graph')}>
          {answer.text}
        </pre>
      )}
      {answer.kind === 'table' && <Rows page={page} answer={answer} />}
    </>
  )
}

function Downloads({ page, query, downloads }: { page: Page; query: string; downloads: Download[] }) {
  const name = page.words.t('sparql.download')
  return (
    <nav class="downloads" aria-label={name}>
      <span aria-hidden="true">{name}</span>
      <ul class="forms">
        {downloads.map(({ label, extension, mediaType }) => (
          <li>
            <a href={`${paths.sparql}?${new URLSearchParams({ query, format: mediaType })}`} download={`fihrist.${extension}`} type={mediaType}>
              <bdi dir="ltr">{label}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Rows({ page, answer: { columns, rows, bars, total } }: { page: Page; answer: Extract<ShownAnswer, { kind: 'table' }> }) {
  const { t } = page.words
  if (rows.length === 0) return <p class="soft">{t('sparql.nothing')}</p>
  const numeric = columns.map((_, at) => rows.every(row => row[at] === undefined || row[at].kind === 'number'))
  return (
    <>
      {bars.length > 0 && <Chart page={page} bars={bars} total={total} column={columns[numeric.indexOf(true)]!} />}
      <Table label={t('sparql.answer')} heads={columns}>
        {rows.map(row => (
          <tr>
            {row.map((cell, at) => (
              <td class={numeric[at] ? 'number' : undefined}>{cell && <CellValue page={page} cell={cell} />}</td>
            ))}
          </tr>
        ))}
      </Table>
    </>
  )
}

function FaultView({ page, fault: { advice, place, detail, language } }: { page: Page; fault: Fault }) {
  const { t } = page.words
  if (!place || place.told)
    return (
      <div class="notice notice-violation" data-line={place?.line} data-column={place?.column}>
        {advice && !place && <p>{advice}</p>}
        <p class="soft" lang={language} dir={language === undefined ? undefined : 'ltr'}>
          {detail}
        </p>
      </div>
    )
  return (
    <p class="notice notice-violation" data-line={place.line} data-column={place.column}>
      {t('sparql.at', { line: place.line, column: place.column })}{' '}
      {place.excerpt === undefined ? (
        t('sparql.ends')
      ) : (
        <>
          <bdi class="code value-said" dir="ltr">
            {place.excerpt}
          </bdi>{' '}
          {t('sparql.cannot')}
        </>
      )}
    </p>
  )
}
