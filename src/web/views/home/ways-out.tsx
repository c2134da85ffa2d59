import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'

/** How programs get at the data. */
export function WaysOut({ page }: { page: Page }) {
  const { t } = page.words
  const ways = [
    { name: 'sparql', to: page.to(paths.sparql), code: paths.sparql },
    { name: 'feed', to: `${paths.catalogue}.ttl`, code: `${paths.catalogue}.ttl` },
    { name: 'record', to: page.to(paths.datasets), code: `${paths.dataset('…')}.jsonld` },
  ]
  return (
    <section class="band band-tint">
      <div class="wrap">
        <header class="band-head">
          <h2>{t('home.ways')}</h2>
        </header>
        <ul class="ways">
          {ways.map(({ name, to, code }) => (
            <li>
              <h3>
                <a href={to}>{t(`ways.${name}`)}</a>
              </h3>
              <p>{t(`ways.${name}_text`)}</p>
              <code dir="ltr">{code}</code>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
