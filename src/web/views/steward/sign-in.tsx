import { paths } from '../../../config/addresses.ts'
import type { Person } from '../../../ledger/programme/people.ts'
import type { Said } from '../../../problem.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Faults, Labelled } from '../programme/field.tsx'

/** Where those sign in who look after the catalogue. */
export function SignInView({ page, email = '', to, faults }: { page: Page; email?: string; to: string; faults: Record<string, Said> }) {
  const { t } = page.words
  const { oidc } = page.site.publication.catalogue.signIn
  return (
    <Layout page={page} title={t('steward.sign_in')} styles={['site/programme.css']}>
      <div class="wrap narrow">
        <h1>{t('steward.sign_in')}</h1>
        <p class="soft">{t('steward.sign_in_text')}</p>
        <Faults page={page} faults={faults} />
        {oidc && (
          <p>
            <a class="button" href={page.to(paths.oidc, to ? new URLSearchParams({ to }) : undefined)} rel="nofollow">
              {(oidc.title && choose(oidc.title, page.reading)?.text) ?? t('steward.sso')}
            </a>
          </p>
        )}
        <form class="form" method="post" action={page.to(paths.signIn)}>
          <input type="hidden" name="to" value={to} />
          <Labelled page={page} name="email" label={t('steward.email')}>
            <input id="email" name="email" type="email" autocomplete="username" required dir="ltr" maxlength={254} value={email} />
          </Labelled>
          <Labelled page={page} name="passphrase" label={t('steward.passphrase')}>
            <input id="passphrase" name="passphrase" type="password" autocomplete="current-password" required dir="ltr" maxlength={200} />
          </Labelled>
          <p>
            <button class="button" type="submit">
              {t('steward.sign_in')}
            </button>
          </p>
        </form>
      </div>
    </Layout>
  )
}

/** Where somebody who was invited chooses his passphrase. */
export function InvitationView({ page, person, faults }: { page: Page; person: Person; faults: Record<string, Said> }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('steward.welcome', { name: person.name })} styles={['site/programme.css']}>
      <div class="wrap narrow">
        <h1>{t('steward.welcome', { name: person.name })}</h1>
        <p class="soft">{t('steward.welcome_text', { role: t(`steward.role.${person.role}`) })}</p>
        <Faults page={page} faults={faults} />
        <form class="form" method="post" action={page.to(page.path)}>
          <input type="hidden" name="username" autocomplete="username" value={person.email} />
          <Labelled page={page} name="passphrase" label={t('steward.new_passphrase')} hint={t('steward.passphrase_hint')} fault={faults['passphrase']}>
            <input
              id="passphrase"
              name="passphrase"
              type="password"
              autocomplete="new-password"
              required
              dir="ltr"
              minlength={12}
              maxlength={200}
              aria-describedby="passphrase-hint"
            />
          </Labelled>
          <Labelled page={page} name="again" label={t('steward.passphrase_again')} fault={faults['again']}>
            <input id="again" name="again" type="password" autocomplete="new-password" required dir="ltr" maxlength={200} />
          </Labelled>
          <p>
            <button class="button" type="submit">
              {t('steward.begin')}
            </button>
          </p>
        </form>
      </div>
    </Layout>
  )
}
