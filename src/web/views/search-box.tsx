import type { Page } from '../page/page.ts'
import { Sign } from './icons.tsx'

interface Box {
  page: Page
  action: string
  text?: string
  large?: boolean
  /** It stands in the head of every page, and begins a search of its own. */
  inHead?: boolean
}

/** Where people write what they look for; what was narrowed already stays so. */
export function SearchBox({ page, action, text = '', large = false, inHead = false }: Box) {
  const { t } = page.words
  const id = inHead ? 'find' : 'q'
  const kept = large || inHead ? [] : [...page.query].filter(([name, value]) => !['q', 'page', 'sort'].includes(name) && value)
  return (
    <form class={large ? 'search search-large' : inHead ? 'search search-head' : 'search'} action={page.to(action)} method="get" role="search">
      <label class="hidden" for={id}>
        {t('search.label')}
      </label>
      <input id={id} name="q" type="search" value={text} placeholder={t('search.placeholder')} autocomplete="off" />
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
