import { paths } from '../../../config/addresses.ts'
import type { Dimension } from '../../../ledger/records/search.ts'
import { values } from '../../../rdf/graph.ts'
import { foaf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Concept } from '../../../vocabulary/concepts.ts'
import { kindOf } from '../../page/bodies.ts'
import type { BodyFigures } from '../../page/body-figures.ts'
import type { Page } from '../../page/page.ts'
import { ThemeIcon } from '../icons.tsx'
import { Away } from '../parts.tsx'

/** The theme or organisation that a list is about. */
export interface About {
  dimension: Dimension
  slug: string
  heading: string
  /** How many reuses are made of its datasets. */
  reuses: number
  concept?: Concept
  short?: string
  /** What is known of a body beside its datasets. */
  figures?: BodyFigures
}

/** What a list that is about a theme or an organisation begins with. */
export function AboutHead({ page, about: { dimension, slug, heading, concept, short, reuses } }: { page: Page; about: About }) {
  const {
    words: { t },
    site,
  } = page
  const { graph } = site.publication.vocabulary
  const ours = concept && site.addresses.isConcept(concept.iri)
  const homepage = concept && values(graph, namedNode(concept.iri), foaf.homepage)[0]?.value
  const kind = concept && kindOf(page, concept)
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
        {(concept || dimension === 'publisher' || reuses > 0) && (
          <p class="about-links">
            {dimension === 'publisher' && <a href={page.to(paths.qualityOf(encodeURIComponent(concept?.slug ?? heading)))}>{t('scorecard.see')}</a>}
            {reuses > 0 && <a href={page.to(paths.reuses, new URLSearchParams({ [dimension]: slug }))}>{t('brought.reuse.count', { count: reuses })}</a>}
            {concept && ours && <a href={page.to(site.addresses.pathOf(concept.iri))}>{t('concept.details')}</a>}
            {homepage && <Away href={homepage} />}
          </p>
        )}
      </div>
    </div>
  )
}
