import type { RecordRow } from '../../ledger/records.ts'
import { facetLabel } from '../listing.ts'
import { choose, type Page } from '../page.ts'
import { Layout } from './layout.tsx'
import { Said } from './parts.tsx'
import { SearchBox } from './search-box.tsx'

/** What stays of a dataset that its portal no longer lists. */
export function TombstoneView({ page, record }: { page: Page, record: RecordRow }) {
  const { t, date } = page.words
  return (
    <Layout page={page} title={choose(page, record.title)?.text ?? record.id} section="datasets">
      <div class="wrap problem">
        <p class="problem-status">410</p>
        <p class="kicker">{t('tombstone.kicker')}</p>
        <h1><Said page={page} texts={record.title} fallback={record.id} /></h1>
        <p>{t('tombstone.text', { date: date(record.modified) })}</p>
        <p><a href={page.to(`/sources/${record.source}`)}><bdi>{facetLabel(page, 'source', record.source)}</bdi></a></p>
        <SearchBox page={page} action="/datasets" />
      </div>
    </Layout>
  )
}
