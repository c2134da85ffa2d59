import { paths } from '../../../config/addresses.ts'
import type { Contribution } from '../../../ledger/programme/contributions.ts'
import type { Page } from '../../page/page.ts'
import { Title } from '../programme/parts.tsx'

/** What people made of a dataset, and what they had asked for that it answers. */
export function People({ page, reuses, requests }: { page: Page; reuses: Contribution[]; requests: Contribution[] }) {
  const { t } = page.words
  const parts = [
    { name: 'reuse', all: reuses, to: paths.reuse },
    { name: 'request', all: requests, to: paths.asked },
  ]
  return (
    <>
      {parts
        .filter(({ all }) => all.length > 0)
        .map(({ name, all, to }) => (
          <section class="block" aria-labelledby={`people-${name}`}>
            <h2 id={`people-${name}`}>{t(`brought.${name}.of_dataset`)}</h2>
            <ul class="plain">
              {all.map(of => (
                <li>
                  <a href={page.to(to(of.id))}>
                    <Title page={page} of={of} />
                  </a>
                  {name === 'reuse' && <span class="soft"> · {t(`brought.reuse.type.${of.said['type']}`)}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  )
}
