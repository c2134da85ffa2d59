import type { Page } from '../page.ts'
import type { Standing } from '../routes/sources.tsx'
import { Layout } from './layout.tsx'
import { Away, Pill, Said } from './parts.tsx'

/** The portals we harvest. */
export function SourcesView({ page, sources }: { page: Page, sources: Standing[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('sources.title')} description={t('sources.text')} section="sources">
      <div class="head"><div class="wrap"><h1>{t('sources.title')}</h1><p class="head-text">{t('sources.text')}</p></div></div>
      <div class="wrap band"><div class="cards">{sources.map(each => <SourceCard page={page} standing={each} level="h2" />)}</div></div>
    </Layout>
  )
}

/** One portal in a list: what it is, and how its last harvest went. */
export function SourceCard({ page, standing: { source, run, counts }, level = 'h3' }: { page: Page, standing: Standing, level?: 'h2' | 'h3' }) {
  const { t, moment } = page.words
  const Heading = level
  const state = source.enabled ? run?.state ?? 'never' : 'disabled'
  return (
    <article class="card card-source">
      <p class="card-state"><Pill kind={state}>{t(`run.${state}`)}</Pill> <bdi class="code" dir="ltr">{source.protocol}</bdi></p>
      <Heading><a href={page.to(`/sources/${source.id}`)}><Said page={page} texts={source.title} fallback={source.id} /></a></Heading>
      <p class="card-by"><Away href={source.url} /></p>
      <p class="card-end">
        <span>{t('count.datasets', { count: counts.published + counts.missing })}</span>
        {counts.quarantined > 0 && <span class="rated rated-bad">{t('sources.quarantined', { count: counts.quarantined })}</span>}
        {run && <span class="card-date"><time datetime={run.finished ?? run.started}>{moment(run.finished ?? run.started)}</time></span>}
      </p>
    </article>
  )
}
