import type { Dimension } from '../../../ledger/records/search.ts'
import type { Page } from '../../page/page.ts'
import { changed, qualityLabel, qualityQuery, type Listing } from '../../page/query.ts'
import { FacetName } from '../parts.tsx'

/** What narrows the list now, each with a way to take it away. */
export function Chosen({ page, listing: { chosen, text, quality } }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const all = (Object.entries(chosen) as [Dimension, string[]][]).flatMap(([dimension, all]) => all.map(value => ({ dimension, value })))
  const asked = qualityQuery(quality)
  if (all.length + asked.length === 0 && !text) return null
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
            <bdi>{t('results.quoted', { text })}</bdi>
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
            <span class="chosen-kind">{t(`facet.${dimension}`)}</span> <FacetName page={page} dimension={dimension} value={value} />
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {asked.map(([parameter, value]) => (
        <li>
          <a
            href={page.to(
              page.path,
              changed(page.query, next => next.delete(parameter, value)),
            )}
          >
            <span class="hidden">{t('results.remove')} </span>
            <span class="chosen-kind">{t(`results.${parameter}`)}</span> <bdi>{qualityLabel(page.words, parameter, value)}</bdi>
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
