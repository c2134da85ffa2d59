import { addressesOf } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { dismiss, invite, people, personNamed, type Invited } from '../../../ledger/programme/people.ts'
import { isRole } from '../../../ledger/programme/roles.ts'
import type { Said } from '../../../problem.ts'
import { isEmail } from '../../../rdf/iri.ts'
import { newWord } from '../../http/cookies.ts'
import { fieldOf, type Posted } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { bodiesOf } from '../../page/form.ts'
import { pageOf, type Page } from '../../page/page.ts'
import { PeopleView } from '../../views/steward/people.tsx'

/** Days for which an invitation holds. */
const invitationDays = 7

/** Who may sign in: invites, and lets in no longer. */
export const stewardPeople: Attend = ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const { ledger } = site.publication
  const at = new Date().toISOString()
  const show = (
    more: { values?: Record<string, string>; faults?: Record<string, Said>; link?: { email: string; href: string; until: string } },
    status = 200,
  ) => sendPage(page, response, <PeopleView page={page} visitor={visit} people={people(ledger)} bodies={bodiesOf(page)} {...more} />, status)
  if (!visit.posted) return show({})

  const leaving = fieldOf(visit.posted, 'dismiss')
  if (leaving) {
    const person = personNamed(ledger, leaving)
    if (person && person.id !== visit.person.id) {
      dismiss(ledger, person)
      note(ledger, { name: visit.person.name, act: 'dismiss', subject: person.name }, at)
    }
    return response.redirect(303, page.to(page.path))
  }
  const { invited, values, faults } = readInvited(page, visit.posted)
  if (!invited) return show({ values, faults }, 422)
  const word = newWord()
  const until = new Date(Date.parse(at) + invitationDays * 86_400_000).toISOString()
  invite(ledger, invited, word, until, at)
  note(ledger, { name: visit.person.name, act: 'invite', subject: invited.name, said: { role: invited.role } }, at)
  return show({ link: { email: invited.email, href: addressesOf(page.origin).invitation(word), until } })
}

function readInvited(page: Page, posted: Posted): { invited?: Invited; values: Record<string, string>; faults: Record<string, Said> } {
  const values = Object.fromEntries(['name', 'email', 'role', 'body', 'language'].map(name => [name, fieldOf(posted, name)]))
  const { name = '', email = '', role = '', body = '', language = '' } = values
  const faults: Record<string, Said> = {}
  if (!name || name.length > 100) faults['name'] = { key: 'form.fault.required', values: {} }
  if (!isEmail(email)) faults['email'] = { key: 'form.fault.email', values: {} }
  if (!isRole(role)) faults['role'] = { key: 'form.fault.choice', values: {} }
  if (body && !bodiesOf(page).some(({ value }) => value === body)) faults['body'] = { key: 'form.fault.body', values: {} }
  if (Object.keys(faults).length > 0 || !isRole(role)) return { values, faults }
  return { invited: { name, email, role, body: body || null, language: page.site.words.has(language) ? language : page.language }, values, faults }
}
