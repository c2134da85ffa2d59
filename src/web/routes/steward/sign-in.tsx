import { paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { acceptInvitation, invitedBy, known } from '../../../ledger/programme/people.ts'
import type { Said } from '../../../problem.ts'
import { saidProblem } from '../../../words/said.ts'
import { countGuess, forgetGuesses, refuseGuesses } from '../../http/guesses.ts'
import { isEasy, isPassphrase, keptPassphrase, passphraseLength } from '../../http/passphrases.ts'
import { fieldOf, readPosted } from '../../http/posted.ts'
import type { Attend, Handle } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { signIn, signOut } from '../../http/visits.ts'
import { pageOf } from '../../page/page.ts'
import { InvitationView, SignInView } from '../../views/steward/sign-in.tsx'

/** Signing in. Whoever is wrong is told the same in the same time, whether there is such a person or not. */
export const signingIn: Handle = async ({ site, request, response, route }) => {
  const page = pageOf(site, request, route.menu)
  response.set('Cache-Control', 'no-store')
  if (request.method !== 'POST') return sendPage(page, response, <SignInView page={page} to={ownPath(page.query.get('to') ?? '')} faults={{}} />)
  const posted = await readPosted(site, request)
  const [email, passphrase, to] = [fieldOf(posted, 'email'), fieldOf(posted, 'passphrase'), ownPath(fieldOf(posted, 'to'))]
  const [who, from] = [email.toLowerCase(), request.ip ?? '']
  refuseGuesses(who, from)
  const { ledger } = site.publication
  const found = known(ledger, email)
  if (!(await isPassphrase(passphrase, found?.passphrase)) || !found) {
    countGuess(who, from)
    const faults = { form: { key: 'steward.wrong', values: {} } }
    return sendPage(page, response, <SignInView page={page} email={email} to={to} faults={faults} />, 422)
  }
  forgetGuesses(who, from)
  note(ledger, { name: found.person.name, act: 'sign-in' }, new Date().toISOString())
  signIn(site, request, response, found.person)
  response.redirect(303, page.to(to || paths.steward))
}

/** A path within the pages of stewards, and nowhere else. */
export const ownPath = (path: string): string => (/^\/steward(?:\/[\w./-]*)?$/.test(path) && !path.includes('..') ? path : '')

export const signingOut: Attend = ({ site, request, response, route }, { posted }) => {
  if (posted) signOut(site, request, response)
  response.redirect(303, pageOf(site, request, route.menu).to(posted ? '/' : paths.steward))
}

/** Somebody who was invited chooses his passphrase, and is let in. */
export const invitation: Handle = async ({ site, request, response, route }) => {
  const page = pageOf(site, request, route.menu)
  response.set('Cache-Control', 'no-store')
  const { ledger } = site.publication
  const word = String(request.params['word'])
  const now = new Date().toISOString()
  const person = invitedBy(ledger, word, now)
  if (!person) throw saidProblem('not-found', 'steward.invitation_over')
  const show = (faults: Record<string, Said>, status = 200) => sendPage(page, response, <InvitationView page={page} person={person} faults={faults} />, status)
  if (request.method !== 'POST') return show({})
  const posted = await readPosted(site, request)
  const [passphrase, again] = [fieldOf(posted, 'passphrase'), fieldOf(posted, 'again')]
  const { least, most } = passphraseLength
  if (passphrase.length < least || passphrase.length > most) return show({ passphrase: { key: 'steward.passphrase_length', values: { least, most } } }, 422)
  if (isEasy(passphrase, person.email)) return show({ passphrase: { key: 'steward.passphrase_easy', values: {} } }, 422)
  if (passphrase !== again) return show({ again: { key: 'steward.passphrase_differs', values: {} } }, 422)
  const accepted = acceptInvitation(ledger, word, await keptPassphrase(passphrase), now)
  if (!accepted) throw saidProblem('not-found', 'steward.invitation_over')
  note(ledger, { name: accepted.name, act: 'invitation-accepted' }, now)
  signIn(site, request, response, accepted)
  response.redirect(303, page.to(paths.steward))
}
