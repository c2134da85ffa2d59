import { paths } from '../../../config/addresses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { Page } from '../../page/page.ts'
import { PortalText } from '../parts.tsx'

/** What the pages of the history of a record begin with. */
export function HistoryHead({ page, record, kicker }: { page: Page; record: RecordRow; kicker: string }) {
  return (
    <div class="head">
      <div class="wrap">
        <p class="crumbs">
          <a href={page.to(paths.record(record.id))}>{page.words.t('record.title')}</a>
        </p>
        <p class="kicker">{kicker}</p>
        <h1>
          <PortalText page={page} texts={record.title} fallback={record.id} />
        </h1>
      </div>
    </div>
  )
}

/** Asks for what lies between any two versions. */
export function Compare({
  page,
  record,
  numbers,
  from = numbers[0],
  to = numbers.at(-1),
}: {
  page: Page
  record: RecordRow
  numbers: number[]
  from?: number | undefined
  to?: number | undefined
}) {
  if (numbers.length < 2) return null
  const { t, number } = page.words
  const choice = (name: 'from' | 'to', chosen: number | undefined) => (
    <label>
      {t(`versions.${name}`)}{' '}
      <select name={name}>
        {numbers.map(each => (
          <option value={each} selected={each === chosen}>
            {number(each)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form class="compare" method="get" action={page.to(paths.comparison(record.id))}>
      {choice('from', from)} {choice('to', to)}{' '}
      <button class="button" type="submit">
        {t('versions.compare')}
      </button>
    </form>
  )
}
