import { limitedForms } from '../../http/limits.ts'
import type { Route } from '../../http/route.ts'
import { bringing } from './bring.tsx'
import { inventory } from './inventory.tsx'
import { brought, matter, matters, noMoreLetters, picture, supportIt } from './matters.tsx'

/** How often one address may bring something, or support it, in an hour. */
const [bringLimit, supportLimit] = [limitedForms(20), limitedForms(60)]
const form = { methods: ['get', 'post'] as ('get' | 'post')[], menu: 'programme', before: [bringLimit] }

/** What people bring, and what became of it. */
export const programmeRoutes: Route[] = [
  {
    path: '/requests',
    about: 'The datasets that people ask for: a page, a feed, or linked data.',
    menu: 'programme',
    uncrawled: '?',
    resource: matters('request'),
  },
  { path: '/requests/new', about: 'The form by which people ask for a dataset.', uncrawled: '', ...form, answer: bringing('request') },
  { path: '/requests/:id', about: 'One request for a dataset, and what was answered.', menu: 'programme', resource: matter('request') },
  {
    path: '/requests/:id/support',
    about: 'One more who needs what is asked for.',
    menu: 'programme',
    methods: ['post'],
    before: [supportLimit],
    answer: supportIt,
  },
  { path: '/reuses', about: 'What people made of datasets: a page, a feed, or linked data.', menu: 'programme', uncrawled: '?', resource: matters('reuse') },
  { path: '/reuses/new', about: 'The form by which people show what they made.', uncrawled: '', ...form, answer: bringing('reuse') },
  { path: '/reuses/:id', about: 'One reuse, and the datasets that it is made of.', menu: 'programme', resource: matter('reuse') },
  { path: '/reuses/:id/picture', about: 'The picture of a reuse.', answer: picture },
  {
    path: '/dataset/:id/report',
    about: 'The form by which people report what is wrong with a dataset.',
    ...form,
    menu: 'datasets',
    answer: bringing('report'),
  },
  { path: '/inventory', about: 'What bodies know of and have not opened, and when it is to be.', menu: 'programme', uncrawled: '?', resource: inventory },
  { path: '/brought/:id', about: 'Where something stands that people brought.', menu: 'programme', resource: brought },
  { path: '/unsubscribe/:word', about: 'Where people say that they wish for no more letters.', methods: ['get', 'post'], answer: noMoreLetters },
]
