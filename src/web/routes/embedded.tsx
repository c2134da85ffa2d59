import { paths } from '../../config/addresses.ts'
import { html } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { canonicalOf, knownEntry, publicVersion, stateOf, type Entry } from '../page/dossier.ts'
import { cardsOf } from '../page/query.ts'
import { EmbeddedView } from '../views/record/embedded.tsx'

/** The card of a dataset, for a frame within a page of another site. */
export const embedded: Resource<Entry> = {
  find: ({ site }, { id = '' }) => knownEntry(site, id),
  as: [html(({ record }, page) => <EmbeddedView page={page} card={cardsOf(page, [record])[0]!} />)],
  check: (entry, _as, { site }) => void publicVersion(site, entry),
  elsewhere: entry => (entry.record.canonical === null ? undefined : paths.embedded(canonicalOf(entry).id)),
  state: entry => stateOf(entry, true),
  links: ({ record }, _as, { site }) => [{ rel: 'canonical', href: site.addresses.dataset(record.id) }],
}
