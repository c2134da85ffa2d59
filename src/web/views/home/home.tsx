import { paths } from '../../../config/addresses.ts'
import type { Found } from '../../../ledger/records/search.ts'
import { columns, shareOf, type Figures } from '../../../outlets/scorecard/figures.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Body } from '../../page/bodies.ts'
import { listOf } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import type { ListedRecord } from '../../page/query.ts'
import { territoriesOf } from '../../page/territories.ts'
import { themesOf } from '../../page/themes.ts'
import { Layout } from '../layout.tsx'
import { OurText } from '../parts.tsx'
import { SearchBox } from '../search-box.tsx'
import { Tiles } from '../territory/tiles.tsx'
import { Themes } from '../themes.tsx'
import { WaysOut } from '../ways-out.tsx'
import { Active, Portals, Recent } from './rows.tsx'

interface Home {
  page: Page
  newest: Found
  cards: ListedRecord[]
  bodies: Body[]
  /** What the scorecard of the whole says. */
  figures: Figures
  sources: SourceStanding[]
  updated: string | undefined
}

/** The way in: search, places, themes, what is new, who is active, where it comes from, and the ways out. */
export function HomeView({ page, newest, cards, bodies, figures, sources, updated }: Home) {
  const {
    site,
    words: { t, date },
  } = page
  const { catalogue } = site.publication
  const title = choose(catalogue.title, page.reading)?.text ?? 'Fihrist'
  const description = choose(catalogue.description, page.reading)?.text
  return (
    <Layout page={page} title={title} description={description} open>
      <section class="hero">
        <div class="wrap">
          <div class="hero-row">
            <div>
              <h1>{t('home.heading')}</h1>
              {description && (
                <p class="hero-text">
                  <OurText page={page} texts={catalogue.description} />
                </p>
              )}
              <SearchBox page={page} action={paths.datasets} large />
              <Searches page={page} />
            </div>
            <Tiles page={page} territories={territoriesOf(page, newest.facets.territory)} />
          </div>
          <Counts page={page} datasets={newest.total} bodies={bodies} figures={figures} />
        </div>
      </section>
      <section class="wrap band">
        <header class="band-head">
          <h2>{t('home.themes')}</h2>
          <a href={page.to(paths.themes)}>{t('themes.title')}</a>
        </header>
        <Themes page={page} themes={themesOf(page, newest.facets.theme)} />
      </section>
      <div class="wrap band home-two">
        <Recent page={page} cards={cards} updated={updated && date(updated)} />
        <Active page={page} bodies={bodies} />
      </div>
      <Portals page={page} sources={sources} />
      <section class="band band-tint">
        <div class="wrap">
          <header class="band-head">
            <h2>{t('home.ways')}</h2>
            <a href={page.to(paths.developers)}>{t('developers.title')}</a>
          </header>
          <WaysOut page={page} />
        </div>
      </section>
    </Layout>
  )
}

/** What people ask for often, as the edition names it in the language of the page. */
function Searches({ page }: { page: Page }) {
  const searches = page.site.publication.catalogue.searches[page.language] ?? []
  if (searches.length === 0) return null
  return (
    <p class="searches">
      <span>{page.words.t('home.often')}</span>{' '}
      {searches.map(each => (
        <a href={page.to(paths.datasets, new URLSearchParams({ q: each }))}>
          <bdi>{each}</bdi>
        </a>
      ))}
    </p>
  )
}

/** Four numbers, each of which leads to what stands behind it. */
function Counts({ page, datasets, bodies, figures }: { page: Page; datasets: number; bodies: Body[]; figures: Figures }) {
  const { t, number } = page.words
  const publishing = bodies.filter(body => body.datasets > 0).length
  const share = (name: string) => {
    const share = shareOf(figures, name)
    return {
      value: share === undefined ? '–' : t('scorecard.percent', { share: number(Math.round(share * 100)) }),
      to: listOf(page, [], columns.find(each => each.name === name)!.met),
    }
  }
  const counts = [
    { name: t('home.datasets', { count: datasets }), value: number(datasets), to: page.to(paths.datasets) },
    { name: t('home.publishers', { count: publishing }), value: number(publishing), to: page.to(paths.organisations) },
    { name: t('home.open'), ...share('openFormat') },
    { name: t('home.fresh'), ...share('fresh') },
  ]
  return (
    <dl class="counts">
      {counts.map(({ name, value, to }) => (
        <div>
          <dt>
            <a href={to}>{name}</a>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
