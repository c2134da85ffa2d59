import type { Page } from '../page/page.ts'
import { Sign } from './icons.tsx'

/** Where people write what they look for; what was narrowed already stays so. */
export function SearchBox({ page, action, text = '', large = false }: { page: Page; action: string; text?: string; large?: boolean }) {
  const { t } = page.words
  const kept = large ? [] : [...page.query].filter(([name, value]) => !['q', 'page', 'sort'].includes(name) && value)
  return (
    <form class={large ? 'search search-large' : 'search'} action={page.to(action)} method="get" role="search">
      <label class="hidden" for="q">
        {t('search.label')}
      </label>
      <input id="q" name="q" type="search" value={text} placeholder={t('search.placeholder')} autocomplete="off" />
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit">
        <Sign of="search" />
        <span>{t('search.button')}</span>
      </button>
    </form>
  )
}
