import type { RequestHandler } from 'express'
import type { Handle, Site } from '../site.ts'
import { catalogueFeed } from './catalogue-feed.ts'
import { concept } from './concept.tsx'
import { context } from './context.ts'
import { dataset, distribution } from './dataset.tsx'
import { datasets, organisation, theme } from './datasets.tsx'
import { health, readiness } from './health.ts'
import { home } from './home.tsx'
import { record } from './record.tsx'
import { acceptRemovals, limitRequests, notify, readWish, request } from './run-requests.ts'
import { robots } from './robots.ts'
import { run } from './runs.tsx'
import { siteMap } from './sitemap.ts'
import { source, sources } from './sources.tsx'
import { limitQueries, readQueries, sparql } from './sparql.tsx'
import { version, versionDifference, versions } from './versions.tsx'

interface Route {
  path: string
  handle: Handle
  methods?: ('get' | 'post')[]
  before?: ((site: Site) => RequestHandler)[]
}

/** Every address of the catalogue. Add one: a file beside this one and a line here. */
export const routes: Route[] = [
  { path: '/', handle: home },
  { path: '/datasets', handle: datasets },
  { path: '/theme/:slug', handle: theme },
  { path: '/organisation/:slug', handle: organisation },
  { path: '/dataset/:id', handle: dataset },
  { path: '/dataset/:id/resource/:resource', handle: distribution },
  { path: '/record/:id', handle: record },
  { path: '/record/:id/versions', handle: versions },
  { path: '/record/:id/versions.:extension', handle: versions },
  { path: '/record/:id/versions/diff', handle: versionDifference },
  { path: '/record/:id/versions/:n', handle: version },
  { path: '/record/:id/versions/:n/diff', handle: versionDifference },
  { path: '/id/*path', handle: concept },
  { path: '/sources', handle: sources },
  { path: '/sources.:extension', handle: sources },
  { path: '/sources/:id', handle: source },
  { path: '/sources/:id/runs/:n', handle: run },
  { path: '/sparql', handle: sparql, methods: ['get', 'post'], before: [limitQueries, readQueries] },
  { path: '/api/sources/:id/notify', handle: notify, methods: ['post'], before: [limitRequests, readWish] },
  { path: '/api/sources/:id/accept-removals', handle: acceptRemovals, methods: ['post'], before: [limitRequests, readWish] },
  { path: '/api/requests/:n', handle: request },
  { path: '/catalog', handle: catalogueFeed },
  { path: '/catalog.:extension', handle: catalogueFeed },
  { path: '/context.jsonld', handle: context },
  { path: '/sitemap.xml', handle: siteMap },
  { path: '/robots.txt', handle: robots },
  { path: '/healthz', handle: health },
  { path: '/readyz', handle: readiness },
]
