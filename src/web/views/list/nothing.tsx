import { paths } from '../../../config/addresses.ts'
import { otherSearches } from '../../page/other-searches.ts'
import type { Page } from '../../page/page.ts'
import type { Listing } from '../../page/query.ts'

/** What somebody can do who found nothing. */
export function Nothing({ page, listing }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const { text } = listing
  const isNarrowed = text !== '' || page.query.size > 0
  const { unfiltered, words, often } = otherSearches(page, listing)
  const searches = words.length > 0 ? words : often
  if (!isNarrowed) return <p class="nothing">{t('results.empty')}</p>
  return (
    <div class="nothing">
      <h2>{t('results.none')}</h2>
      <p>{t('results.none_text')}</p>
      {unfiltered > 0 && (
        <p>
          <a href={page.to(paths.datasets, new URLSearchParams({ q: text }))}>{t('results.unfiltered', { count: unfiltered, text })}</a>
        </p>
      )}
      {searches.length > 0 && (
        <p class="searches">
          <span>{t(words.length > 0 ? 'results.try' : 'home.often')}</span>{' '}
          {searches.map(each => (
            <a href={page.to(paths.datasets, new URLSearchParams({ q: each }))}>
              <bdi>{each}</bdi>
            </a>
          ))}
        </p>
      )}
      <p>
        <a href={page.to(paths.datasets)}>{t('results.none_all')}</a>
      </p>
      <p>
        <a href={page.to(paths.newRequest, new URLSearchParams(text ? { title: text } : {}))} rel="nofollow">
          {t('unopened.ask')}
        </a>
      </p>
    </div>
  )
}
