import { digest } from '../../rdf/digest.ts'
import { Graph } from '../../rdf/graph.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { namedNode } from '../../rdf/terms.ts'
import { rating } from '../../validate/quality/points.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import { shippedLanguages, spokenLanguages } from '../../words/words.ts'
import type { Ledger } from '../file/ledger.ts'
import { settleClusters, type Touched } from '../identity/clusters.ts'
import { identifiersIn, noteIdentifiers } from '../identity/identifiers.ts'
import { beginRevision, currentRevision } from './revisions.ts'
import { index } from './search-index.ts'
import { shownVersion } from './shown.ts'
import { summarise } from './summary.ts'

/** Counts up when a change of this program changes what is kept in the index. */
const indexVersion = 3
/** Records of one transaction: others write in between, and who is interrupted goes on from there. */
const atOnce = 200

/**
 * Makes search, facets and the orders of lists anew where the ledger is of a former version, or where the lists name things otherwise than they did: batch by
 * batch, from the graphs that are shown. Returns of how many records; it costs one question where nothing has changed.
 */
export function reindex(ledger: Ledger, vocabulary: Vocabulary, base: string, at = new Date().toISOString()): number {
  const madeBy = sourcesOf(vocabulary, base)
  let all = 0
  for (let taken = atOnce; taken === atOnce; all += taken)
    taken = ledger.transaction(() => {
      const from = beginning(ledger, madeBy)
      if (from === undefined) return 0
      const records = ledger.all<Held>('SELECT n, source, score FROM record WHERE n > ? AND shown IS NOT NULL ORDER BY n LIMIT ?', from, atOnce)
      const touched: Touched = new Set()
      const identified = records.map(record => ({ n: record.n, identifiers: indexAnew(ledger, record, vocabulary, base) }))
      noteIdentifiers(ledger, touched, currentRevision(ledger), identified)
      settleClusters(ledger, touched, undefined, () => beginRevision(ledger, at))
      ledger.run('UPDATE index_state SET up_to = ?', records.length === atOnce ? records.at(-1)!.n : null)
      return records.length
    })
  return all + reindexFilled(ledger, vocabulary, base)
}

/** Makes anew what is known of records that others fill, or filled (identity/gaps.ts). Returns of how many; it costs one question where there is none. */
export function reindexFilled(ledger: Ledger, vocabulary: Vocabulary, base: string): number {
  const due = 'SELECT n, source, score FROM unindexed JOIN record ON record.n = unindexed.record LIMIT ?'
  let all = 0
  for (let records = ledger.all<Held>(due, atOnce); records.length > 0; records = ledger.all<Held>(due, atOnce)) {
    ledger.transaction(() => {
      for (const record of records) {
        indexAnew(ledger, record, vocabulary, base)
        ledger.run('DELETE FROM unindexed WHERE record = ?', record.n)
      }
    })
    all += records.length
  }
  return all
}

interface Held {
  n: number
  source: string
  score: number
}

/** Changes when anything does that the index is made of beside the graphs. */
function sourcesOf({ index: { concepts, subjects } }: Vocabulary, base: string): string {
  const names = [...concepts.values()].map(({ iri, labels, notation, broader, broadMatch }) => [iri, labels, notation, broader, broadMatch])
  const added = spokenLanguages().filter(language => !shippedLanguages.includes(language))
  return digest(JSON.stringify([indexVersion, base, names, subjects, ...added]))
}

/** The record (n) after which the index is to be made; undefined where it is whole. */
function beginning(ledger: Ledger, madeBy: string): number | undefined {
  const state = ledger.get<{ made_by: string; up_to: number | null }>('SELECT made_by, up_to FROM index_state')
  if (state?.made_by === madeBy) return state.up_to ?? undefined
  // What was just created has been written by this version.
  const isNew = !state && ledger.get('SELECT 1 FROM record LIMIT 1') === undefined
  ledger.run('DELETE FROM index_state')
  ledger.run('INSERT INTO index_state (made_by, up_to) VALUES (?, ?)', madeBy, isNew ? null : 0)
  return isNew ? undefined : 0
}

/** Returns the identifiers of the dataset. */
function indexAnew(ledger: Ledger, { n, source, score }: Held, vocabulary: Vocabulary, base: string): string[] {
  const { graph, dataset, filled = [] } = shownVersion(ledger, n)!
  const read = new Graph([...readLines(graph), ...filled.flatMap(({ quads }) => quads)])
  const summary = summarise(read, namedNode(dataset), source, vocabulary, base)
  index(ledger, n, { ...summary, facets: { ...summary.facets, quality: [rating(score)] } })
  if (filled.length > 0)
    ledger.run('UPDATE record SET title = ?, description = ? WHERE n = ?', JSON.stringify(summary.title), JSON.stringify(summary.description), n)
  return identifiersIn(read, namedNode(dataset))
}
