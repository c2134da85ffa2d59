import { paths } from '../../config/addresses.ts'
import { notSaid } from '../../ledger/records/facet-kinds.ts'
import type { Page } from '../page/page.ts'
import type { ThemeCount } from '../page/themes.ts'
import { Head } from './head.tsx'
import { ThemeIcon } from './icons.tsx'
import { Layout } from './layout.tsx'

/** The themes of the catalogue, each with its drawing and its datasets. */
export function ThemesView({ page, themes }: { page: Page; themes: ThemeCount[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('themes.title')} description={t('themes.text')}>
      <Head title={t('themes.title')} text={t('themes.text')} />
      <div class="wrap band">
        <Themes page={page} themes={themes} />
      </div>
    </Layout>
  )
}

export function Themes({ page, themes }: { page: Page; themes: ThemeCount[] }) {
  const { t, number } = page.words
  return (
    <ul class="themes">
      {themes.map(({ slug, name, icon, count }) => (
        <li>
          <a
            href={slug === notSaid ? page.to(paths.datasets, new URLSearchParams({ theme: notSaid })) : page.to(paths.theme(encodeURIComponent(slug)))}
            class={count === 0 ? 'themes-empty' : undefined}
          >
            <ThemeIcon drawing={icon} />
            <span class="themes-name">{slug === notSaid ? t('themes.none') : <bdi>{name}</bdi>}</span>
            <span class="themes-count">
              <span aria-hidden="true">{number(count)}</span>
              <span class="hidden">{t('count.datasets', { count })}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
