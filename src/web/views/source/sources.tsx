import { paths } from '../../../config/addresses.ts'
import type { Orphan } from '../../../ledger/sources/orphans.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Page } from '../../page/page.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'
import { Fact, PortalText } from '../parts.tsx'
import { CardHead } from './card.tsx'
import { HeldFacts, StandingFacts, StandingNotice } from './standing.tsx'

/** How the portals that we harvest are doing. */
export function SourcesView({ page, sources, orphans }: { page: Page; sources: SourceStanding[]; orphans: Orphan[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('sources.title')} description={t('sources.text')}>
      <Head title={t('sources.title')} text={t('sources.text')}>
        <p class="forms">
          {[
            ['json', 'JSON'],
            ['ttl', 'Turtle'],
          ].map(([extension, label]) => (
            <a href={`${paths.sources}.${extension}`}>{label}</a>
          ))}
        </p>
      </Head>
      <div class="wrap band">
        <div class="cards cards-wide">
          {sources.map(each => (
            <StatusCard page={page} standing={each} />
          ))}
        </div>
      </div>
      {orphans.length > 0 && <Orphans page={page} orphans={orphans} />}
    </Layout>
  )
}

/** What is held of sources that the edition no longer has. */
function Orphans({ page, orphans }: { page: Page; orphans: Orphan[] }) {
  const { t, moment } = page.words
  return (
    <section class="wrap band" aria-labelledby="orphans">
      <h2 id="orphans">{t('orphans.title')}</h2>
      <p class="soft">{t('orphans.text')}</p>
      <div class="cards cards-wide">
        {orphans.map(({ id, records, last }) => (
          <article class="card card-source">
            <h3>
              <a href={page.to(paths.datasets, new URLSearchParams({ source: id }))}>
                <bdi class="code" dir="ltr">
                  {id}
                </bdi>
              </a>
            </h3>
            <dl class="facts facts-wide">
              <Fact name={t('sources.last')}>{last && <time datetime={last}>{moment(last)}</time>}</Fact>
              <HeldFacts page={page} records={records} />
            </dl>
          </article>
        ))}
      </div>
    </section>
  )
}

/** The same with all that is known of how it is doing. */
function StatusCard({ page, standing }: { page: Page; standing: SourceStanding }) {
  const { t } = page.words
  const { source, last } = standing
  return (
    <article class="card card-source">
      <CardHead page={page} standing={standing} level="h2" />
      {source.note && (
        <p class="card-note">
          <PortalText page={page} texts={source.note} />
        </p>
      )}
      <StandingNotice page={page} standing={standing} />
      <dl class="facts facts-wide">
        <StandingFacts page={page} standing={standing} />
      </dl>
      {last && (
        <p class="card-end">
          <a href={page.to(paths.run(source.id, last.id))}>{t('report.title', { n: last.id })}</a>
        </p>
      )}
    </article>
  )
}
