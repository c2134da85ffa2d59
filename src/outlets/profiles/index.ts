import { oneOf } from '../asked.ts'
import type { Document } from '../document.ts'
import type { Form, Link } from '../outlet.ts'
import type { Publication } from '../publication.ts'
import { croissant } from './croissant.ts'
import { dcatAp2 } from './dcat-ap-2.ts'
import { dcatAp } from './dcat-ap.ts'
import type { Profile } from './profile.ts'
import { schemaOrgProfile } from './schema-org.ts'

/** The profiles that datasets and the feed are had in; the first where none is named. Add one: a file beside this one and a line here. */
export const profiles: Profile[] = [dcatAp, dcatAp2, schemaOrgProfile, croissant]

/** The profile that a query asks for. Throws `bad-request`, naming all there are. */
export function profileIn(query: URLSearchParams): Profile {
  const name = oneOf(
    query,
    'profile',
    profiles.map(each => each.name),
  )
  return profiles.find(each => each.name === name) ?? profiles[0]!
}

/** Those of some forms that the profile of a query is had in: some are JSON-LD and nothing else. One that there is not is for `profileIn` to refuse. */
export function formsIn<F extends Partial<Form>>(all: F[], query: URLSearchParams): F[] {
  const asked = profiles.find(({ name }) => name === query.get('profile'))
  return asked?.json ? all.filter(({ extension }) => extension === 'jsonld') : all
}

/** A document in the words of a profile. */
export const inProfile = (document: Document, { quads }: Profile, { vocabulary }: Publication): Document =>
  quads ? { ...document, quads: quads(document.quads, vocabulary) } : document

/** What an answer is in (RFC 6906). */
export const profileLink = ({ iri }: Profile): Link => ({ rel: 'profile', href: iri })
