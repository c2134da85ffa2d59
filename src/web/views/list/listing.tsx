import { paths } from '../../../config/addresses.ts'
import type { Dimension } from '../../../ledger/records/search.ts'
import type { Concept } from '../../../vocabulary/vocabulary.ts'
import { changed, facetLabel, sorts, type Listing } from '../../page/query.ts'
import type { Page } from '../../page/page.ts'
import { Card } from './card.tsx'
import { Facets } from './facets.tsx'
import { ThemeIcon } from '../icons.tsx'
import { Layout } from '../layout.tsx'
import { Away, Pages } from '../parts.tsx'
import { SearchBox } from '../search-box.tsx'
import { values } from '../../../rdf/graph.ts'
import { dct, foaf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'

/** The theme or organisation that a list is about. */
export interface About {
  dimension: Dimension
  heading: string
  concept?: Concept
  short?: string
}

/** Results of a search, or the datasets of one theme or organisation. */
export function ListingView({ page, listing, about }: { page: Page; listing: Listing; about?: About }) {
  const {
    words: { t },
  } = page
  const { found, cards, at, last, text } = listing
  const title = about?.heading ?? (text ? t('results.title_for', { text }) : t('results.title'))
  return (
    <Layout page={page} title={title}>
      <div class="head">
        <div class="wrap">
          {about ? <AboutHead page={page} about={about} /> : <h1>{t('results.title')}</h1>}
          <SearchBox page={page} action={page.path} text={text} />
        </div>
      </div>
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
          {cards.map(card => (
            <Card page={page} card={card} />
          ))}
          {found.total === 0 && <Nothing page={page} />}
          <Pages page={page} at={at} last={last} />
        </section>
      </div>
    </Layout>
  )
}

function AboutHead({ page, about: { dimension, heading, concept, short } }: { page: Page; about: About }) {
  const {
    words: { t },
    site,
  } = page
  const { graph } = site.publication.vocabulary
  const ours = concept && site.addresses.isConcept(concept.iri)
  const homepage = concept && values(graph, namedNode(concept.iri), foaf.homepage)[0]?.value
  const kind = concept && values(graph, namedNode(concept.iri), dct.type)[0]?.value
  return (
    <div class="about">
      {dimension === 'theme' && <ThemeIcon code={concept?.broadMatch[0]?.split('/').pop() ?? concept?.slug} />}
      <div>
        <p class="kicker">
          {t(`facet.${dimension}`)}
          {kind && site.publication.vocabulary.label(kind, page.reading) ? ` · ${site.publication.vocabulary.label(kind, page.reading)}` : ''}
        </p>
        <h1>
          <bdi>{heading}</bdi>
          {short && (
            <span class="about-short">
              {' '}
              <bdi>{short}</bdi>
            </span>
          )}
        </h1>
        {concept && (
          <p class="about-links">
            {ours && <a href={page.to(site.addresses.pathOf(concept.iri))}>{t('concept.details')}</a>}
            {homepage && <Away href={homepage} />}
          </p>
        )}
      </div>
    </div>
  )
}

/** What narrows the list now, each with a way to take it away. */
function Chosen({ page, listing: { chosen, text } }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const all = (Object.entries(chosen) as [Dimension, string[]][]).flatMap(([dimension, all]) => all.map(value => ({ dimension, value })))
  if (all.length === 0 && !text) return null
  return (
    <ul class="chosen" aria-label={t('results.chosen')}>
      {text && (
        <li>
          <a
            href={page.to(
              page.path,
              changed(page.query, next => next.delete('q')),
            )}
          >
            <span class="hidden">{t('results.remove')} </span>
            <bdi>« {text} »</bdi>
            <span aria-hidden="true">×</span>
          </a>
        </li>
      )}
      {all.map(({ dimension, value }) => (
        <li>
          <a
            href={page.to(
              page.path,
              changed(page.query, next => next.delete(dimension, value)),
            )}
          >
            <span class="hidden">{t('results.remove')} </span>
            <span class="chosen-kind">{t(`facet.${dimension}`)}</span> <bdi>{facetLabel(page, dimension, value)}</bdi>
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a class="chosen-none" href={page.to(page.path)}>
          {t('results.remove_all')}
        </a>
      </li>
    </ul>
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

function Nothing({ page }: { page: Page }) {
  const { t } = page.words
  return (
    <div class="nothing">
      <h2>{t('results.none')}</h2>
      <p>{t('results.none_text')}</p>
      <p>
        <a href={page.to(paths.datasets)}>{t('results.none_all')}</a>
      </p>
    </div>
  )
}
