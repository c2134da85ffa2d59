import type { KindName } from '../../../ledger/programme/kinds.ts'
import { type Choice, type Filled, type NamedDataset, writtenFields } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { PortalText } from '../parts.tsx'
import { Faults, FieldView, Labelled } from './field.tsx'
import { Suggestions } from './suggestions.tsx'

interface Bring {
  page: Page
  kind: KindName
  form: Filled
  ticket: string
  bodies: Choice[]
  /** The dataset that it is about, where the address says so. */
  about: NamedDataset | undefined
  /** Datasets that may be what is asked for. */
  suggestions: NamedDataset[]
}

/** The form by which something is brought: every field of its kind, where to send the answer, and what keeps machines out. */
export function BringView({ page, kind, form, ticket, bodies, about, suggestions }: Bring) {
  const { t, has } = page.words
  const words = `brought.${kind}`
  const { values, faults } = form
  const fields = writtenFields(kind)
  // Where no mail goes out, nobody is asked where it should go.
  const answers = page.site.publication.catalogue.notices.mail !== undefined
  return (
    <Layout page={page} title={t(`${words}.new`)} description={t(`${words}.about`)} styles={['site/programme.css']} scripts={['site/programme.js']}>
      <div class="head">
        <div class="wrap">
          <h1>{t(`${words}.new`)}</h1>
          {about && (
            <p class="head-by">
              <PortalText page={page} texts={about.title} fallback={about.id} />
            </p>
          )}
          <p class="head-text">{t(`${words}.about`)}</p>
        </div>
      </div>
      <div class="wrap narrow">
        <Faults page={page} faults={faults} />
        <form class="form" method="post" action={page.to(page.path)} enctype={fields.some(({ as }) => as === 'picture') ? 'multipart/form-data' : undefined}>
          <input type="hidden" name="ticket" value={ticket} />
          {fields.map(field => (
            <>
              <FieldView page={page} field={field} words={words} value={values[field.name]} fault={faults[field.name]} bodies={bodies} />
              {kind === 'request' && field.name === 'title' && <Suggestions page={page} datasets={suggestions} />}
            </>
          ))}
          {answers && (
            <Labelled page={page} name="email" label={t('form.email')} hint={t('form.email_hint')} fault={faults['email']} optional>
              <input
                id="email"
                name="email"
                type="email"
                autocomplete="email"
                maxlength={254}
                dir="ltr"
                value={values['email'] ?? ''}
                aria-describedby="email-hint"
                aria-invalid={faults['email'] ? 'true' : undefined}
              />
            </Labelled>
          )}
          <div class="trap" aria-hidden="true">
            <label for="website">{t('form.trap')}</label>
            <input id="website" name="website" type="text" tabindex={-1} autocomplete="off" />
          </div>
          <p class="soft">{t(has(`${words}.then`) ? `${words}.then` : 'form.then')}</p>
          <p>
            <button class="button" type="submit">
              {t('form.send')}
            </button>
          </p>
        </form>
      </div>
    </Layout>
  )
}
