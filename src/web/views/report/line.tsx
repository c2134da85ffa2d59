import { paths } from '../../../config/addresses.ts'
import type { Line } from '../../../outlets/report/line.ts'
import { compact } from '../../../rdf/namespaces.ts'
import type { Page } from '../../page/page.ts'
import { Away, Fact, OurText, Pill, PortalText, Sentence } from '../parts.tsx'
import { Table } from '../table.tsx'

/** What a line says. */
export function RemedyName({ page, line: { part, name, severity, blocking } }: { page: Page; line: Pick<Line, 'part' | 'name' | 'severity' | 'blocking'> }) {
  const { t } = page.words
  return (
    <>
      {severity && <Pill kind={severity}>{t(`level.${severity}`)}</Pill>} {blocking && <Pill kind="quarantined">{t('report.blocking')}</Pill>}{' '}
      <OurText page={page} texts={page.site.remedies(part, name).title} />
    </>
  )
}

/** How what a line says is mended. */
export const RemedyAdvice = ({ page, line: { part, name } }: { page: Page; line: Pick<Line, 'part' | 'name'> }) => (
  <p>
    <OurText page={page} texts={page.site.remedies(part, name).mend} />
  </p>
)

/** The two, one after the other. */
export const Remedy = ({ page, line }: { page: Page; line: Pick<Line, 'part' | 'name' | 'severity' | 'blocking'> }) => (
  <>
    <p class="finding-message">
      <RemedyName page={page} line={line} />
    </p>
    <RemedyAdvice page={page} line={line} />
  </>
)

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
        <Fact name={t(part === 'repairs' ? 'repairs.before' : 'statements.value')}>
          {value && (
            <bdi class="said" lang="">
              {value}
            </bdi>
          )}
        </Fact>
        <Fact name={t('repairs.after')}>
          {after && (
            <bdi class="said" lang="">
              {compact(after)}
            </bdi>
          )}
        </Fact>
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
      <PortalText page={page} texts={record.title ?? {}} fallback={record.key} />
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
  const differs = ({ record, version }: Line) => record?.id && version !== undefined && version > 1 && paths.difference(record.id, version)
  const differ = lines.some(differs)
  return (
    <Table label={t('report.changes')} heads={[t('report.record'), t('report.changes'), ...(differ ? [t('versions.changes')] : [])]}>
      {lines.map(line => (
        <tr>
          <td>{line.record && <RecordLink page={page} record={line.record} />}</td>
          <td>{t(`report.changed.${line.name}`)}</td>
          {differ && <td>{differs(line) && <a href={page.to(differs(line) || '')}>{t('report.difference')}</a>}</td>}
        </tr>
      ))}
    </Table>
  )
}
