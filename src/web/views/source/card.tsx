import { paths } from '../../../config/addresses.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Page } from '../../page/page.ts'
import { Away, Pill, PortalText } from '../parts.tsx'
import { stateOf } from './standing.tsx'

/** What every card of a portal begins with. */
export function CardHead({ page, standing, level: Heading }: { page: Page; standing: SourceStanding; level: 'h2' | 'h3' }) {
  const { source } = standing
  const { t } = page.words
  return (
    <>
      <p class="card-state">
        <span>
          <Pill kind={stateOf(standing)}>{t(`run.${stateOf(standing)}`)}</Pill> {standing.late && <Pill kind="late">{t('standing.late')}</Pill>}
        </span>{' '}
        <bdi class="code" dir="ltr">
          {source.protocol}
        </bdi>
      </p>
      <Heading>
        <a href={page.to(paths.source(source.id))}>
          <PortalText page={page} texts={source.title} fallback={source.id} />
        </a>
      </Heading>
      <p class="card-by">
        <Away href={source.url} />
      </p>
    </>
  )
}

/** One portal in a list: what it is, and how its last harvest went. */
export function SourceCard({ page, standing }: { page: Page; standing: SourceStanding }) {
  const { t, moment } = page.words
  const { last, records } = standing
  return (
    <article class="card card-source">
      <CardHead page={page} standing={standing} level="h3" />
      <p class="card-end">
        <span>{t('count.datasets', { count: records.published + records.missing })}</span>
        {records.quarantined > 0 && <span class="rated rated-bad">{t('sources.quarantined', { count: records.quarantined })}</span>}
        {last && (
          <span class="card-date">
            <time datetime={last.finished ?? last.started}>{moment(last.finished ?? last.started)}</time>
          </span>
        )}
      </p>
    </article>
  )
}
