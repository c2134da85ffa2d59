import { paths } from '../../../config/addresses.ts'
import { rating } from '../../../validate/quality/points.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { type ListedRecord, facetLabel } from '../../page/query.ts'
import { Badge, PortalText } from '../parts.tsx'

/** One dataset in a list. */
export function Card({ page, card: { record, facets }, level = 'h2' }: { page: Page; card: ListedRecord; level?: 'h2' | 'h3' }) {
  const { words } = page
  const description = choose(record.description, page.reading)
  const publisher = facets.publisher?.[0]
  const changed = record.portal_modified ?? record.modified
  const rated = rating(record.score)
  const Heading = level
  return (
    <article class="card">
      <Heading>
        <a href={page.to(paths.dataset(record.id))}>
          <PortalText page={page} texts={record.title} fallback={record.id} />
        </a>
      </Heading>
      {publisher && (
        <p class="card-by">
          <bdi>{facetLabel(page, 'publisher', publisher)}</bdi>
        </p>
      )}
      {description && (
        <p class="card-text" dir="auto" lang={description.language === page.language || description.language === 'und' ? undefined : description.language}>
          {description.text.slice(0, 320)}
        </p>
      )}
      <p class="card-end">
        {(facets.format ?? []).slice(0, 6).map(format => (
          <Badge page={page} code={format} />
        ))}
        <span class="card-date">
          <time datetime={changed}>{words.date(changed)}</time>
        </span>
        <span class={`rated rated-${rated}`}>{words.t(`rating.${rated}`)}</span>
      </p>
    </article>
  )
}
