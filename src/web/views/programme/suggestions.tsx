import type { NamedDataset } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import { Datasets } from './parts.tsx'

/** Datasets that there are already and may be what is asked for; the button asks without a script, and the script without the button. */
export function Suggestions({ page, datasets }: { page: Page; datasets: NamedDataset[] }) {
  const { t } = page.words
  return (
    <div class="suggestions" id="suggestions" data-from={page.to(page.path)}>
      <noscript>
        <button class="button button-quiet" type="submit" formmethod="get" formnovalidate>
          {t('brought.request.look')}
        </button>
      </noscript>
      <div aria-live="polite" id="suggested">
        <Suggested page={page} datasets={datasets} />
      </div>
    </div>
  )
}

/** The list alone: what the script puts into the page. */
export function Suggested({ page, datasets }: { page: Page; datasets: NamedDataset[] }) {
  const { t } = page.words
  if (datasets.length === 0) return <></>
  return (
    <div class="notice">
      <p>
        <strong>{t('brought.request.maybe')}</strong>
      </p>
      <Datasets page={page} datasets={datasets} />
    </div>
  )
}
