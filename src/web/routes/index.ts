import type { Route } from '../http/route.ts'
import { concept } from './concept.tsx'
import { dataset, distribution, record } from './dataset.tsx'
import { datasets, organisation, theme } from './datasets.tsx'
import { health, readiness } from './health.ts'
import { home } from './home.tsx'
import { outletRoutes } from './outlets.ts'
import { robots } from './robots.ts'
import { acceptRemovals, limitRequests, notify, readWish, request } from './run-requests.ts'
import { run } from './runs.tsx'
import { source, sources } from './sources.tsx'
import { sparqlTerms } from './sparql-terms.ts'
import { limitQueries, readQueries, sparql } from './sparql.tsx'
import { territories } from './territories.tsx'
import { text } from './texts.tsx'
import { check, limitChecks, readFeed, validatePage, verdictPage } from './validate.tsx'
import { version, versionDifference, versions } from './versions.tsx'
import { withheld } from './withheld.ts'

/** Every address of the catalogue. Add one: a file beside this one and a line here; a way out for programs alone is a row of outlets/index.ts. */
export const routes: Route[] = [
  { path: '/', resource: home },
  { path: '/datasets', menu: 'datasets', uncrawled: '?*&', resource: datasets },
  { path: '/theme/:slug', menu: 'datasets', resource: theme },
  { path: '/organisation/:slug', menu: 'datasets', resource: organisation },
  { path: '/dataset/:id', menu: 'datasets', resource: dataset },
  { path: '/dataset/:id/resource/:resource', answer: distribution },
  { path: '/record/:id', menu: 'sources', resource: record },
  { path: '/record/:id/versions', menu: 'sources', resource: versions },
  { path: '/record/:id/versions/diff', menu: 'sources', resource: versionDifference },
  { path: '/record/:id/versions/:n', resource: version },
  { path: '/record/:id/versions/:n/diff', menu: 'sources', resource: versionDifference },
  { path: '/id/*path', resource: concept },
  { path: '/territories', menu: 'territories', resource: territories },
  { path: '/sources', menu: 'sources', resource: sources },
  { path: '/sources/:id', menu: 'sources', resource: source },
  { path: '/sources/:id/runs/:n', menu: 'sources', resource: run },
  { path: '/sparql', menu: 'sparql', uncrawled: '?', methods: ['get', 'post'], before: [limitQueries, readQueries], answer: sparql },
  { path: '/sparql/terms', resource: sparqlTerms },
  { path: '/validate', resource: validatePage },
  { path: '/validate/:key', resource: verdictPage },
  { path: '/api/validate', methods: ['post'], before: [limitChecks, readFeed], answer: check },
  { path: '/api/sources/:id/notify', methods: ['post'], access: 'portal', before: [limitRequests, readWish], act: notify },
  { path: '/api/sources/:id/accept-removals', methods: ['post'], access: 'admin', before: [limitRequests, readWish], act: acceptRemovals },
  { path: '/api/sources/:id/withheld', access: 'portal', before: [limitRequests], act: withheld },
  { path: '/api/requests/:n', answer: request },
  ...outletRoutes,
  { path: '/robots.txt', answer: robots },
  { path: '/healthz', answer: health },
  { path: '/readyz', answer: readiness },
  // The edition's own pages have any name that is not one of these.
  { path: '/:slug', resource: text },
]
