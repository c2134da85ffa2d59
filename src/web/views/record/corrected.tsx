import type { MadeCorrection } from '../../../ledger/records/corrections.ts'
import { correctableBy } from '../../page/corrections.ts'
import type { Page } from '../../page/page.ts'
import { FacetName } from '../parts.tsx'

/** What the catalogue says of a dataset in the place of its portal: of what, for which office, since when. */
export function Corrected({ page, corrections }: { page: Page; corrections: MadeCorrection[] }) {
  const {
    words: { t, date },
    site,
  } = page
  if (corrections.length === 0) return null
  return (
    <section class="block" aria-labelledby="corrected">
      <h2 id="corrected">{t('corrected.title')}</h2>
      <p class="soft">{t('corrected.text')}</p>
      <ul class="plain">
        {corrections.map(({ property, language, office, at }) => (
          <li>
            <strong>{t(`steward.property.${correctableBy(property)?.name}`)}</strong>
            {language && ` (${site.words.get(language)?.t('meta.name') ?? language})`} –{' '}
            {office === null ? t('corrected.catalogue') : <FacetName page={page} dimension="publisher" value={office} />}, <time datetime={at}>{date(at)}</time>
          </li>
        ))}
      </ul>
    </section>
  )
}
