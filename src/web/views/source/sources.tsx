import { paths } from '../../../config/addresses.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact, Pill, Said } from '../parts.tsx'
import type { Orphan } from '../../../ledger/sources/orphans.ts'

/** How the portals that we harvest are doing. */
export function SourcesView({ page, sources, orphans }: { page: Page; sources: SourceStanding[]; orphans: Orphan[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('sources.title')} description={t('sources.text')}>
      <div class="head">
        <div class="wrap">
          <h1>{t('sources.title')}</h1>
          <p class="head-text">{t('sources.text')}</p>
          <p class="forms">
            {[
              ['json', 'JSON'],
              ['ttl', 'Turtle'],
            ].map(([extension, label]) => (
              <a href={`${paths.sources}.${extension}`}>{label}</a>
            ))}
          </p>
        </div>
      </div>
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

/** How many records are held, by what became of them. */
function HeldFacts({ page, records }: { page: Page; records: SourceStanding['records'] }) {
  const { t, number } = page.words
  return (
    <>
      {(['published', 'quarantined', 'missing', 'removed'] as const).map(each => (
        <Fact name={t(`held.${each}`)}>{records[each] > 0 && number(records[each])}</Fact>
      ))}
    </>
  )
}

export const stateOf = ({ source, last }: SourceStanding): string => (source.enabled ? (last?.state ?? 'never') : 'disabled')

function CardHead({ page, standing, level: Heading }: { page: Page; standing: SourceStanding; level: 'h2' | 'h3' }) {
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
          <Said page={page} texts={source.title} fallback={source.id} />
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

/** The same with all that is known of how it is doing. */
function StatusCard({ page, standing }: { page: Page; standing: SourceStanding }) {
  const { t } = page.words
  const { source, last } = standing
  return (
    <article class="card card-source">
      <CardHead page={page} standing={standing} level="h2" />
      {source.note && (
        <p class="card-note">
          <Said page={page} texts={source.note} />
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

/** What somebody has to look after: no complete run for some time, or none when one was due. */
export function StandingNotice({ page, standing: { source, broken, late, due } }: { page: Page; standing: SourceStanding }) {
  const { t, moment } = page.words
  if (!source.enabled || (!broken && !late)) return null
  return (
    <div class={`notice notice-${broken ? 'violation' : 'warning'} standing`}>
      {broken && <p>{t('standing.broken', { count: broken.runs, date: moment(broken.since) })}</p>}
      {late && due && <p>{t('standing.late_text', { date: moment(due) })}</p>}
    </div>
  )
}

export function StandingFacts({ page, standing: { source, records, last, lastGood, lagMs, due, late, problems } }: { page: Page; standing: SourceStanding }) {
  const { t, number, moment, duration } = page.words
  return (
    <>
      <Fact name={t('standing.last_good')}>
        {lastGood ? (
          <>
            <time datetime={lastGood.finished ?? lastGood.started}>{moment(lastGood.finished ?? lastGood.started)}</time>{' '}
            <span class="soft">{t('standing.ago', { time: duration(lagMs ?? 0) })}</span>
          </>
        ) : (
          last && t('standing.never_good')
        )}
      </Fact>
      <Fact name={t('sources.last')}>{last && last.id !== lastGood?.id && <time datetime={last.started}>{moment(last.started)}</time>}</Fact>
      <Fact name={t('standing.next')}>{due && source.enabled && !late && <time datetime={due}>{moment(due)}</time>}</Fact>
      <HeldFacts page={page} records={records} />
      <Fact name={t('standing.errors')}>
        {problems.length > 0 && (
          <ul class="plain">
            {problems.map(({ code, count }) => (
              <li>
                {page.words.has(`trouble.${code}.title`) ? t(`trouble.${code}.title`) : code}{' '}
                <bdi class="code" dir="ltr">
                  {code}
                </bdi>{' '}
                <span class="tally">{number(count)}</span>
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </>
  )
}
