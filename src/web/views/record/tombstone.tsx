import { paths } from '../../../config/addresses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { PortalText, SourceName } from '../parts.tsx'
import { SearchBox } from '../search-box.tsx'

/** What stays of a dataset that its portal no longer lists. */
export function TombstoneView({ page, record }: { page: Page; record: RecordRow }) {
  const { t, date } = page.words
  return (
    <Layout page={page} title={choose(record.title, page.reading)?.text ?? record.id}>
      <div class="wrap problem">
        <p class="problem-status">410</p>
        <p class="kicker">{t('tombstone.kicker')}</p>
        <h1>
          <PortalText page={page} texts={record.title} fallback={record.id} />
        </h1>
        <p>{t(page.site.source(record.source)?.enabled ? 'tombstone.text' : 'tombstone.forgotten', { date: date(record.modified) })}</p>
        <p>
          <SourceName page={page} id={record.source} />
        </p>
        <SearchBox page={page} action={paths.datasets} />
      </div>
    </Layout>
  )
}
