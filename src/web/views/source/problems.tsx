import type { RunProblem } from '../../../ledger/runs/problems.ts'
import type { Page } from '../../page/page.ts'
import { Away, Sentence } from '../parts.tsx'
import { Remedy } from '../report/line.tsx'

/** What went wrong in the last run of a portal. */
export function Problems({ page, problems }: { page: Page; problems: RunProblem[] }) {
  const { t } = page.words
  return (
    <section class="block" aria-labelledby="problems">
      <h2 id="problems">
        {t('sources.problems')} <span class="tally">{page.words.number(problems.length)}</span>
      </h2>
      <ul class="findings">
        {problems.map(({ code, message, language, record, url, excerpt }) => (
          <li class="finding">
            <Remedy page={page} line={{ part: 'problems', name: code }} />
            <Sentence text={message} language={language} kind="soft" />
            {excerpt && (
              <pre dir="ltr" tabindex={0}>
                {excerpt}
              </pre>
            )}
            <p class="finding-end">
              {record && (
                <bdi class="code" dir="ltr">
                  {record}
                </bdi>
              )}{' '}
              {url && <Away href={url} />}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
