import { paths } from '../../config/addresses.ts'
import type { Dimension, QualityFilter } from '../../ledger/records/search.ts'
import type { Column } from '../../outlets/scorecard/figures.ts'
import type { Page } from './page.ts'
import { qualityQuery } from './query.ts'

/** Dimensions whose values have a page of their own. */
export const scopePages: Partial<Record<Dimension, (slug: string) => string>> = {
  theme: paths.theme,
  publisher: paths.organisation,
  territory: paths.territory,
}

/** The list of what counts for a column of a scorecard, or of what does not. */
export const behind = (page: Page, among: [string, string][], column: Column, which: 'met' | 'unmet'): string =>
  column.requests
    ? page.to(paths.requests, new URLSearchParams([...among.map(([, body]) => ['body', body]), ['state', which === 'met' ? 'over' : 'open']]))
    : listOf(page, among, column[which])

/** The list of the datasets of a scope that have a quality: what stands behind a number. */
export const listOf = (page: Page, among: [string, string][], filter: QualityFilter): string =>
  page.to(paths.datasets, new URLSearchParams([...among, ...qualityQuery(filter)]))
