import { paths } from '../../../config/addresses.ts'
import { formats } from '../../../rdf/formats.ts'
import { compare, listed, type History, type ListedVersion } from '../../page/history.ts'
import type { Page } from '../../page/page.ts'
import { labelsOf } from '../../page/things.ts'
import { Layout } from '../layout.tsx'
import { Pill } from '../parts.tsx'
import { Compare, HistoryHead } from './history.tsx'

/** Properties that a version names; its page of changes has all. */
const mostNamed = 6

/** The versions of a record as a line of time, the newest first: what each changed in a few words, and where that is told in full. */
export function VersionsView({ page, history }: { page: Page; history: History }) {
  const { t } = page.words
  const { record } = history
  const versions = listed(history)
  return (
    <Layout page={page} title={`${t('versions.title')} : ${record.id}`}>
      <HistoryHead page={page} record={record} kicker={t('versions.title')} />
      <div class="wrap band">
        <ol class="timeline">
          {versions.map(version => (
            <VersionItem page={page} history={history} version={version} />
          ))}
        </ol>
        <Compare page={page} record={record} numbers={versions.map(version => version.number).reverse()} />
        <p class="soft whole-links">
          <span>{t('versions.forms')}</span>{' '}
          <bdi dir="ltr">
            {formats.map((format, at) => (
              <>
                {at > 0 && ' · '}
                <a href={`${paths.versions(record.id)}.${format.extension}`}>{format.label}</a>
              </>
            ))}
          </bdi>
        </p>
      </div>
    </Layout>
  )
}

function VersionItem({ page, history, version }: { page: Page; history: History; version: ListedVersion }) {
  const { t, moment } = page.words
  const { record } = history
  const { number, modified, run, runAddress, shownFrom, shownUntil, added } = version
  return (
    <li>
      <p class="timeline-date">
        <time datetime={modified}>{moment(modified)}</time>{' '}
        {shownFrom === null ? (
          <Pill kind="quarantined">{t('versions.unshown')}</Pill>
        ) : (
          shownUntil === null && <Pill kind="complete">{t('versions.current')}</Pill>
        )}
      </p>
      <p class="timeline-what">
        {number === 1 ? t('versions.first') : added === null ? t('versions.pruned') : <Changed page={page} history={history} number={number} />}
      </p>
      <p class="timeline-links">
        {number > 1 && added !== null && <a href={page.to(paths.difference(record.id, number))}>{t('versions.open')}</a>}
        {page.site.source(record.source) && <a href={page.to(runAddress)}>{t('report.title', { n: run })}</a>}
        {shownFrom !== null && (
          <a href={`${paths.version(record.id, number)}.ttl`}>
            <bdi dir="ltr">Turtle</bdi>
          </a>
        )}
      </p>
    </li>
  )
}

/** What a version changed: labels of properties, and how many files. */
function Changed({ page, history, number }: { page: Page; history: History; number: number }) {
  const { t } = page.words
  const { properties, files, others } = labelsOf(page, compare(history, { to: String(number) }))
  const said = [
    ...properties.slice(0, mostNamed),
    ...(properties.length > mostNamed ? [t('findings.more', { count: properties.length - mostNamed })] : []),
    ...(files > 0 ? [t('versions.files', { count: files })] : []),
    ...(properties.length + files === 0 && others ? [t('versions.others')] : []),
  ]
  return (
    <>
      {said.map(each => (
        <span class="label">{each}</span>
      ))}
    </>
  )
}
