import type { Cell } from '../../page/answer.ts'
import type { Page } from '../../page/page.ts'
import { Away, isLink } from '../parts.tsx'

/** One value of an answer: by its name, linked to the page of ours that tells more, or else to where it leads. */
export function CellValue({ page, cell }: { page: Page; cell: Cell }) {
  const { kind, text, value, language, path } = cell
  if (kind === 'name') {
    const name = (
      <bdi lang={language} title={value}>
        {text}
      </bdi>
    )
    if (path !== undefined) return <a href={page.to(path)}>{name}</a>
    if (!isLink(value)) return name
    return (
      <a href={value} rel="external nofollow noopener">
        {name}
      </a>
    )
  }
  if (kind === 'address' || (kind === 'code' && isLink(value))) return <Away href={value} />
  if (kind === 'date') return <time dateTime={value}>{text}</time>
  if (kind === 'number')
    return (
      <bdi dir="ltr" title={text === value ? undefined : value}>
        {text}
      </bdi>
    )
  if (kind === 'code')
    return (
      <bdi class="code" dir="ltr">
        {text}
      </bdi>
    )
  return (
    <bdi dir="auto" lang={language}>
      {text}
    </bdi>
  )
}
