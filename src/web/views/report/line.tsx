import { paths } from '../../../config/addresses.ts'
import type { Line } from '../../../outlets/report/line.ts'
import { compact } from '../../../rdf/namespaces.ts'
import type { Page } from '../../page/page.ts'
import { Away, Fact, OurText, Pill, PortalText, Sentence } from '../parts.tsx'
import { Table } from '../table.tsx'

/** What a line says, and how it is mended. */
export function Remedy({ page, line: { part, name, severity, blocking } }: { page: Page; line: Pick<Line, 'part' | 'name' | 'severity' | 'blocking'> }) {
  const { t } = page.words
  const { title, mend } = page.site.remedies(part, name)
  return (
    <>
      <p class="finding-message">
        {severity && <Pill kind={severity}>{t(`level.${severity}`)}</Pill>}
        {part === 'problems' && <Pill kind="violation">{name}</Pill>} {blocking && <Pill kind="quarantined">{t('report.blocking')}</Pill>}{' '}
        <OurText page={page} texts={title} />
      </p>
      <p class="finding-advice">
        <OurText page={page} texts={mend} />
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
