import type { ComponentChildren } from 'preact'
import { paths } from '../../config/addresses.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { Footer } from './footer.tsx'
import { Mark, Sign } from './icons.tsx'
import { PortalText } from './parts.tsx'
import { SearchBox } from './search-box.tsx'

interface Frame {
  page: Page
  title: string
  description?: string
  /** The page begins with its own coloured head. */
  open?: boolean
  styles?: string[]
  scripts?: string[]
  /** Other forms of what the page is about, for programs. */
  alternates?: { type: string; href: string; title?: string }[]
  /** What the page is about, as JSON-LD for search engines. */
  data?: Record<string, unknown>
  /** Its path, where its query is no part of what it is. */
  at?: string
  children: ComponentChildren
}

/** What all pages have around them. */
export function Layout({ page, title, description, open, styles = [], scripts = [], alternates = [], data, at, children }: Frame) {
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
        <link rel="canonical" href={site.addresses.inLanguage(language, at ?? here('').slice(page.origin.length))} />
        {site.languages.map(each => (
          <link rel="alternate" hreflang={each} href={here(`/${each}`)} />
        ))}
        <link rel="alternate" hreflang="x-default" href={here('')} />
        <link rel="alternate" type="text/turtle" href={`${paths.catalogue}.ttl`} title={t('ways.feed')} />
        <link rel="alternate" type="application/atom+xml" href={paths.atom} title={name} />
        <link rel="search" type="application/opensearchdescription+xml" href={paths.openSearch} title={name} />
        {alternates.map(({ type, href, title: name }) => (
          <link rel="alternate" type={type} href={href} title={name} />
        ))}
        {data && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: inScript(data) }} />}
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
                <PortalText page={page} texts={site.publication.catalogue.title} />
              </span>
            </a>
            <div class="top-wide">
              <Menu page={page} />
              {!open && page.path !== paths.datasets && <SearchBox page={page} action={paths.datasets} inHead />}
              <Languages page={page} />
            </div>
            <a class="top-find" href={page.to(paths.datasets)} aria-label={t('search.label')}>
              <Sign of="search" />
            </a>
            <details class="top-fold">
              <summary aria-label={t('nav.menu')}>
                <Sign of="menu" />
              </summary>
              <div class="top-panel">
                <Menu page={page} />
                <Languages page={page} />
              </div>
            </details>
          </div>
        </header>
        <main id="main">{children}</main>
        <Footer page={page} />
      </body>
    </html>
  )
}

function Menu({ page }: { page: Page }) {
  const { t } = page.words
  return (
    <nav class="menu" aria-label={t('nav.menu')}>
      {menuOf(page.site).map(({ name, path }) => (
        <a href={page.to(path)} aria-current={page.menu === name ? 'page' : undefined}>
          {t(`menu.${name}`)}
        </a>
      ))}
    </nav>
  )
}

/** JSON within an element that ends at the first `</script`, whatever stands before it. */
const inScript = (data: Record<string, unknown>) => JSON.stringify(data).replaceAll('<', String.raw`\u003c`)

/** Each entry of the menu with the first of its addresses that leads to one page. */
function menuOf({ routes }: Site): { name: string; path: string }[] {
  const entries = Map.groupBy(
    routes.filter(({ path }) => !/[:*]/.test(path)),
    ({ menu }) => menu,
  )
  return [...entries].flatMap(([name, [first]]) => (name === undefined ? [] : [{ name, path: first!.path }]))
}

/** The same page in the other languages, its query kept. */
function Languages({ page }: { page: Page }) {
  const { site, words, path, query } = page
  return (
    <nav class="languages" aria-label={words.t('nav.language')}>
      {site.languages.map(each => (
        <a
          href={`/${each}${path}${query.size > 0 ? `?${query}` : ''}`}
          lang={each}
          hreflang={each}
          aria-label={`${site.words.get(each)!.t('meta.short')}, ${site.words.get(each)!.t('meta.name')}`}
          aria-current={each === page.language ? 'true' : undefined}
        >
          {site.words.get(each)!.t('meta.short')}
        </a>
      ))}
    </nav>
  )
}
