import type { Request } from 'express'
import { Problem } from '../../problem.ts'
import { graphFormats, ntriples } from '../../rdf/formats.ts'
import { parse } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { Query, QueryForm } from '../../store/query.ts'
import { resultFormats, writtenByStore } from '../../store/result-formats.ts'
import type { Store } from '../../store/store.ts'

type Result = (typeof resultFormats)['graph'][number]

const kinds: Record<QueryForm, keyof typeof resultFormats> = { select: 'bindings', ask: 'boolean', construct: 'graph', describe: 'graph' }

/** Other types that clients send for a result format. */
const aliases: Record<string, string> = {
  'application/json': 'application/sparql-results+json',
  'application/xml': 'application/sparql-results+xml',
  'text/xml': 'application/sparql-results+xml',
  'text/tsv': 'text/tab-separated-values',
}

const graphAliases = Object.fromEntries(graphFormats.flatMap(({ aliases, mediaType }) => aliases.map(alias => [alias, mediaType])))

/** The format of the answer: what the address asks for, or what `Accept` does. Throws `not-acceptable` where it is none that this form of query has. */
export function resultOf(request: Request, form: QueryForm, asked?: string): Result {
  const offered = resultFormats[kinds[form]]
  const known = kinds[form] === 'graph' ? graphAliases : aliases
  const named = (name: string) => offered.find(each => each.mediaType === (known[name] ?? name) || each.extension === name || short(each.mediaType) === name)
  const types = [...offered.map(each => each.mediaType), ...Object.keys(known)]
  const wished = asked === undefined ? request.accepts(types) : asked.toLowerCase()
  const found = wished ? named(wished) : undefined
  if (found) return found
  throw new Problem(
    'not-acceptable',
    `${form.toUpperCase()} is answered as ${offered.map(each => each.mediaType).join(', ')}; ${asked === undefined ? `"${request.get('accept')}"` : `"${asked}"`} is none of them.`,
  )
}

/** `text/turtle` → `turtle`. */
const short = (mediaType: string) => mediaType.replace(/^.*\/(sparql-results\+)?/, '')

/** Asks the store; a format it does not write is written from its N-Triples. */
export async function answerQuery(store: Store, query: Query, { mediaType }: Result): Promise<string> {
  const format = graphFormats.find(each => each.mediaType === mediaType)
  if (!format || writtenByStore.has(mediaType)) return ask(store, query, mediaType)
  const text = await ask(store, query, ntriples.mediaType)
  if (text.trim() === '') return serialise([], format)
  const { quads } = await parse(text, { url: 'http://result.invalid/', format: ntriples })
  return serialise(quads, format)
}

/** Of a query that neither we nor the store can read, we say better where. */
async function ask(store: Store, { text, dataset, doubt }: Query, mediaType: string): Promise<string> {
  try {
    return await store.query(text, { mediaType, ownDataset: dataset !== undefined })
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
