import { paths } from '../../../config/addresses.ts'
import type { Contribution, Step } from '../../../ledger/programme/contributions.ts'
import type { NamedDataset } from '../../page/form.ts'
import { toneOf } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import { Pill, PortalText, FacetName } from '../parts.tsx'

/** Where something stands that was brought. */
export function StatePill({ page, of: { kind, state } }: { page: Page; of: Pick<Contribution, 'kind' | 'state'> }) {
  return <Pill kind={toneOf(kind, state)}>{page.words.t(`brought.${kind}.state.${state}`)}</Pill>
}

/** A body by its name, with the way to its datasets. */
export function BodyName({ page, slug }: { page: Page; slug: string }) {
  return (
    <a href={page.to(paths.organisation(slug))}>
      <FacetName page={page} dimension="publisher" value={slug} />
    </a>
  )
}

/** What people wrote, in their own language and direction. */
export function Written({ page, of: { language }, text }: { page: Page; of: Pick<Contribution, 'language'>; text: string }) {
  return (
    <div class="prose" dir="auto" lang={language === page.language ? undefined : language}>
      {text.split(/\n\s*\n/).map(paragraph => (
        <p>{paragraph.split('\n').flatMap((line, at) => (at ? [<br />, line] : [line]))}</p>
      ))}
    </div>
  )
}

/** A title that people wrote. */
export function Title({ page, of: { language, said } }: { page: Page; of: Pick<Contribution, 'language' | 'said'> }) {
  return <bdi lang={language === page.language ? undefined : language}>{said['title']}</bdi>
}

/** Datasets by their titles. */
export function Datasets({ page, datasets }: { page: Page; datasets: NamedDataset[] }) {
  return (
    <ul class="plain">
      {datasets.map(({ id, title }) => (
        <li>
          <a href={page.to(paths.dataset(id))}>
            <PortalText page={page} texts={title} fallback={id} />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What became of something, from the beginning, with what was said. */
export function Steps({ page, of, steps }: { page: Page; of: Pick<Contribution, 'kind'>; steps: Step[] }) {
  const {
    words: { t, date },
  } = page
  return (
    <ol class="steps">
      {steps.map(({ state, at, said }) => (
        <li>
          <StatePill page={page} of={{ kind: of.kind, state }} /> <time datetime={at}>{date(at)}</time>
          {said['exception'] && <p>{t('form.exception_is', { exception: t(`exception.${said['exception']}`) })}</p>}
          {said['due'] && <p>{t('form.due_is', { date: date(said['due']) })}</p>}
          {said['answer'] && <Written page={page} of={{ language: said['language'] ?? page.language }} text={said['answer']} />}
        </li>
      ))}
    </ol>
  )
}
