import type { Request } from 'express'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import type { Query, QueryForm } from '../../store/query.ts'
import { resultFormats } from '../../store/result-formats.ts'
import type { Answer, Store, Wanted } from '../../store/store.ts'
import { saidProblem } from '../../words/said.ts'
import { accepted } from '../http/negotiation.ts'

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

/** Asks the store. Of a query that neither we nor it can read, we say better where. */
export async function answerQuery(
  store: Store,
  { text, form, dataset, typed, services, suspect, doubt }: Query,
  wanted: Omit<Wanted, 'form' | 'typed' | 'services' | 'suspect'>,
): Promise<Answer> {
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
