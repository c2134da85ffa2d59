import type { Link } from '../../../ledger/links/links.ts'
import type { LinkDifference } from '../../../outlets/link-differences.ts'
import type { Page } from '../../page/page.ts'
import { Pill } from '../parts.tsx'

/** Whether the address of a file answers, and in what the file is another than its portal says. Nothing where nobody could tell. */
export function LinkStateLine({ page, link, differences }: { page: Page; link: Link; differences: LinkDifference[] }) {
  const { t, date, size } = page.words
  const said = ({ kind, declared, found }: LinkDifference) =>
    kind === 'size' ? t('links.size', { declared: size(Number(declared)), found: size(Number(found)) }) : t(`links.${kind}`, { declared, found })
  const day = (moment: string | null) => date((moment ?? '').slice(0, 10))
  return (
    <>
      {link.state === 'alive' && <p class="link-state soft">{t('links.alive', { date: day(link.answered) })}</p>}
      {link.state === 'failing' && (
        <p class="link-state">
          <Pill kind="warning">{t('links.failing', { date: day(link.checked) })}</Pill>
        </p>
      )}
      {link.state === 'dead' && (
        <p class="link-state">
          <Pill kind="violation">{t('links.dead', { date: day(link.failing_since) })}</Pill>{' '}
          {link.status !== null && <span class="soft">HTTP {link.status}</span>}
        </p>
      )}
      {link.state === 'alive' && differences.map(each => <p class="link-state link-differs">{said(each)}</p>)}
    </>
  )
}
