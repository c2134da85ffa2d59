import { paths } from '../../../config/addresses.ts'
import { apa } from '../../../outlets/citation.ts'
import type { PlainRecord } from '../../../outlets/plain.ts'
import type { Page } from '../../page/page.ts'
import { ToCopy } from '../to-copy.tsx'

/** How a dataset is cited, by what address it is passed on, and where a problem with it is reported. */
export function Share({ page, plain }: { page: Page; plain: PlainRecord }) {
  const { t } = page.words
  const address = page.site.addresses.dataset(plain.id)
  return (
    <section class="panel" aria-labelledby="share">
      <h2 id="share">{t('share.title')}</h2>
      <p class="cite" dir="auto" lang="">
        {apa(plain, address, page.reading)}
      </p>
      <ul class="forms">
        {['bib', 'ris'].map(extension => (
          <li>
            <a href={`${paths.dataset(plain.id)}.${extension}`} rel="nofollow">
              {extension === 'bib' ? 'BibTeX' : 'RIS'}
            </a>
          </li>
        ))}
      </ul>
      <ToCopy label={t('share.link')} text={address} />
      <ToCopy
        label={t('share.embed')}
        text={
          `<iframe src="${page.origin}${page.to(paths.embedded(plain.id))}" title="${t('share.frame')}" width="480" height="320" ` +
          'style="border:0"></iframe>'
        }
      />
      <p>
        <a href={page.to(paths.report(plain.id))} rel="nofollow">
          {t('brought.report.new')}
        </a>
      </p>
    </section>
  )
}
