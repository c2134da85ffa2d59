import { limitedForms } from '../../http/limits.ts'
import type { Route } from '../../http/route.ts'
import { bringing } from './bring.tsx'
import { brought, matter, matters, noMoreLetters, picture, supportIt } from './matters.tsx'

/** How often one address may bring something, or support it, in an hour. */
const [bringLimit, supportLimit] = [limitedForms(20), limitedForms(60)]
const form = { methods: ['get', 'post'] as ('get' | 'post')[], menu: 'programme', before: [bringLimit] }

/** What people bring, and what became of it. */
export const programmeRoutes: Route[] = [
  { path: '/requests', menu: 'programme', uncrawled: '?', resource: matters('request') },
  { path: '/requests/new', uncrawled: '', ...form, answer: bringing('request') },
  { path: '/requests/:id', menu: 'programme', resource: matter('request') },
  { path: '/requests/:id/support', menu: 'programme', methods: ['post'], before: [supportLimit], answer: supportIt },
  { path: '/reuses', menu: 'programme', uncrawled: '?', resource: matters('reuse') },
  { path: '/reuses/new', uncrawled: '', ...form, answer: bringing('reuse') },
  { path: '/reuses/:id', menu: 'programme', resource: matter('reuse') },
  { path: '/reuses/:id/picture', answer: picture },
  { path: '/dataset/:id/report', ...form, menu: 'datasets', answer: bringing('report') },
  { path: '/brought/:id', menu: 'programme', resource: brought },
  { path: '/unsubscribe/:word', methods: ['get', 'post'], answer: noMoreLetters },
]
