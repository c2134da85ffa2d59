import { paths } from '../../../config/addresses.ts'
import { clueKinds } from '../../../ledger/identity/clues.ts'
import type { Sibling } from '../../../ledger/records/siblings.ts'
import type { Page } from '../../page/page.ts'
import { Pill, PortalText, SourceName, FacetName } from '../parts.tsx'

/** The other sources that publish the same dataset, and how we know. */
export function Siblings({ page, siblings }: { page: Page; siblings: Sibling[] }) {
  const { t } = page.words
  if (siblings.length === 0) return null
  return (
    <section class="block" aria-labelledby="siblings">
      <h2 id="siblings">{t('siblings.title')}</h2>
      <p class="soft">{t('siblings.text')}</p>
      <ul class="findings">
        {siblings.map(sibling => (
          <li class="finding">
            <p class="finding-message">
              <SourceName page={page} id={sibling.record.source} /> {sibling.record.canonical === null && <Pill kind="published">{t('siblings.shown')}</Pill>}
            </p>
            <p>
              <a href={page.to(paths.record(sibling.record.id))}>
                <PortalText page={page} texts={sibling.record.title} fallback={sibling.record.id} />
              </a>
            </p>
            <Evidence page={page} sibling={sibling} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** On the page of a record that stands back: for which one. */
export function StandsBack({ page, siblings: [first] }: { page: Page; siblings: Sibling[] }) {
  const { t } = page.words
  if (!first) return null
  return (
    <div class="notice notice-warning">
      <p>
        <Pill kind="missing">{t('siblings.alternate')}</Pill> {t('siblings.stands_back')}{' '}
        <a href={page.to(paths.dataset(first.record.id))}>
          <FacetName page={page} dimension="source" value={first.record.source} />
        </a>
      </p>
    </div>
  )
}

/** Values of one kind that are named. */
const most = 3

function Evidence({ page, sibling: { evidence } }: { page: Page; sibling: Sibling }) {
  const { t } = page.words
  if (evidence.length === 0) return <p class="finding-advice">{t('siblings.indirect')}</p>
  const found = clueKinds
    .map(kind => ({ kind, values: evidence.filter(clue => clue.kind === kind).map(clue => clue.value) }))
    .filter(({ values }) => values.length > 0)
  return (
    <ul class="plain evidence">
      {found.map(({ kind, values }) => (
        <li>
          {t(`evidence.${kind}`, { count: values.length })}{' '}
          {values.slice(0, most).map(value => (
            <bdi class="code" dir="ltr">
              {value}
            </bdi>
          ))}
          {values.length > most && '…'}
        </li>
      ))}
    </ul>
  )
}
