import { paths } from '../../../config/addresses.ts'
import type { Found } from '../../../ledger/records/search.ts'
import { ownLists } from '../../../vocabulary/lists.ts'
import type { Page } from '../../page/page.ts'
import { facetLabel } from '../../page/query.ts'
import { ThemeIcon } from '../icons.tsx'

/** The themes of the catalogue: its own where it has some, with the datasets of each. */
export function Themes({ page, found }: { page: Page; found: Found }) {
  const {
    words: { t, number },
    site,
  } = page
  const own = ownLists(site.publication.catalogue.base).theme
  const themes = found.facets.theme.map(({ value, count }) => ({ value, count, concept: site.concept('theme', value) }))
  const national = themes.filter(({ concept }) => concept?.scheme === own)
  const shown = national.length > 0 ? national : themes
  if (shown.length === 0) return null
  return (
    <section class="wrap band">
      <header class="band-head">
        <h2>{t('home.themes')}</h2>
      </header>
      <ul class="themes">
        {shown.map(({ value, count, concept }) => (
          <li>
            <a href={page.to(paths.theme(encodeURIComponent(value)))}>
              <ThemeIcon drawing={concept?.icon} />
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
