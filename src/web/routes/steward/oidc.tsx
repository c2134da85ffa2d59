import { addressesOf, paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { signOn } from '../../../ledger/programme/sign-on.ts'
import { sentence } from '../../../problem.ts'
import { saidProblem } from '../../../words/said.ts'
import { clearCookie, cookieOf, setCookie } from '../../http/cookies.ts'
import type { Exchange, Handle } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { signIn } from '../../http/visits.ts'
import { pageOf } from '../../page/page.ts'
import { SignInView } from '../../views/steward/sign-in.tsx'
import { ownPath } from './sign-in.tsx'

const cookie = 'fihrist-sso'

/** What either way needs. OpenID Connect is loaded where somebody signs in by it, and not by who only reads. */
async function opened({ site, request, response, route }: Exchange) {
  response.set('Cache-Control', 'no-store')
  return { page: pageOf(site, request, route.menu), settings: settingsOf(site), ...(await import('../../http/oidc.ts')) }
}

/** Leads to the sign-in of the administration. */
export const goToOidc: Handle = async exchange => {
  const { site, request, response } = exchange
  const { page, settings, beginOidc, wayText, waySeconds } = await opened(exchange)
  try {
    const { address, on } = await beginOidc(settings, addressesOf(page.origin).oidcBack, ownPath(page.query.get('to') ?? ''), site.outside)
    setCookie(request, response, cookie, wayText(on), waySeconds)
    response.redirect(303, address)
  } catch (error) {
    tell(exchange, error)
    refuse(exchange, 'steward.sso_away')
  }
}

/** Who comes back from there is let in, where he is granted a role or was invited. */
export const backFromOidc: Handle = async exchange => {
  const { site, request, response } = exchange
  const { page, settings, endOidc, isOurs, wayOf } = await opened(exchange)
  const on = wayOf(cookieOf(request, cookie))
  clearCookie(request, response, cookie)
  if (!on) return refuse(exchange, 'steward.sso_failed')
  let vouched
  try {
    vouched = await endOidc(settings, `${addressesOf(page.origin).oidcBack}?${page.query}`, on, site.outside)
  } catch (error) {
    if (isOurs(error)) return refuse(exchange, 'steward.sso_failed')
    tell(exchange, error)
    return refuse(exchange, 'steward.sso_away')
  }
  const at = new Date().toISOString()
  const { ledger } = site.publication
  const person = signOn(ledger, vouched, page.language, at)
  if (!person) return refuse(exchange, 'steward.sso_unknown')
  note(ledger, { name: person.name, act: 'sign-in', said: { by: 'oidc' } }, at)
  signIn(site, request, response, person)
  response.redirect(303, page.to(on.to || paths.steward))
}

function settingsOf(site: Exchange['site']) {
  const { oidc } = site.publication.catalogue.signIn
  if (oidc) return oidc
  throw saidProblem('not-found', 'steward.sso_none')
}

/** Who runs the catalogue is told where the provider is at fault, and never of whom. */
const tell = ({ site }: Exchange, error: unknown): void => site.report?.(new Error(`Sign-in by OpenID Connect: ${sentence(error)}`))

/** The form once more, with a sentence. */
function refuse({ site, request, response, route }: Exchange, key: string): void {
  const page = pageOf(site, request, route.menu)
  sendPage(page, response, <SignInView page={page} to="" faults={{ form: { key, values: {} } }} />, key === 'steward.sso_away' ? 502 : 403)
}
