import type { ComponentChildren } from 'preact'
import { paths } from '../../../config/addresses.ts'
import type { Line, Part, Report } from '../../../outlets/report/report.ts'
import { compact } from '../../../rdf/namespaces.ts'
import type { Page } from '../../page/page.ts'
import { choose } from '../../../words/choose.ts'
import type { LinePage } from '../../page/report.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact, Pages, Pill, Said, Sentence, Table, Told } from '../parts.tsx'

/** The address of the lines of a part of a report, of one name only where one is given. */
export const listAddress = (page: Page, { run }: Report, part: Part, name?: string): string =>
  page.to(paths.run(run.source, run.id), new URLSearchParams({ part, ...(name && { name }) }))

/** A page of the lines of a report. */
export function LinesView({ page, report, list: { part, name, at, total, last, lines } }: { page: Page; report: Report; list: LinePage }) {
  const { t } = page.words
  const { run } = report
  const title = (name && choose(report.remedies(part, name).title, page.reading)?.text) || t(`report.${part}`)
  return (
    <Layout page={page} title={`${title} : ${t('report.title', { n: run.id })}`}>
      <ReportHead page={page} report={report} title={title} total={total}>
        {name && (
          <p class="head-text">
            <Told page={page} texts={report.remedies(part, name).mend} />
          </p>
        )}
      </ReportHead>
      <div class="wrap band">
        <p>
          <a href={page.to(paths.run(run.source, run.id))}>{t('report.back')}</a>
        </p>
        {part === 'changes' ? (
          <ChangeTable page={page} lines={lines} />
        ) : (
          <ol class="findings">
            {lines.map(line => (
              <li class="finding">
                {!name && <Remedy page={page} line={line} />}
                <LineFacts page={page} line={line} />
              </li>
            ))}
          </ol>
        )}
        <Pages page={page} at={at} last={last} />
      </div>
    </Layout>
  )
}

export function ReportHead({
  page,
  report: { run, source },
  title,
  total,
  children,
}: {
  page: Page
  report: Report
  title: string
  total?: number
  children?: ComponentChildren
}) {
  const { t } = page.words
  return (
    <div class="head">
      <div class="wrap">
        <p class="crumbs">
          <a href={page.to(paths.sources)}>{t('nav.sources')}</a> <span aria-hidden="true">/</span>{' '}
          <a href={page.to(paths.source(source.id))}>
            <Said page={page} texts={source.title} fallback={source.id} />
          </a>
          {total !== undefined && (
            <>
              {' '}
              <span aria-hidden="true">/</span> <a href={page.to(paths.run(source.id, run.id))}>{t('report.title', { n: run.id })}</a>
            </>
          )}
        </p>
        <h1>
          <bdi>{title}</bdi>
          {total !== undefined && (
            <>
              {' '}
              <span class="tally">{page.words.number(total)}</span>
            </>
          )}
        </h1>
        {children}
      </div>
    </div>
  )
}

/** What a line says, and how it is mended. */
export function Remedy({ page, line: { part, name, severity, blocking } }: { page: Page; line: Pick<Line, 'part' | 'name' | 'severity' | 'blocking'> }) {
  const { t } = page.words
  const { title, mend } = page.site.remedies(part, name)
  return (
    <>
      <p class="finding-message">
        {severity && <Pill kind={severity}>{t(`level.${severity}`)}</Pill>}
        {part === 'problems' && <Pill kind="violation">{name}</Pill>} {blocking && <Pill kind="quarantined">{t('report.blocking')}</Pill>}{' '}
        <Told page={page} texts={title} />
      </p>
      <p class="finding-advice">
        <Told page={page} texts={mend} />
      </p>
    </>
  )
}

/** Where it is, and what stands there. */
export function LineFacts({ page, line: { part, message, language, record, property, focus, value, after, url, excerpt } }: { page: Page; line: Line }) {
  const { t } = page.words
  return (
    <>
      {message && <Sentence text={message} language={language ?? 'en'} kind="soft" />}
      <dl class="facts facts-wide">
        <Fact name={t('report.record')}>{record && <RecordLink page={page} record={record} />}</Fact>
        <Fact name={t('statements.property')}>
          {property && (
            <bdi class="code" dir="ltr">
              {property
                .split(/[/|](?=http)/)
                .map(compact)
                .slice(0, 2)
                .join(' / ')}
            </bdi>
          )}
        </Fact>
        <Fact name={t('report.place')}>
          {focus && focus !== record?.dataset && (
            <bdi class="code" dir="ltr">
              {focus}
            </bdi>
          )}
        </Fact>
        <Fact name={t(part === 'repairs' ? 'repairs.before' : 'statements.value')}>{value && <bdi class="said">{value}</bdi>}</Fact>
        <Fact name={t('repairs.after')}>{after && <bdi class="said">{compact(after)}</bdi>}</Fact>
        <Fact name={t('sources.address')}>{url && <Away href={url} />}</Fact>
      </dl>
      {excerpt && (
        <figure class="raw">
          <figcaption>{t('report.sent')}</figcaption>
          <pre dir="ltr" tabindex={0}>
            {excerpt}
          </pre>
        </figure>
      )}
    </>
  )
}

function RecordLink({ page, record }: { page: Page; record: NonNullable<Line['record']> }) {
  return record.id ? (
    <a href={page.to(paths.record(record.id))}>
      <Said page={page} texts={record.title ?? {}} fallback={record.key} />
    </a>
  ) : (
    <bdi class="code" dir="ltr">
      {record.key}
    </bdi>
  )
}

/** What a run did to records, each with what its version changed. */
export function ChangeTable({ page, lines }: { page: Page; lines: Line[] }) {
  const { t } = page.words
  return (
    <Table label={t('report.changes')} heads={[t('report.record'), t('report.changes'), t('versions.changes')]}>
      {lines.map(({ name, record, version }) => (
        <tr>
          <td>{record && <RecordLink page={page} record={record} />}</td>
          <td>{t(`report.change.${name}`)}</td>
          <td>{record?.id && version !== undefined && version > 1 && <a href={page.to(paths.difference(record.id, version))}>{t('report.difference')}</a>}</td>
        </tr>
      ))}
    </Table>
  )
}
