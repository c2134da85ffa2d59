import { paths } from '../../config/addresses.ts'
import type { QualityFilter } from '../../ledger/records/search.ts'
import type { Page } from './page.ts'
import { qualityQuery } from './query.ts'

/** The list of the datasets of a scope that have a quality: what stands behind a number. */
export const listOf = (page: Page, among: [string, string][], filter: QualityFilter): string =>
  page.to(paths.datasets, new URLSearchParams([...among, ...qualityQuery(filter)]))
