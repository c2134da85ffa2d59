import { limited, limitedForms } from '../../http/limits.ts'
import { mostBytes } from '../../http/posted.ts'
import type { Route } from '../../http/route.ts'
import { keptEntryPage } from './entry.tsx'
import { keptInventory, keptTable } from './inventory.tsx'
import { stewardLog, stewardLogTable } from './log.tsx'
import { stewardMatter, stewardPicture } from './matter.tsx'
import { backFromOidc, goToOidc } from './oidc.tsx'
import { stewardPeople } from './people.tsx'
import { stewardRecord } from './record.tsx'
import { invitation, signingIn, signingOut } from './sign-in.tsx'
import { stewardSource } from './source.tsx'
import { today } from './today.tsx'

/** How often one address may try to sign in, in an hour. */
const signInLimit = limitedForms(60)
/** And to begin, or end, a sign-in elsewhere, in a minute. */
const oidcLimit = limited('too-many-requests', 'limits.requests', 30)
const both: ('get' | 'post')[] = ['get', 'post']

/** For those who look after the catalogue; each row says what role may come in. */
export const stewardRoutes: Route[] = [
  { path: '/steward', about: 'What there is to do, for those who look after the catalogue.', uncrawled: '', methods: both, role: 'reader', attend: today },
  { path: '/steward/sign-in', about: 'Where they sign in.', methods: both, before: [signInLimit], answer: signingIn },
  { path: '/steward/sign-in/oidc', about: 'Leads to the sign-in of the administration.', before: [oidcLimit], answer: goToOidc },
  { path: '/steward/sign-in/oidc/callback', about: 'Where who signed in there comes back.', before: [oidcLimit], answer: backFromOidc },
  { path: '/steward/sign-out', about: 'Where they sign out.', methods: ['post'], role: 'reader', attend: signingOut },
  {
    path: '/steward/invitation/:word',
    about: 'Where somebody who was invited chooses a passphrase.',
    methods: both,
    before: [signInLimit],
    answer: invitation,
  },
  { path: '/steward/matters/:id', about: 'One thing that people brought, and what may be done with it.', methods: both, role: 'reader', attend: stewardMatter },
  { path: '/steward/matters/:id/picture', about: 'The picture of something that is not public yet.', role: 'reader', attend: stewardPicture },
  {
    path: '/steward/records/:id',
    about: 'A record, whether it is withheld or not, and what is decided of it.',
    methods: both,
    role: 'manager',
    attend: stewardRecord,
  },
  {
    path: '/steward/sources/:id',
    about: 'What a run of a portal would bring; has it read, or accepts that what is gone goes.',
    methods: both,
    role: 'reader',
    attend: stewardSource,
  },
  {
    path: '/steward/inventory',
    about: 'The inventory that stewards keep, and what a workbook that comes back would change.',
    methods: both,
    role: 'manager',
    most: mostBytes.table,
    attend: keptInventory,
  },
  { path: '/steward/inventory.csv', about: 'All of it, to be filled in and handed back.', role: 'manager', attend: keptTable('csv') },
  { path: '/steward/inventory.xlsx', about: 'The same as a workbook.', role: 'manager', attend: keptTable('xlsx') },
  { path: '/steward/inventory/new', about: 'The form of one more row.', methods: both, role: 'manager', attend: keptEntryPage },
  { path: '/steward/inventory/entries/:key', about: 'The form of one row.', methods: both, role: 'manager', attend: keptEntryPage },
  { path: '/steward/people', about: 'Who may sign in.', methods: both, role: 'admin', attend: stewardPeople },
  { path: '/steward/log', about: 'What was done, by whom.', role: 'admin', attend: stewardLog },
  { path: '/steward/log.csv', about: 'All of that as a table.', role: 'admin', attend: stewardLogTable },
]
