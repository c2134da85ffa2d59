import { paths } from '../../../config/addresses.ts'
import type { Contribution, Step } from '../../../ledger/programme/contributions.ts'
import { stateOf } from '../../../ledger/programme/kinds.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { StatePill } from './parts.tsx'

/** Where something stands that was brought: its number and its states, and nothing of what it says. Who brought it comes back here. */
export function BroughtView({ page, of, steps }: { page: Page; of: Contribution; steps: Step[] }) {
  const {
    words: { t, date, number },
  } = page
  const { kind, id, state } = of
  const seen = stateOf(kind, state).public && kind !== 'report'
  return (
    <Layout page={page} title={t(`brought.${kind}.one`, { n: number(id) })} styles={['site/programme.css']}>
      <div class="wrap problem">
        <h1>{t(`brought.${kind}.one`, { n: number(id) })}</h1>
        <p>{t('form.thanks')}</p>
        <ol class="steps">
          {steps.map(step => (
            <li>
              <StatePill page={page} of={{ kind, state: step.state }} /> <time datetime={step.at}>{date(step.at)}</time>
            </li>
          ))}
        </ol>
        {seen && (
          <p>
            <a href={page.to(kind === 'reuse' ? paths.reuse(id) : paths.asked(id))}>{t('form.see')}</a>
          </p>
        )}
        <p>
          <a href={page.to('/')}>{t('problem.home')}</a>
        </p>
      </div>
    </Layout>
  )
}

/** Whether somebody wishes for no more answers by e-mail. */
export function UnsubscribeView({ page, done }: { page: Page; done: boolean }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('form.unsubscribe')} styles={['site/programme.css']}>
      <div class="wrap problem">
        <h1>{t('form.unsubscribe')}</h1>
        <p>{t(done ? 'form.unsubscribed' : 'form.unsubscribe_text')}</p>
        {!done && (
          <form method="post" action={page.to(page.path)}>
            <button class="button" type="submit">
              {t('form.unsubscribe')}
            </button>
          </form>
        )}
      </div>
    </Layout>
  )
}
