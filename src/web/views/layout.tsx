import type { ComponentChildren } from 'preact'
import { paths } from '../../config/addresses.ts'
import type { Page } from '../page/page.ts'
import { choose } from '../../words/choose.ts'
import { Mark } from './icons.tsx'
import { Said } from './parts.tsx'
import { currentRevision } from '../../ledger/records/revisions.ts'

interface Frame {
  page: Page
  title: string
  description?: string
  /** Which entry of the menu the page belongs to. */
  section?: 'datasets' | 'sources' | 'sparql'
  /** The page begins with its own coloured head. */
  open?: boolean
  styles?: string[]
  scripts?: string[]
  children: ComponentChildren
}

/** What all pages have around them. */
export function Layout({ page, title, description, section, open, styles = [], scripts = [], children }: Frame) {
  const { site, words, language } = page
  const { t } = words
  const name = choose(site.publication.catalogue.title, page.reading)?.text ?? 'Fihrist'
  const asset = site.assets.address
  const here = (to: string) => `${page.origin}${to}${page.path}${page.query.size > 0 ? `?${page.query}` : ''}`
  return (
    <html lang={language} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{title === name ? name : `${title} · ${name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {description && <meta name="description" content={description.slice(0, 300)} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href={asset('site/mark.svg')} />
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
          href={asset(words.direction === 'rtl' ? 'naskh/noto-naskh-arabic-arabic-400-normal.woff2' : 'inter/inter-latin-wght-normal.woff2')}
        />
        {['site/fonts.css', 'site/site.css', ...styles].map(style => (
          <link rel="stylesheet" href={asset(style)} />
        ))}
        {site.languages.map(each => (
          <link rel="alternate" hreflang={each} href={here(`/${each}`)} />
        ))}
        <link rel="alternate" hreflang="x-default" href={here('')} />
        <link rel="alternate" type="text/turtle" href={`${paths.catalogue}.ttl`} title={t('ways.feed')} />
        {scripts.map(script => (
          <script src={asset(script)} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t('nav.skip')}
        </a>
        <header class={open ? 'top top-open' : 'top'}>
          <div class="wrap top-row">
            <a class="brand" href={page.to('/')}>
              <Mark />
              <span>
                <Said page={page} texts={site.publication.catalogue.title} />
              </span>
            </a>
            <nav class="menu" aria-label={t('nav.menu')}>
              {(['datasets', 'sources', 'sparql'] as const).map(each => (
                <a href={page.to(`/${each}`)} aria-current={section === each ? 'page' : undefined}>
                  {t(`nav.${each}`)}
                </a>
              ))}
            </nav>
            <Languages page={page} />
          </div>
        </header>
        <main id="main">{children}</main>
        <Footer page={page} />
      </body>
    </html>
  )
}

/** The same page in the other languages, its query kept. */
function Languages({ page }: { page: Page }) {
  const { site, words, path, query } = page
  return (
    <nav class="languages" aria-label={words.t('nav.language')}>
      {site.languages.map(each => (
        <a href={`/${each}${path}${query.size > 0 ? `?${query}` : ''}`} lang={each} hreflang={each} aria-current={each === page.language ? 'true' : undefined}>
          {site.words.get(each)!.t('meta.name')}
        </a>
      ))}
    </nav>
  )
}

function Footer({ page }: { page: Page }) {
  const {
    site,
    words: { t, number },
  } = page
  const { catalogue, ledger, vocabulary } = site.publication
  const publisher = site.concept('publisher', catalogue.publisher)
  const licence = catalogue.licence
  return (
    <footer class="foot">
      <div class="wrap foot-row">
        <div>
          <p class="foot-name">
            <Said page={page} texts={catalogue.title} />
          </p>
          {publisher && (
            <p>
              <a href={page.to(paths.organisation(publisher.slug))}>
                <bdi>{vocabulary.label(publisher.iri, page.reading)}</bdi>
              </a>
            </p>
          )}
          {licence && (
            <p>
              {t('foot.licence')}{' '}
              <a href={licence}>
                <bdi>{vocabulary.label(licence, page.reading) ?? licence}</bdi>
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
              <a href={page.to(paths.list('theme'))}>{t('foot.themes')}</a>
            </li>
            <li>
              <a href={page.to(paths.list('organisation'))}>{t('foot.organisations')}</a>
            </li>
          </ul>
        </nav>
        <p class="foot-end">
          <span>{t('foot.revision', { revision: number(currentRevision(ledger)) })}</span> <bdi dir="ltr">Fihrist {site.version}</bdi>
        </p>
      </div>
    </footer>
  )
}
