import { paths } from '../../../config/addresses.ts'
import type { DeadLink } from '../../../ledger/links/uses.ts'
import type { Page } from '../../page/page.ts'
import { Away, PortalText } from '../parts.tsx'

/** The addresses of a source that are dead: what stands there has to be put back, or the address mended. */
export function DeadLinks({ page, dead }: { page: Page; dead: DeadLink[] }) {
  const { t, date } = page.words
  return (
    <section class="block" aria-labelledby="dead">
      <h2 id="dead">{t('links.dead_title')}</h2>
      <p class="soft">{t('links.dead_text')}</p>
      <ul class="findings">
        {dead.map(({ url, status, failing_since: since, record, title, records }) => (
          <li class="finding">
            <p class="finding-message">
              <Away href={url} />
            </p>
            <p class="finding-end">
              {t('links.dead', { date: date((since ?? '').slice(0, 10)) })} {status !== null && `(HTTP ${status})`} ·{' '}
              <a href={page.to(paths.dataset(record))}>
                <PortalText page={page} texts={JSON.parse(title) as Record<string, string>} fallback={record} />
              </a>{' '}
              {records > 1 && t('findings.more', { count: records - 1 })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
