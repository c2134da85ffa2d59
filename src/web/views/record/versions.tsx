import { paths } from '../../../config/addresses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import { formats } from '../../../rdf/formats.ts'
import type { ListedVersion } from '../../page/history.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Table } from '../table.tsx'
import { Compare, HistoryHead } from './history.tsx'

/** The versions of a record, the newest first. */
export function VersionsView({ page, record, versions }: { page: Page; record: RecordRow; versions: ListedVersion[] }) {
  const { t, number, moment } = page.words
  return (
    <Layout page={page} title={`${t('versions.title')} : ${record.id}`}>
      <HistoryHead page={page} record={record} kicker={t('versions.title')} />
      <div class="wrap band">
        <Table
          label={t('versions.title')}
          kind="versions"
          heads={['number', 'date', 'run', 'revision', 'shown', 'added', 'removed', 'see'].map(each => t(`versions.${each}`))}
        >
          {versions.map(version => (
            <tr>
              <td>{number(version.number)}</td>
              <td>
                <time datetime={version.modified}>{moment(version.modified)}</time>
              </td>
              <td>{page.site.source(record.source) ? <a href={page.to(version.runAddress)}>{number(version.run)}</a> : number(version.run)}</td>
              <td>{number(version.revision)}</td>
              <td>
                {version.shownFrom === null
                  ? t('versions.never')
                  : version.shownUntil === null
                    ? t('versions.since', { from: number(version.shownFrom) })
                    : t('versions.until', { from: number(version.shownFrom), to: number(version.shownUntil) })}
              </td>
              <td>{version.added === null ? '…' : number(version.added)}</td>
              <td>{version.removed === null ? '…' : number(version.removed)}</td>
              <td>
                {version.added !== null && (
                  <>
                    <a href={page.to(paths.difference(record.id, version.number))}>{t('versions.changes')}</a> ·{' '}
                  </>
                )}
                {version.shownFrom !== null && (
                  <>
                    <a href={`${paths.version(record.id, version.number)}.ttl`}>Turtle</a>
                  </>
                )}
              </td>
            </tr>
          ))}
        </Table>
        <Compare page={page} record={record} numbers={versions.map(version => version.number).reverse()} />
        <p class="soft whole-links">
          <bdi dir="ltr">
            PROV-O
            {formats.map(format => (
              <>
                {' '}
                · <a href={`${paths.versions(record.id)}.${format.extension}`}>{format.label}</a>
              </>
            ))}
          </bdi>
        </p>
      </div>
    </Layout>
  )
}
