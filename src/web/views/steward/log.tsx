import { paths } from '../../../config/addresses.ts'
import type { Deed } from '../../../ledger/programme/deeds.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Table } from '../table.tsx'
import { Frame } from './frame.tsx'

/** What was done, by whom, the newest first. */
export function LogView({ page, visitor, deeds }: { page: Page; visitor: Visitor; deeds: Deed[] }) {
  const {
    words: { t, has, moment },
  } = page
  const last = deeds.at(-1)
  return (
    <Frame page={page} {...visitor} title={t('steward.part.log')} at="log">
      <p class="forms">
        <a href={`${paths.deeds}.csv`}>CSV</a>
      </p>
      <Table label={t('steward.part.log')} heads={['when', 'name', 'act', 'on'].map(head => t(`steward.head.${head}`))}>
        {deeds.map(({ at, name, act, subject }) => (
          <tr>
            <td>
              <time datetime={at}>{moment(at)}</time>
            </td>
            <td>
              <bdi>{name}</bdi>
            </td>
            <td>{actText(act)}</td>
            <td>{subject === null ? '' : /^\d+$/.test(subject) ? <a href={page.to(paths.matter(subject))}>{subject}</a> : <bdi dir="ltr">{subject}</bdi>}</td>
          </tr>
        ))}
      </Table>
      {last && (
        <p>
          <a href={page.to(paths.deeds, new URLSearchParams({ before: String(last.id) }))}>{t('steward.older')}</a>
        </p>
      )}
    </Frame>
  )

  /** `request.publish` → the words of that move; anything else has words of its own. */
  function actText(act: string): string {
    const [kind, move] = act.split('.')
    const moved = `brought.${kind}.move.${move}`
    return move !== undefined && has(moved) ? `${t(`brought.${kind}.single`)} – ${t(moved)}` : has(`steward.act.${act}`) ? t(`steward.act.${act}`) : act
  }
}
