import type { Ledger } from '../ledger/file/ledger.ts'
import { recordsStillShowing, shownVersions, versionsAt, type Part, type Shown } from '../ledger/records/shown.ts'
import { listsOf, summarise } from '../ledger/records/summary.ts'
import { facetsOf, type Facets } from '../ledger/records/traits.ts'
import { stateOfWithheld } from '../ledger/records/withhold.ts'
import { Graph } from '../rdf/graph.ts'
import { namedNode } from '../rdf/terms.ts'
import { saidProblem } from '../words/said.ts'
import { momentIn, once } from './asked.ts'
import type { Publication } from './publication.ts'
import { filledGraph } from './resource.ts'

/** What a reader wants of the catalogue: all, or what has this source, theme, publisher, and has changed since a moment. */
export interface Selection extends Part {
  theme?: string
  publisher?: string
}

/** The selection that a query asks for. Throws `bad-request` for a source there is not, and for a date that is none. */
export function selectionIn({ sources }: Publication, query: URLSearchParams): Selection {
  const [source, theme, publisher] = ['source', 'theme', 'publisher'].map(name => once(query, name) || undefined)
  const modifiedSince = momentIn(query, 'modified_since')
  if (source !== undefined && !sources.some(({ id }) => id === source))
    throw saidProblem('bad-request', 'query_of_outlet.word', { name: 'source', value: source.slice(0, 60), words: sources.map(({ id }) => id).join(', ') })
  return { ...(source && { source }), ...(theme && { theme }), ...(publisher && { publisher }), ...(modifiedSince && { modifiedSince }) }
}

/** Throws `bad-request` where nothing can have what is asked for, as no list of the edition knows it: an empty answer would look like one. */
export function refuseUnknown({ catalogue, vocabulary }: Publication, selection: Selection): void {
  const lists = listsOf(catalogue.base)
  for (const dimension of ['theme', 'publisher'] as const) {
    const value = selection[dimension]
    const slugs = lists[dimension]!.flatMap(list => vocabulary.schemes.get(list)?.concepts ?? []).map(({ slug }) => slug)
    if (value !== undefined && !slugs.includes(value))
      throw saidProblem('bad-request', 'query_of_outlet.unknown', { name: dimension, value: value.slice(0, 60), example: slugs[0] ?? '' })
  }
}

/** The same as a query, so that the pages of a selection lead to each other. */
export const queryOf = ({ source, theme, publisher, modifiedSince }: Selection): [string, string][] =>
  Object.entries({ source, theme, publisher, modified_since: modifiedSince }).filter((each): each is [string, string] => each[1] !== undefined)

/** Selections that are held of a ledger: those of the readers who are under way. */
const mostKept = 24
const kept = new WeakMap<Ledger, Map<string, Uint32Array>>()

/**
 * The versions that a selection held at a revision, in a fixed order, by their ids. What a revision held stays the same until a record is withheld, so that it
 * is looked up once for all the pages of a reader: 4 bytes a dataset.
 */
export function selectedAt(publication: Publication, revision: number, selection: Selection): Uint32Array {
  const { ledger } = publication
  const known = kept.get(ledger) ?? new Map<string, Uint32Array>()
  kept.set(ledger, known)
  const key = JSON.stringify([revision, stateOfWithheld(ledger), queryOf(selection)])
  const found = known.get(key) ?? chosen(publication, revision, selection)
  // The one that was asked for last is the last to go.
  known.delete(key)
  known.set(key, found)
  if (known.size > mostKept) known.delete(known.keys().next().value!)
  return found
}

/** Records that are looked at together. */
const piece = 1000

function chosen(publication: Publication, revision: number, selection: Selection): Uint32Array {
  const { ledger } = publication
  const all = versionsAt(ledger, revision, selection)
  const { theme, publisher } = selection
  if (theme === undefined && publisher === undefined) return all
  const fits = (facets: Facets | undefined) =>
    (theme === undefined || (facets?.theme ?? []).includes(theme)) && (publisher === undefined || (facets?.publisher ?? []).includes(publisher))
  const fitting: number[] = []
  for (let at = 0; at < all.length; at += piece) {
    const ids = [...all.subarray(at, at + piece)]
    const records = recordsStillShowing(ledger, ids)
    const facets = facetsOf(ledger, [...records].filter(Boolean))
    // Only its graph can tell what a former version was found by.
    const former = shownVersions(
      ledger,
      revision,
      ids.filter((_, nth) => records[nth] === 0),
    ).map(shown => facetsIn(publication, shown))
    for (const [nth, id] of ids.entries()) if (fits(records[nth] === 0 ? former.shift() : facets.get(records[nth]!))) fitting.push(id)
  }
  return Uint32Array.from(fitting)
}

function facetsIn({ catalogue, vocabulary }: Publication, shown: Shown): Facets {
  return summarise(new Graph(filledGraph(shown)), namedNode(shown.dataset), shown.source, vocabulary, catalogue.base).facets
}
