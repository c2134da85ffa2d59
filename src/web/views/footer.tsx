import { paths } from '../../config/addresses.ts'
import type { Page } from '../page/page.ts'
import { nameOf } from '../page/reading.ts'
import { isInFoot } from '../site/texts.ts'
import { OurText, PortalText } from './parts.tsx'

/** Who publishes the catalogue under which licence, and where else a reader may go. */
export function Footer({ page }: { page: Page }) {
  const {
    site,
    words: { t, number },
  } = page
  const { catalogue } = site.publication
  const publisher = site.concept('publisher', catalogue.publisher)
  const licence = catalogue.licence
  const texts = site.texts.filter(isInFoot)
  return (
    <footer class="foot">
      <div class="wrap foot-row">
        <div>
          <p class="foot-name">
            <PortalText page={page} texts={catalogue.title} />
          </p>
          {publisher && (
            <p>
              <a href={page.to(paths.organisation(publisher.slug))}>
                <bdi>{nameOf(page, publisher.iri)}</bdi>
              </a>
            </p>
          )}
          {licence && (
            <p>
              {t('foot.licence')}{' '}
              <a href={licence}>
                <bdi>{nameOf(page, licence) ?? licence}</bdi>
              </a>
            </p>
          )}
        </div>
        <nav aria-label={t('foot.reuse')}>
          <h2>{t('foot.reuse')}</h2>
          <ul>
            <li>
              <a href={page.to(paths.sparql)}>{t('nav.sparql')}</a>
            </li>
            <li>
              <a href={page.to(paths.validate)}>{t('validate.title')}</a>
            </li>
            <li>
              <a href={page.to(paths.profiles)}>{t('standards.title')}</a>
            </li>
            <li>
              <a href={`${paths.catalogue}.ttl`}>{t('ways.feed')}</a>
            </li>
            <li>
              <a href={paths.context}>{t('ways.context')}</a>
            </li>
            <li>
              <a href={paths.sitemap}>{t('ways.sitemap')}</a>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('foot.explore')}>
          <h2>{t('foot.explore')}</h2>
          <ul>
            <li>
              <a href={page.to(paths.datasets)}>{t('nav.datasets')}</a>
            </li>
            <li>
              <a href={page.to(paths.sources)}>{t('nav.sources')}</a>
            </li>
            <li>
              <a href={page.to(paths.themes)}>{t('themes.title')}</a>
            </li>
            <li>
              <a href={page.to(paths.organisations)}>{t('organisations.title')}</a>
            </li>
            <li>
              <a href={page.to(paths.steward)}>{t('steward.title')}</a>
            </li>
          </ul>
        </nav>
        {texts.length > 0 && (
          <nav class="foot-texts" aria-label={t('foot.about')}>
            <ul>
              {texts.map(({ slug, titles }) => (
                <li>
                  <a href={page.to(paths.text(slug))}>
                    <OurText page={page} texts={titles} />
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <p class="foot-end">
          <span>{t('foot.revision', { revision: number(page.revision) })}</span> <bdi dir="ltr">Fihrist {site.version}</bdi>
        </p>
      </div>
    </footer>
  )
}
