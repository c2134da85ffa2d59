import { paths } from '../../../config/addresses.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Body } from '../../page/bodies.ts'
import type { Page } from '../../page/page.ts'
import { type ListedRecord } from '../../page/query.ts'
import { Badge, Pill, PortalText, FacetName } from '../parts.tsx'
import { stateOf } from '../source/standing.tsx'

/** What its publishers brought up to date last, a row each. */
export function Recent({ page, cards, updated }: { page: Page; cards: ListedRecord[]; updated: string | undefined }) {
  const { t, date } = page.words
  return (
    <section aria-labelledby="recent">
      <header class="band-head">
        <h2 id="recent">{t('home.newest')}</h2>
        <a href={page.to(paths.datasets)}>{t('home.all')}</a>
      </header>
      <ul class="rows">
        {cards.map(({ record, facets }) => (
          <li>
            <span class="rows-date">{record.dated ? <time datetime={record.dated}>{date(record.dated)}</time> : t('card.undated')}</span>
            <span class="rows-main">
              <a href={page.to(paths.dataset(record.id))}>
                <PortalText page={page} texts={record.title} fallback={record.id} />
              </a>
              {facets.publisher?.[0] && (
                <span class="soft">
                  <FacetName page={page} dimension="publisher" value={facets.publisher[0]} />
                </span>
              )}
            </span>
            <span class="rows-end">
              {(facets.format ?? []).slice(0, 3).map(format => (
                <Badge page={page} code={format} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {updated && <p class="soft rows-note">{t('home.updated', { date: updated })}</p>}
    </section>
  )
}

const mostBodies = 7

/** Who publishes most. */
export function Active({ page, bodies }: { page: Page; bodies: Body[] }) {
  const { t, number } = page.words
  const active = bodies
    .filter(({ datasets }) => datasets > 0)
    .sort((a, b) => b.datasets - a.datasets)
    .slice(0, mostBodies)
  return (
    <section aria-labelledby="active">
      <header class="band-head">
        <h2 id="active">{t('home.active')}</h2>
        <a href={page.to(paths.organisations)}>{t('home.all_bodies')}</a>
      </header>
      <ol class="rows">
        {active.map(({ slug, short, datasets, score }) => (
          <li>
            <span class="rows-main">
              <a href={page.to(paths.organisation(encodeURIComponent(slug)))}>
                <FacetName page={page} dimension="publisher" value={slug} />
              </a>
              <span class="soft">
                {short && (
                  <>
                    <bdi>{short}</bdi> ·{' '}
                  </>
                )}
                {t('count.datasets', { count: datasets })}
              </span>
            </span>
            {score !== undefined && <span class="rows-end soft">{t('home.points', { count: Math.round(score), n: number(Math.round(score)) })}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The portals that the catalogue reads, a line each. */
export function Portals({ page, sources }: { page: Page; sources: SourceStanding[] }) {
  const { t, ago } = page.words
  const byName = new Intl.Collator(page.language)
  const nameOf = ({ source }: SourceStanding) => choose(source.title, page.reading)?.text ?? source.id
  if (sources.length === 0) return null
  return (
    <section class="wrap band" aria-labelledby="portals">
      <header class="band-head">
        <h2 id="portals">{t('home.harvested')}</h2>
        <a href={page.to(paths.sources)}>{t('home.all_sources')}</a>
      </header>
      <ul class="rows rows-columns">
        {sources
          .toSorted((a, b) => byName.compare(nameOf(a), nameOf(b)))
          .map(standing => (
            <li>
              <span class="rows-main">
                <a href={page.to(paths.source(standing.source.id))}>
                  <PortalText page={page} texts={standing.source.title} fallback={standing.source.id} />
                </a>
                <span class="soft">
                  {standing.lastGood
                    ? t('standing.read', { ago: ago(standing.lagMs ?? 0) })
                    : t(standing.last ? 'standing.never_good_text' : 'standing.never_text')}
                </span>
              </span>
              <span class="rows-end">
                {standing.late ? <Pill kind="late">{t('standing.late')}</Pill> : <Pill kind={stateOf(standing)}>{t(`run.${stateOf(standing)}`)}</Pill>}
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}
