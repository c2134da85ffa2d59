import { paths } from '../../../config/addresses.ts'
import type { Found } from '../../../ledger/records/search.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { ownLists } from '../../../vocabulary/lists.ts'
import { facetLabel, type Card as CardFacts } from '../../page/query.ts'
import type { Page } from '../../page/page.ts'
import { choose } from '../../../words/choose.ts'
import { Card } from '../list/card.tsx'
import { ThemeIcon } from '../icons.tsx'
import { Layout } from '../layout.tsx'
import { Said } from '../parts.tsx'
import { SearchBox } from '../search-box.tsx'
import { SourceCard } from '../source/sources.tsx'

interface Home {
  page: Page
  newest: Found
  cards: CardFacts[]
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
          <h1>{t('home.heading')}</h1>
          {description && (
            <p class="hero-text">
              <Said page={page} texts={catalogue.description} />
            </p>
          )}
          <SearchBox page={page} action={paths.datasets} large />
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

function Themes({ page, found }: { page: Page; found: Found }) {
  const {
    words: { t, number },
    site,
  } = page
  const own = ownLists(site.publication.catalogue.base).theme
  const themes = found.facets.theme.map(({ value, count }) => ({ value, count, concept: site.concept('theme', value) }))
  const national = themes.filter(({ concept }) => concept?.scheme === own)
  const shown = national.length > 0 ? national : themes
  if (shown.length === 0) return null
  const code = (iris: string[], slug: string) => iris.map(iri => iri.slice(iri.lastIndexOf('/') + 1))[0] ?? slug
  return (
    <section class="wrap band">
      <header class="band-head">
        <h2>{t('home.themes')}</h2>
      </header>
      <ul class="themes">
        {shown.map(({ value, count, concept }) => (
          <li>
            <a href={page.to(paths.theme(encodeURIComponent(value)))}>
              <ThemeIcon code={code(concept?.broadMatch ?? [], value)} />
              <span class="themes-name">
                <bdi>{facetLabel(page, 'theme', value)}</bdi>
              </span>
              <span class="themes-count">
                <span aria-hidden="true">{number(count)}</span>
                <span class="hidden">{t('count.datasets', { count })}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function WaysOut({ page }: { page: Page }) {
  const { t } = page.words
  const ways = [
    { name: 'sparql', to: page.to(paths.sparql), code: paths.sparql },
    { name: 'feed', to: `${paths.catalogue}.ttl`, code: `${paths.catalogue}.ttl` },
    { name: 'record', to: page.to(paths.datasets), code: `${paths.dataset('…')}.jsonld` },
  ]
  return (
    <section class="band band-tint">
      <div class="wrap">
        <header class="band-head">
          <h2>{t('home.ways')}</h2>
        </header>
        <ul class="ways">
          {ways.map(({ name, to, code }) => (
            <li>
              <h3>
                <a href={to}>{t(`ways.${name}`)}</a>
              </h3>
              <p>{t(`ways.${name}_text`)}</p>
              <code dir="ltr">{code}</code>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
