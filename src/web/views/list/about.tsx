import { paths } from '../../../config/addresses.ts'
import { pageOf } from '../../../outlets/scorecard/names.ts'
import { values } from '../../../rdf/graph.ts'
import { foaf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Concept } from '../../../vocabulary/concepts.ts'
import { kindOf } from '../../page/bodies.ts'
import type { Page } from '../../page/page.ts'
import type { ScopeDimension, ScopeFigures } from '../../page/scope-figures.ts'
import { ThemeIcon } from '../icons.tsx'
import { Away, PortalText } from '../parts.tsx'

/** The theme, organisation or place that a list is about. */
export interface About {
  dimension: ScopeDimension
  slug: string
  heading: string
  /** How many reuses are made of its datasets. */
  reuses: number
  concept?: Concept
  short?: string
  figures: ScopeFigures
}

/** What a list that is about a theme, an organisation or a place begins with. */
export function AboutHead({ page, about: { dimension, slug, heading, concept, short, reuses, figures } }: { page: Page; about: About }) {
  const {
    words: { t },
    site,
  } = page
  const { graph } = site.publication.vocabulary
  const ours = concept && site.addresses.isConcept(concept.iri)
  const homepage = concept && values(graph, namedNode(concept.iri), foaf.homepage)[0]?.value
  const kind = concept && kindOf(page, concept)
  const wider = concept?.broader === undefined ? undefined : site.publication.vocabulary.concepts.get(concept.broader)
  return (
    <div class="about">
      {dimension === 'theme' && <ThemeIcon drawing={concept?.icon} />}
      <div>
        <p class="kicker">
          {t(`facet.${dimension}`)}
          {kind && ` · ${kind}`}
        </p>
        <h1>
          <bdi lang={concept ? undefined : ''}>{heading}</bdi>
          {short && (
            <span class="about-short">
              {' '}
              <bdi>{short}</bdi>
            </span>
          )}
        </h1>
        {(concept || figures.card || reuses > 0) && (
          <p class="about-links">
            {dimension === 'territory' && wider && (
              <a href={page.to(paths.territory(encodeURIComponent(wider.slug)))}>
                {t('concept.broader')} <PortalText page={page} texts={wider.labels} />
              </a>
            )}
            {(figures.card || concept) && <a href={page.to(pageOf({ kind: dimension, scope: slug }, paths))}>{t('scorecard.see')}</a>}
            {reuses > 0 && <a href={page.to(paths.reuses, new URLSearchParams({ [dimension]: slug }))}>{t('brought.reuse.count', { count: reuses })}</a>}
            {concept && ours && <a href={page.to(site.addresses.pathOf(concept.iri))}>{t('concept.details')}</a>}
            {homepage && <Away href={homepage} />}
          </p>
        )}
      </div>
    </div>
  )
}
