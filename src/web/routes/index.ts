import type { Route } from '../http/route.ts'
import { mayBeFramed } from '../http/security.ts'
import { concept } from './concept.tsx'
import { dataset, distribution, record } from './dataset.tsx'
import { datasets, organisation, territory, theme } from './datasets.tsx'
import { developers } from './developers.tsx'
import { dataCatalogue, llms } from './discovery.ts'
import { embedded } from './embedded.tsx'
import { health, readiness } from './health.ts'
import { home } from './home.tsx'
import { limitCalls, mcp, readCall } from './mcp.ts'
import { metrics } from './metrics.ts'
import { openApi } from './openapi.ts'
import { organisations } from './organisations.tsx'
import { outletRoutes } from './outlets.ts'
import { limitPreviews, preview } from './preview.tsx'
import { profile, profiles } from './profiles.tsx'
import { programmeRoutes } from './programme/index.ts'
import { publisherQuality, quality, sourceQuality, territoryQuality, themeQuality } from './quality.tsx'
import { robots } from './robots.ts'
import { acceptRemovals, limitRequests, notify, readWish, request } from './run-requests.ts'
import { run } from './runs.tsx'
import { badge, source, sources } from './sources.tsx'
import { sparqlTerms } from './sparql-terms.ts'
import { limitQueries, readQueries, sparql } from './sparql.tsx'
import { stewardRoutes } from './steward/index.ts'
import { territories } from './territories.tsx'
import { text } from './texts.tsx'
import { themes } from './themes.tsx'
import { check, limitChecks, readFeed, validatePage, verdictPage } from './validate.tsx'
import { version, versionDifference, versions } from './versions.tsx'
import { vocabulary } from './vocabulary.tsx'
import { withheld } from './withheld.ts'

/** Every address of the catalogue. Add one: a file beside this one and a line here; a way out for programs alone is a row of outlets/index.ts. */
export const routes: Route[] = [
  { path: '/', about: 'The way in, for people.', resource: home },
  { path: '/datasets', about: 'The list of datasets, searched and narrowed, for people.', menu: 'datasets', uncrawled: '?*&', resource: datasets },
  { path: '/themes', about: 'The themes, with the datasets of each.', menu: 'themes', resource: themes },
  { path: '/theme/:slug', about: 'The datasets of a theme.', menu: 'themes', resource: theme },
  { path: '/theme/:slug/quality', about: 'The scorecard of a theme.', menu: 'themes', resource: themeQuality },
  {
    path: '/organisations',
    about: 'Everybody who publishes, in a table; `q` asks for some by their name, `sort` for an order.',
    menu: 'organisations',
    uncrawled: '?',
    resource: organisations,
  },
  { path: '/organisation/:slug', about: 'The datasets of a body.', menu: 'organisations', resource: organisation },
  { path: '/dataset/:id', about: 'One dataset: a page, or its graph in RDF.', menu: 'datasets', resource: dataset },
  {
    path: '/dataset/:id/card',
    about: 'The card of a dataset, for a frame within a page of another site.',
    uncrawled: '',
    before: [mayBeFramed],
    resource: embedded,
  },
  { path: '/dataset/:id/resource/:resource', about: 'A file of a dataset: it is described with it.', answer: distribution },
  {
    path: '/dataset/:id/resource/:place/preview',
    about: 'The first rows of a file of a dataset, and its shapes, read from its portal when asked.',
    menu: 'datasets',
    uncrawled: '',
    before: [limitPreviews],
    answer: preview,
  },
  { path: '/record/:id', about: 'Our record of a dataset: where it comes from, what rules find, how it is rated.', menu: 'sources', resource: record },
  { path: '/record/:id/versions', about: 'The versions of a record.', menu: 'sources', resource: versions },
  { path: '/record/:id/versions/diff', about: 'What differs between two versions of a record.', menu: 'sources', resource: versionDifference },
  { path: '/record/:id/versions/:n', about: 'One version of a record.', resource: version },
  { path: '/record/:id/versions/:n/diff', about: 'What changed with a version.', menu: 'sources', resource: versionDifference },
  { path: '/id/*path', about: 'A reference list, or an entry of one.', resource: concept },
  { path: '/territories', about: 'The places of the catalogue as a tree, with the datasets of each.', menu: 'territories', resource: territories },
  { path: '/territory/:slug', about: 'The datasets of a place, and of those within it.', menu: 'territories', resource: territory },
  { path: '/territory/:slug/quality', about: 'The scorecard of a place.', menu: 'territories', resource: territoryQuality },
  { path: '/profiles', about: 'The metadata standards that records are checked by.', resource: profiles },
  { path: '/profiles/:id', about: 'A metadata standard: a page with its rules, or its check in RDF.', resource: profile },
  { path: '/vocabulary', about: 'The terms that the catalogue adds to DCAT and its kin, each at its name after the hash.', resource: vocabulary },
  { path: '/sources', about: 'The portals that are harvested, and how they are doing.', menu: 'sources', resource: sources },
  { path: '/sources/:id', about: 'A portal: its runs, and the report on its records.', menu: 'sources', resource: source },
  { path: '/sources/:id/runs/:n', about: 'One run of a harvest.', menu: 'sources', resource: run },
  { path: '/sources/:id/badge', about: 'The quality of a source as a small picture (SVG), for its own pages.', resource: badge },
  { path: '/sources/:id/quality', about: 'The scorecard of a source.', menu: 'sources', resource: sourceQuality },
  {
    path: '/quality',
    about: 'The scorecards of the whole programme and of all who publish; `quarter` asks for a quarter that has ended.',
    menu: 'quality',
    uncrawled: '?',
    resource: quality,
  },
  { path: '/quality/:organisation', about: 'The scorecard of a body, and its days as a table.', menu: 'quality', resource: publisherQuality },
  ...programmeRoutes,
  { path: '/developers', about: 'The ways by which programs get at the catalogue, for people.', menu: 'developers', resource: developers },
  {
    path: '/sparql',
    about: 'The SPARQL 1.1 endpoint: queries by GET, by a posted form, or as application/sparql-query.',
    parameters: {
      query: 'A query.',
      format: 'The format of the answer, where Accept does not say it.',
      timeout: 'Seconds that it may take.',
      'default-graph-uri': 'A graph that is asked.',
      'named-graph-uri': 'A graph that is asked by its name.',
    },
    menu: 'developers',
    uncrawled: '?',
    methods: ['get', 'post'],
    longest: Infinity,
    before: [limitQueries, readQueries],
    answer: sparql,
  },
  { path: '/sparql/terms', about: 'Names that the editor of queries completes.', resource: sparqlTerms },
  { path: '/validate', about: 'Where people have a feed checked.', resource: validatePage },
  { path: '/validate/:key', about: 'What was found in a feed that was checked.', resource: verdictPage },
  { path: '/api/validate', about: 'Checks a feed: its text is posted, or its address.', methods: ['post'], before: [limitChecks, readFeed], answer: check },
  {
    path: '/api/sources/:id/notify',
    about: 'A portal says that it has changed (with a token).',
    methods: ['post'],
    access: 'portal',
    before: [limitRequests, readWish],
    act: notify,
  },
  {
    path: '/api/sources/:id/accept-removals',
    about: "A person's word that what is gone may go (with a token).",
    methods: ['post'],
    access: 'admin',
    before: [limitRequests, readWish],
    act: acceptRemovals,
  },
  { path: '/api/sources/:id/withheld', about: 'What is kept back of a source (with a token).', access: 'portal', before: [limitRequests], act: withheld },
  { path: '/api/requests/:n', about: 'What became of a run that was asked for.', answer: request },
  ...stewardRoutes,
  ...outletRoutes,
  { path: '/openapi.json', about: 'This description (OpenAPI 3.1).', resource: openApi },
  { path: '/llms.txt', about: 'What there is here, for assistants.', resource: llms },
  { path: '/.well-known/datacatalog', about: 'Leads to the catalogue.', answer: dataCatalogue },
  {
    path: '/mcp',
    about: 'The Model Context Protocol over Streamable HTTP: read-only tools for assistants.',
    methods: ['post'],
    before: [limitCalls, readCall],
    answer: mcp,
  },
  { path: '/robots.txt', about: 'What crawlers leave alone.', answer: robots },
  { path: '/healthz', about: 'That this process lives.', answer: health },
  { path: '/readyz', about: 'That everything can be answered, SPARQL included.', answer: readiness },
  { path: '/metrics', about: 'How the catalogue is doing, for Prometheus (on its own machine, or with a token).', before: [limitRequests], answer: metrics },
  // The edition's own pages have any name that is not one of these.
  { path: '/:slug', about: 'A page of the edition.', resource: text },
]
