import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'

const parts = [
  ['requests', paths.requests],
  ['reuses', paths.reuses],
  ['inventory', paths.inventory],
] as const

/** The parts of what people and bodies do with the catalogue. */
export function Tabs({ page, at }: { page: Page; at: (typeof parts)[number][0] }) {
  const { t } = page.words
  return (
    <nav class="tabs" aria-label={t('nav.programme')}>
      {parts.map(([name, path]) => (
        <a href={page.to(path)} aria-current={name === at ? 'page' : undefined}>
          {t(`programme.${name}`)}
        </a>
      ))}
    </nav>
  )
}
