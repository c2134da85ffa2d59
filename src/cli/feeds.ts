import type { Catalogue } from '../config/catalogue.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import { largestFeed, longestS, type FetchFeed } from '../validate/checks/checks.ts'

/** How a feed that somebody wants validated is got from its address: by what harvests ask portals with, so that private addresses are refused here as there. */
export const feedsOf = ({ http, limits }: Pick<Catalogue, 'http' | 'limits'>): FetchFeed => {
  const rules = { ...limits, delayMs: 0, timeoutS: longestS, totalS: longestS, maxBytes: largestFeed }
  return (url, signal) =>
    politeFetch(rules, http, { signal, retry: false })(url, 'text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.9, */*;q=0.1')
}
