import { paths } from '../../../config/addresses.ts'
import { hasPoints, type Figures } from '../../../outlets/scorecard/figures.ts'
import { nameOf, pageOf } from '../../../outlets/scorecard/names.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import { dateOfDay } from '../../../validate/quality/freshness.ts'
import { mqaDimensions, metrics } from '../../../validate/quality/metrics.ts'
import { rating } from '../../../validate/quality/points.ts'
import type { Page } from '../../page/page.ts'
import { inOrder, quartersOf, type Asked } from '../../page/scorecards.ts'
import { Layout } from '../layout.tsx'
import { Pages } from '../pages.tsx'
import { rangeText, Ring } from '../record/quality.tsx'
import { Columns } from './columns.tsx'
import { Course } from './course.tsx'
import { Fixes } from './fixes.tsx'
import { League, leagueOrders } from './league.tsx'

/** Bodies of a page of the league, and fixes that are told. */
const most = { league: 100, fixes: 8 }

/** The scorecard of the whole catalogue, of a body or of a source: where it stands, what to do next, how it went, and of the whole the league. */
export function ScorecardView({ page, asked }: { page: Page; asked: Asked }) {
  const {
    words: { t, date },
    site: { publication },
  } = page
  const { cards, card, quarter, history } = asked
  const { kind, scope, figures } = card
  const name = kind === 'catalogue' ? t('scorecard.whole') : nameOf(publication, card, page.reading)
  const among: [string, string][] = kind === 'catalogue' ? [] : [[kind, scope]]
  return (
    <Layout page={page} title={kind === 'catalogue' ? t('scorecard.title') : t('scorecard.title_of', { title: t('scorecard.title'), name })}>
      <div class="head">
        <div class="wrap">
          {kind !== 'catalogue' && (
            <p class="crumbs">
              <a href={page.to(paths.quality)}>{t('scorecard.title')}</a>
            </p>
          )}
          <h1>{kind === 'catalogue' ? t('scorecard.title') : <bdi>{name}</bdi>}</h1>
          <p class="head-text">
            {t(quarter ? 'scorecard.as_of' : 'scorecard.today', { date: date(dateOfDay(cards.day)) })}{' '}
            <a href={page.to(paths.datasets, new URLSearchParams(among))}>{t('count.datasets', { count: figures.datasets })}</a>
          </p>
        </div>
      </div>
      <div class="wrap scorecard">
        {hasPoints(figures) && <Sum page={page} figures={figures} />}
        <section class="block" aria-labelledby="criteria">
          <h2 id="criteria">{t('scorecard.criteria')}</h2>
          <Columns page={page} figures={figures} among={among} />
        </section>
        <Fixes page={page} fixes={cards.fixes(card)} among={among} most={most.fixes} />
        <Course page={page} history={history} until={cards.day} />
        {kind === 'catalogue' && <Leagues page={page} asked={asked} />}
        <Forms page={page} asked={asked} />
      </div>
    </Layout>
  )
}

/** The points, by both readings, and by dimension. */
function Sum({ page, figures }: { page: Page; figures: Figures }) {
  const { t, number } = page.words
  const { points, pointsByDcatAp2, dimensions } = figures
  const mostOf = (dimension: string) => metrics.filter(each => each.dimension === dimension).reduce((sum, { weight }) => sum + weight, 0)
  return (
    <section class="sum" aria-label={t('scorecard.points')}>
      <Ring page={page} score={Math.round(points.score)} />
      <div>
        <p class="sum-rating">
          <strong>{t(`rating.${rating(points.score)}`)}</strong> {rangeText(page, points)}
        </p>
        <p class="soft">
          {t('quality.dcat_ap_2')} {rangeText(page, pointsByDcatAp2)}
        </p>
      </div>
      <ul class="sum-dimensions">
        {mqaDimensions.map(dimension => (
          <li>
            <span>{t(`dimension.${dimension}`)}</span>
            <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-back" width="100" height="6" />
              <rect class="bar-front" width={((dimensions[dimension] / mostOf(dimension)) * 100).toFixed(2)} height="6" />
            </svg>
            <span>{t('quality.points', { score: number(dimensions[dimension]), most: number(mostOf(dimension)) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The bodies, and the sources, beside each other. */
function Leagues({ page, asked: { cards } }: { page: Page; asked: Asked }) {
  const { t } = page.words
  const order = leagueOrders.find(each => each === page.query.get('sort')) ?? 'points'
  const bodies = inOrder(cards.of('publisher'), order)
  const last = Math.max(1, Math.ceil(bodies.length / most.league))
  const at = Math.max(1, Math.min(Math.trunc(Number(page.query.get('page'))) || 1, last))
  const from = (at - 1) * most.league
  return (
    <>
      <section class="block" aria-labelledby="league">
        <h2 id="league">{t('scorecard.league')}</h2>
        <p class="soft">{t('scorecard.league_text')}</p>
        <League page={page} cards={bodies.slice(from, from + most.league)} title={t('facet.publisher')} order={order} from={from} />
        <Pages page={page} at={at} last={last} />
      </section>
      <section class="block" aria-labelledby="league-sources">
        <h2 id="league-sources">{t('scorecard.sources')}</h2>
        <League page={page} cards={inOrder(cards.of('source'), order)} title={t('facet.source')} order={order} from={0} />
      </section>
    </>
  )
}

/** The same for spreadsheets and programs, and as it was at the end of former quarters. */
function Forms({ page, asked: { card } }: { page: Page; asked: Asked }) {
  const { t } = page.words
  const self = pageOf(card, paths)
  const quarters = quartersOf(page)
  return (
    <section class="block scorecard-forms" aria-labelledby="forms">
      <h2 id="forms">{t('report.forms')}</h2>
      <p class="forms">
        {[['csv', 'CSV'], ['json', 'JSON'], ...graphFormats.map(format => [format.extension, format.label])].map(([extension, label]) => (
          <a href={page.to(`${self}.${extension}`, page.query)} rel="nofollow">
            {label}
          </a>
        ))}
      </p>
      <p class="soft">{t('scorecard.print')}</p>
      {quarters.length > 0 && (
        <ul class="quarters">
          {quarters.map(quarter => (
            <li>
              <a href={page.to(self, new URLSearchParams({ quarter }))} rel="nofollow">
                {t('scorecard.quarter', { quarter: quarter.slice(6), year: quarter.slice(0, 4) })}
              </a>{' '}
              <a href={page.to(`${self}.csv`, new URLSearchParams({ quarter }))} rel="nofollow">
                CSV
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
