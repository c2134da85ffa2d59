import { paths } from '../../../config/addresses.ts'
import type { Orphan } from '../../../ledger/sources/orphans.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'
import { Away, Fact, Pill, PortalText } from '../parts.tsx'
import { SortHead } from '../sort-head.tsx'
import { HeldFacts, StandingNotice, stateOf } from './standing.tsx'

/** A source with its points, where it has datasets. */
export type RatedSource = SourceStanding & { score: number | undefined }

/** What the list can be put in order by. Where nothing is asked for, what needs a hand comes first. */
const orders: Record<string, (a: RatedSource, b: RatedSource) => number> = {
  state: (a, b) => need(b) - need(a),
  read: (a, b) => (b.lagMs ?? Infinity) - (a.lagMs ?? Infinity),
  datasets: (a, b) => shownOf(b) - shownOf(a),
  quarantined: (a, b) => b.records.quarantined - a.records.quarantined,
  points: (a, b) => (b.score ?? -1) - (a.score ?? -1),
}
const need = ({ source, broken, late, last }: RatedSource) => (source.enabled ? (broken ? 3 : late ? 2 : last ? 1 : 0) : -1)
const shownOf = ({ records }: SourceStanding) => records.published + records.missing

/** How the portals that we harvest are doing. */
export function SourcesView({ page, sources, orphans }: { page: Page; sources: RatedSource[]; orphans: Orphan[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('sources.title')} description={t('sources.text')}>
      <Head title={t('sources.title')} text={t('sources.text')}>
        <p class="forms">
          <a class="forms-main" href={page.to(paths.validate)}>
            {t('validate.title')}
          </a>
          {[
            ['json', 'JSON'],
            ['ttl', 'Turtle'],
          ].map(([extension, label]) => (
            <a href={`${paths.sources}.${extension}`}>{label}</a>
          ))}
        </p>
      </Head>
      <div class="wrap band">
        <SourceTable page={page} sources={sources} />
      </div>
      {orphans.length > 0 && <Orphans page={page} orphans={orphans} />}
    </Layout>
  )
}

function SourceTable({ page, sources }: { page: Page; sources: RatedSource[] }) {
  const { t } = page.words
  const byName = new Intl.Collator(page.language)
  const nameOf = ({ source }: RatedSource) => choose(source.title, page.reading)?.text ?? source.id
  const order = page.query.get('sort') ?? ''
  const rows = sources.toSorted((a, b) => (order === 'name' ? 0 : (orders[order] ?? orders['state']!)(a, b)) || byName.compare(nameOf(a), nameOf(b)))
  const head = (name: string, key: string, up = false) => (
    <SortHead page={page} name={name} order={order} up={up}>
      {t(key)}
    </SortHead>
  )
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={t('sources.title')}>
      <table class="listed">
        <thead>
          <tr>
            {head('name', 'sources.portal', true)}
            {head('state', 'run.state')}
            {head('read', 'sources.read')}
            <th scope="col">{t('standing.next')}</th>
            {head('datasets', 'scorecard.datasets')}
            {head('quarantined', 'admission.quarantined')}
            {head('points', 'scorecard.points')}
          </tr>
        </thead>
        <tbody>
          {rows.map(each => (
            <Row page={page} rated={each} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ page, rated }: { page: Page; rated: RatedSource }) {
  const { t, number, near, ago } = page.words
  const { source, last, lastGood, lagMs, due, late, records, score } = rated
  const state = stateOf(rated)
  return (
    <tr>
      <th scope="row">
        <a href={page.to(paths.source(source.id))}>
          <PortalText page={page} texts={source.title} fallback={source.id} />
        </a>
        <p class="soft source-address">
          <Away href={source.url} />
        </p>
        {source.note && (
          <p class="soft">
            <PortalText page={page} texts={source.note} />
          </p>
        )}
        <StandingNotice page={page} standing={rated} />
      </th>
      <td data-head={t('run.state')}>
        {last ? (
          <a href={page.to(paths.run(source.id, last.id))} title={t('report.title', { n: last.id })}>
            <Pill kind={state}>{t(`run.${state}`)}</Pill>
          </a>
        ) : (
          <Pill kind={state}>{t(`run.${state}`)}</Pill>
        )}
      </td>
      <td data-head={t('sources.read')}>{lastGood ? <time datetime={lastGood.finished ?? lastGood.started}>{ago(lagMs ?? 0)}</time> : '–'}</td>
      <td data-head={t('standing.next')}>{due && source.enabled && !late ? <time datetime={due}>{near(due)}</time> : '–'}</td>
      <td class="figure" data-head={t('scorecard.datasets')}>
        <a href={page.to(paths.datasets, new URLSearchParams({ source: source.id }))}>{number(shownOf(rated))}</a>
      </td>
      <td class={records.quarantined > 0 ? 'figure bad' : 'figure zero'} data-head={t('admission.quarantined')}>
        {records.quarantined > 0 ? <a href={page.to(`${paths.source(source.id)}`) + '#quarantine'}>{number(records.quarantined)}</a> : number(0)}
      </td>
      <td class="figure" data-head={t('scorecard.points')}>
        {score === undefined ? '–' : <a href={page.to(paths.sourceQuality(source.id))}>{number(Math.round(score))}</a>}
      </td>
    </tr>
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
