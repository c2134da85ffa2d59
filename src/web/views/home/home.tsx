import { paths } from '../../../config/addresses.ts'
import type { Found } from '../../../ledger/records/search.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import type { ListedRecord } from '../../page/query.ts'
import { territoriesOf } from '../../page/territories.ts'
import { Layout } from '../layout.tsx'
import { Card } from '../list/card.tsx'
import { PortalText } from '../parts.tsx'
import { SearchBox } from '../search-box.tsx'
import { SourceCard } from '../source/card.tsx'
import { Tiles } from '../territory/tiles.tsx'
import { Themes } from './themes.tsx'
import { WaysOut } from './ways-out.tsx'

interface Home {
  page: Page
  newest: Found
  cards: ListedRecord[]
  sources: SourceStanding[]
  updated: string | undefined
}

/** The way in: search, themes, what is new, where it comes from, and the ways out. */
export function HomeView({ page, newest, cards, sources, updated }: Home) {
  const {
    site,
    words: { t, number, date },
  } = page
  const { catalogue } = site.publication
  const title = choose(catalogue.title, page.reading)?.text ?? 'Fihrist'
  const description = choose(catalogue.description, page.reading)?.text
  const counts = [
    { name: t('home.datasets', { count: newest.total }), value: number(newest.total), to: paths.datasets },
    { name: t('home.publishers', { count: newest.facets.publisher.length }), value: number(newest.facets.publisher.length), to: paths.list('organisation') },
    { name: t('home.sources', { count: sources.length }), value: number(sources.length), to: paths.sources },
  ]
  return (
    <Layout page={page} title={title} description={description} open>
      <section class="hero">
        <div class="wrap">
          <div class="hero-row">
            <div>
              <h1>{t('home.heading')}</h1>
              {description && (
                <p class="hero-text">
                  <PortalText page={page} texts={catalogue.description} />
                </p>
              )}
              <SearchBox page={page} action={paths.datasets} large />
            </div>
            <Tiles page={page} territories={territoriesOf(page, newest.facets.territory)} />
          </div>
          <dl class="counts">
            {counts.map(({ name, value, to }) => (
              <div>
                <dt>
                  <a href={page.to(to)}>{name}</a>
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
            {updated && (
              <div>
                <dt>{t('home.updated', { revision: number(page.revision) })}</dt>
                <dd class="counts-date">
                  <time datetime={updated}>{date(updated)}</time>
                </dd>
              </div>
            )}
          </dl>
        </div>
      </section>
      <Themes page={page} found={newest} />
      <section class="wrap band">
        <header class="band-head">
          <h2>{t('home.newest')}</h2>
          <a href={page.to(paths.datasets)}>{t('home.all')}</a>
        </header>
        <div class="cards">
          {cards.map(card => (
            <Card page={page} card={card} level="h3" />
          ))}
        </div>
      </section>
      <section class="wrap band">
        <header class="band-head">
          <h2>{t('home.harvested')}</h2>
          <a href={page.to(paths.sources)}>{t('home.all_sources')}</a>
        </header>
        <div class="cards">
          {sources.map(each => (
            <SourceCard page={page} standing={each} />
          ))}
        </div>
      </section>
      <WaysOut page={page} />
    </Layout>
  )
}
