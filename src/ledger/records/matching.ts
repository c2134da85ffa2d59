import type { Ledger } from '../file/ledger.ts'
import { nearWord, spelled } from '../search/near.ts'
import { readQuestion, type Group, type Known, type Question } from '../search/question.ts'
import { words } from '../search/words.ts'
import type { Columns, Order } from './columns.ts'

/** How the words of a search were read, and what became of them. */
export interface Reading {
  groups: Pick<Group, 'typed' | 'words' | 'subjects' | 'named'>[]
  /** Words that say nothing, which were left out. */
  ignored: string[]
  /** Words that no record has. */
  nowhere: string[]
  /** Nothing has all of the words: how many of them what was found has. */
  fewer?: { met: number; of: number }
  /** The search with words that are there instead of those that are not. */
  suggestion?: string
}

interface Matched {
  /** Records in the order that is asked for; some of them the public does not see. */
  numbers: Uint32Array
  reading: Reading
}

interface Wish {
  known: Known
  /** That of a list; what fits best comes first where there is none. */
  order: Order | undefined
  /** More than that are not ranked one by one. */
  ranked: number
  /** Only what has all of the words. */
  strict: boolean
}

/** A word in the title weighs more than among keywords or in the description, and more than one in the name of who publishes. */
const weights = '10, 5, 0.3, 2'

/**
 * The records that the words of a search find: those that have all of them, else those that have most. Undefined where nothing is asked for.
 */
export function matching(ledger: Ledger, columns: Columns, text: string, { known, order, ranked, strict }: Wish): Matched | undefined {
  const question = readQuestion(text, known)
  const { groups, without, ignored } = question
  if (groups.length + without.length + ignored.length === 0) return undefined
  const reading: Reading = { groups, ignored, nowhere: [] }
  if (groups.length === 0 && without.length === 0) return { numbers: new Uint32Array(), reading }
  const finished = { ...question, groups: groups.map(group => finish(ledger, group)) }
  const found = numbersOf(ledger, expressionOf(finished))
  if (groups.length === 0) return { numbers: allBut(columns, found, order), reading }
  const seen = found.some(n => columns.kindOf[n] !== 0)
  if (seen || strict) return { numbers: inOrder(ledger, columns, expressionOf(finished), found, order, ranked), reading }
  const most = mostWords(ledger, columns, finished)
  reading.nowhere = most.nowhere.map(({ typed }) => typed)
  const suggestion = suggest(ledger, text, most.nowhere)
  if (suggestion !== undefined) reading.suggestion = suggestion
  if (most.numbers.length === 0) return { numbers: most.numbers, reading }
  reading.fewer = { met: most.met, of: groups.reduce((sum, { weight }) => sum + weight, 0) }
  const any = expressionOf(finished, 'OR')
  const ordered = inOrder(ledger, columns, any, most.numbers, order, ranked)
  const among = new Set(most.numbers)
  return { numbers: ordered.filter(n => among.has(n)), reading }
}

/** A word that is met nowhere is taken for the beginning of one. */
const finish = (ledger: Ledger, group: Group): Group =>
  group.beginning !== undefined && !isMet(ledger, group.match) ? { ...group, match: group.beginning } : group

const isMet = (ledger: Ledger, match: string): boolean => ledger.get('SELECT 1 FROM search WHERE search MATCH ? LIMIT 1', match) !== undefined
const numbersOf = (ledger: Ledger, match: string): Uint32Array => ledger.numbers('SELECT rowid AS n FROM search WHERE search MATCH ?', match)

/** What finds the records that meet all groups, or any. Of a question that only says what may not be, the records that have it. */
function expressionOf({ groups, without }: Question, join: 'AND' | 'OR' = 'AND'): string {
  if (groups.length === 0) return without.join(' OR ')
  const wanted = groups.map(({ match }) => match).join(` ${join} `)
  return without.length === 0 ? wanted : `(${wanted}) NOT (${without.join(' OR ')})`
}

/** Those that were found, in an order; or what fits best first. Of more than `ranked`, those with the words in their title come first, then the newest. */
function inOrder(ledger: Ledger, columns: Columns, match: string, found: Uint32Array, order: Order | undefined, ranked: number): Uint32Array {
  if (!order && found.length <= ranked)
    return ledger.numbers(`SELECT rowid AS n FROM search WHERE search MATCH ? ORDER BY bm25(search, ${weights}), rowid`, match)
  const among = new Uint8Array(columns.kindOf.length)
  for (const n of found) among[n] = 1
  if (order) return ordered(columns.order(order), among, [1])
  for (const n of numbersOf(ledger, `{title} : (${match})`)) if (among[n] === 1) among[n] = 2
  return ordered(columns.order('modified'), among, [2, 1])
}

/** All that the public sees but these. */
function allBut(columns: Columns, found: Uint32Array, order: Order | undefined): Uint32Array {
  const among = new Uint8Array(columns.kindOf.length).fill(1)
  for (const n of found) among[n] = 0
  return ordered(columns.order(order ?? 'modified'), among, [1])
}

/** Records in an order, those of the first rank before those of the next. */
function ordered(order: Uint32Array, rankOf: Uint8Array, ranks: number[]): Uint32Array {
  const all = new Uint32Array(order.length)
  let length = 0
  for (const rank of ranks) for (const n of order) if (rankOf[n] === rank) all[length++] = n
  return all.subarray(0, length)
}

/** The records that have most of the words, how many they have, and the words that none has. */
function mostWords(ledger: Ledger, { kindOf }: Columns, { groups, without }: Question): { numbers: Uint32Array; met: number; nowhere: Group[] } {
  const met = new Uint16Array(kindOf.length)
  const nowhere: Group[] = []
  for (const group of groups) {
    const found = numbersOf(ledger, expressionOf({ groups: [group], without, ignored: [] }))
    if (!found.some(n => kindOf[n] !== 0)) nowhere.push(group)
    for (const n of found) met[n]! += group.weight
  }
  let most = 0
  for (let n = 0; n < met.length; n++) if (kindOf[n] !== 0 && met[n]! > most) most = met[n]!
  const numbers = new Uint32Array(met.length)
  let length = 0
  if (most > 0) for (let n = 0; n < met.length; n++) if (met[n] === most) numbers[length++] = n
  return { numbers: numbers.subarray(0, length), met: most, nowhere }
}

/** The search with words of the index in the place of those it does not have; undefined where none is near. */
function suggest(ledger: Ledger, text: string, nowhere: Group[]): string | undefined {
  const nearer = nowhere.reduce((said, { typed }) => {
    const near = typed.includes(' ') ? undefined : nearWord(ledger, words(typed))
    return near === undefined ? said : said.replace(typed, () => spelled(ledger, near))
  }, text)
  return nearer === text ? undefined : nearer
}
