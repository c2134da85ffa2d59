import type { Page } from '../page/page.ts'

/** Links to the pages before and after. */
export function Pages({ page, at, last }: { page: Page; at: number; last: number }) {
  if (last < 2) return null
  const { t, number } = page.words
  const to = (next: number) => {
    const query = new URLSearchParams(page.query)
    query.delete('page')
    if (next > 1) query.set('page', String(next))
    return page.to(page.path, query)
  }
  const near = [...new Set([1, at - 1, at, at + 1, last])].filter(each => each >= 1 && each <= last)
  return (
    <nav class="pages" aria-label={t('pages.label')}>
      {at > 1 && (
        <a rel="prev" href={to(at - 1)}>
          {t('pages.previous')}
        </a>
      )}
      <ol>
        {near.flatMap((each, index) => [
          index > 0 && each - near[index - 1]! > 1 ? <li aria-hidden="true">…</li> : null,
          <li>
            <a href={to(each)} aria-current={each === at ? 'page' : undefined} aria-label={t('pages.page', { page: number(each) })}>
              {number(each)}
            </a>
          </li>,
        ])}
      </ol>
      {at < last && (
        <a rel="next" href={to(at + 1)}>
          {t('pages.next')}
        </a>
      )}
    </nav>
  )
}
