import { paths } from '../../../config/addresses.ts'
import { sorts } from '../../../ledger/records/search.ts'
import type { Page } from '../../page/page.ts'
import { changed, type Listing } from '../../page/query.ts'
import { mostLines } from '../../page/results.ts'
import { Layout } from '../layout.tsx'
import { Pages } from '../pages.tsx'
import { FoldedCourse } from '../quality/course.tsx'
import { SearchBox } from '../search-box.tsx'
import { type About, AboutHead } from './about.tsx'
import { Card } from './card.tsx'
import { Chosen } from './chosen.tsx'
import { Facets } from './facets.tsx'
import { Nothing } from './nothing.tsx'
import { ScopeTiles } from './scope-tiles.tsx'
import { Understood } from './understood.tsx'

/** Results of a search, or the datasets of one theme or organisation. */
export function ListingView({ page, listing, about }: { page: Page; listing: Listing; about?: About }) {
  const {
    words: { t },
  } = page
  const { found, cards, at, last, text } = listing
  const title = about?.heading ?? (text ? t('results.title_for', { text }) : t('results.title'))
  return (
    <Layout page={page} title={title} alternates={[{ type: 'application/atom+xml', href: feedOf(listing), title }]}>
      <div class="head">
        <div class="wrap">
          {about ? <AboutHead page={page} about={about} /> : <h1>{t('results.title')}</h1>}
          <SearchBox page={page} action={page.path} text={text} />
        </div>
      </div>
      {about && (
        <div class="wrap">
          <ScopeTiles page={page} dimension={about.dimension} slug={about.slug} figures={about.figures} />
          <FoldedCourse page={page} history={about.figures.history} until={about.figures.today} />
        </div>
      )}
      <div class="wrap results">
        <Facets page={page} listing={listing} />
        <section class="results-list" aria-labelledby="results-count">
          <div class="results-bar">
            <p id="results-count" role="status">
              {t('count.datasets', { count: found.total })}
            </p>
            <Sorting page={page} listing={listing} />
          </div>
          <Chosen page={page} listing={listing} />
          <Understood page={page} listing={listing} />
          {cards.map(card => (
            <Card page={page} card={card} sort={listing.sort} reading={found.reading} by={listing.fixed.publisher} />
          ))}
          {found.total === 0 && <Nothing page={page} listing={listing} />}
          <Pages page={page} at={at} last={last} />
          {found.total > 0 && <ForPrograms page={page} listing={listing} />}
        </section>
      </div>
    </Layout>
  )
}

/** The feed of what changes in a list. */
function feedOf({ text, chosen, fixed }: Listing): string {
  const query = new URLSearchParams(text ? { q: text } : {})
  for (const [dimension, values] of Object.entries(chosen)) for (const value of values) query.append(dimension, value)
  for (const [dimension, value] of Object.entries(fixed)) query.set(dimension, value)
  return query.size > 0 ? `${paths.atom}?${query}` : paths.atom
}

/** The same results as files, and a feed of what changes in them. */
function ForPrograms({ page, listing }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const { query } = page
  const fixed = changed(query, next => Object.entries(listing.fixed).forEach(([dimension, value]) => next.set(dimension, value)))
  const paged = new URLSearchParams(fixed)
  if (query.has('page')) paged.set('page', query.get('page')!)
  return (
    <p class="results-ways">
      <span>{t('results.as')}</span>{' '}
      <a href={page.to(`${paths.datasets}.csv`, fixed)} rel="nofollow">
        CSV{listing.found.total > mostLines && ` (${t('results.first', { n: page.words.number(mostLines) })})`}
      </a>{' '}
      <a href={page.to(`${paths.datasets}.json`, paged)} rel="nofollow">
        JSON
      </a>{' '}
      <a href={feedOf(listing)} type="application/atom+xml" rel="nofollow">
        {t('results.follow')}
      </a>
    </p>
  )
}

function Sorting({ page, listing: { sort, text } }: { page: Page; listing: Listing }) {
  const { t } = page.words
  return (
    <p class="sorting">
      <span>{t('sort.label')}</span>
      {sorts
        .filter(each => each !== 'relevance' || text)
        .map(each => (
          <a
            href={page.to(
              page.path,
              changed(page.query, next => next.set('sort', each)),
            )}
            aria-current={each === sort ? 'true' : undefined}
            rel="nofollow"
          >
            {t(`sort.${each}`)}
          </a>
        ))}
    </p>
  )
}
