import type { Request } from 'express'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import type { Query, QueryForm } from '../../store/query.ts'
import { resultFormats } from '../../store/result-formats.ts'
import type { Answer, Store, Wanted } from '../../store/store.ts'
import { saidProblem } from '../../words/said.ts'
import { accepted } from '../http/negotiation.ts'
import type { Site } from '../site/site.ts'
import { keptAnswers, type Kept } from './kept.ts'

type Result = (typeof resultFormats)['graph'][number]

const kinds: Record<QueryForm, keyof typeof resultFormats> = { select: 'bindings', ask: 'boolean', construct: 'graph', describe: 'graph' }

/** Other types that clients send for a result format. */
const aliases: Record<string, string> = {
  'application/json': 'application/sparql-results+json',
  'application/xml': 'application/sparql-results+xml',
  'text/xml': 'application/sparql-results+xml',
  'text/tsv': 'text/tab-separated-values',
}

const graphAliases = Object.fromEntries(formats.flatMap(({ aliases, mediaType }) => aliases.map(alias => [alias, mediaType])))

/** The format of the answer: what the address asks for, or what `Accept` does. Throws `not-acceptable` where it is none that this form of query has. */
export function resultOf(request: Request, form: QueryForm, asked?: string): Result {
  const offered = resultFormats[kinds[form]]
  const known = kinds[form] === 'graph' ? graphAliases : aliases
  const named = (name: string) => offered.find(each => each.mediaType === (known[name] ?? name) || each.extension === name || short(each.mediaType) === name)
  const types = [...offered.map(each => each.mediaType), ...Object.keys(known)]
  const wished = asked === undefined ? accepted(request, types) : asked.toLowerCase()
  const found = wished ? named(wished) : undefined
  if (found) return found
  throw saidProblem('not-acceptable', 'query_problem.format', {
    form: form.toUpperCase(),
    offered: offered.map(each => each.mediaType).join(', '),
    asked: (asked ?? request.get('accept') ?? '').slice(0, 300),
  })
}

/** `text/turtle` → `turtle`. */
const short = (mediaType: string) => mediaType.replace(/^.*\/(sparql-results\+)?/, '')

/** The answers that a site keeps: they are of its own store. */
const keptBySite = new WeakMap<Site, ReturnType<typeof keptAnswers>>()
export const keptOf = (site: Site) => keptBySite.get(site) ?? keptBySite.set(site, keptAnswers(site)).get(site)!

/** The answer of a site to a query. What depends on more than the revision is asked for each time. */
export async function answerOf(site: Site, query: Query, wanted: AskedFor): Promise<Kept> {
  const ask = () => answerQuery(site.store, query, wanted)
  if (query.volatile) return { answer: await ask(), heldAt: performance.now() }
  return keptOf(site)(JSON.stringify([wanted.mediaType, wanted.dataset, query.text]), wanted.timeoutS, ask)
}

type AskedFor = Omit<Wanted, 'form' | 'typed' | 'services' | 'suspect'>

/** Asks the store. Of a query that neither we nor it can read, we say better where. */
async function answerQuery(store: Store, { text, form, dataset, typed, services, suspect, doubt }: Query, wanted: AskedFor): Promise<Answer> {
  try {
    return await store.query(text, {
      ...wanted,
      ...(!doubt && { form }),
      ownDataset: dataset !== undefined,
      ...(typed && { typed }),
      ...(services && { services }),
      ...(suspect && { suspect }),
    })
  } catch (error) {
    throw doubt && error instanceof Problem && error.code === 'query-malformed' ? doubt : error
  }
}

/** Every format of every form, for the service description. */
export const formatsOf = (): string[] => [
  ...new Set(
    Object.values(resultFormats)
      .flat()
      .map(each => each.mediaType),
  ),
]
