import { paths } from '../../../config/addresses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { Page } from '../../page/page.ts'
import { PortalText } from '../parts.tsx'

/** Datasets that have a theme, a body or a place with this one. */
export function SeeAlso({ page, records }: { page: Page; records: RecordRow[] }) {
  const { t, date } = page.words
  if (records.length === 0) return null
  return (
    <section class="panel" aria-labelledby="see-also">
      <h2 id="see-also">{t('related.title')}</h2>
      <ul class="see-also">
        {records.map(({ id, title, dated }) => (
          <li>
            <a href={page.to(paths.dataset(id))}>
              <PortalText page={page} texts={title} fallback={id} />
            </a>
            {dated !== null && (
              <>
                {' '}
                <time class="soft" datetime={dated}>
                  {date(dated)}
                </time>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
