import { limitedForms } from '../../http/limits.ts'
import type { Route } from '../../http/route.ts'
import { stewardLog, stewardLogTable } from './log.tsx'
import { stewardMatter, stewardPicture } from './matter.tsx'
import { stewardPeople } from './people.tsx'
import { invitation, signingIn, signingOut } from './sign-in.tsx'
import { today } from './today.tsx'

/** How often one address may try to sign in, in an hour. */
const signInLimit = limitedForms(60)
const both: ('get' | 'post')[] = ['get', 'post']

/** For those who look after the catalogue; each row says what role may come in. */
export const stewardRoutes: Route[] = [
  { path: '/steward', uncrawled: '', role: 'reader', attend: today },
  { path: '/steward/sign-in', methods: both, before: [signInLimit], answer: signingIn },
  { path: '/steward/sign-out', methods: ['post'], role: 'reader', attend: signingOut },
  { path: '/steward/invitation/:word', methods: both, before: [signInLimit], answer: invitation },
  { path: '/steward/matters/:id', methods: both, role: 'reader', attend: stewardMatter },
  { path: '/steward/matters/:id/picture', role: 'reader', attend: stewardPicture },
  { path: '/steward/people', methods: both, role: 'admin', attend: stewardPeople },
  { path: '/steward/log', role: 'admin', attend: stewardLog },
  { path: '/steward/log.csv', role: 'admin', attend: stewardLogTable },
]
