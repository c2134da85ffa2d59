import type { ComponentChildren } from 'preact'
import type { Page } from '../page/page.ts'
import { changed } from '../page/query.ts'

/** The head of a column by which the page puts its rows in order (`?sort=`). */
export function SortHead({ page, name, order, up = false, children }: { page: Page; name: string; order: string; up?: boolean; children: ComponentChildren }) {
  const to = changed(page.query, next => next.set('sort', name))
  return (
    <th scope="col" aria-sort={name === order ? (up ? 'ascending' : 'descending') : undefined}>
      <a href={page.to(page.path, to)} rel="nofollow">
        {children}
      </a>
    </th>
  )
}
