import type { Terms } from './terms.ts'

/** What may be written in the place of a word. */
export interface Suggestion {
  text: string
  /** What is shown of it, where that is not the text. */
  shown?: string
  detail?: string
  /** The prefix that it needs. */
  prefix?: string
}

const keywords = (
  'SELECT CONSTRUCT DESCRIBE ASK WHERE PREFIX DISTINCT OPTIONAL UNION MINUS FILTER GRAPH BIND VALUES EXISTS ORDER GROUP HAVING LIMIT OFFSET ' +
  'COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT COALESCE LANG LANGMATCHES CONTAINS LCASE STRSTARTS REGEX BOUND YEAR'
).split(' ')

/** The longest list that anybody looks through. */
const most = 60

/** What may be meant by a word of a query, the likeliest first: what begins with it goes before what contains it. `at`: where the word ends. */
export function suggestions(word: string, query: string, { prefixes, terms, concepts }: Terms, at: number = query.length): Suggestion[] {
  if (/^[?$]/.test(word)) return variablesIn(query, word).map(text => ({ text }))
  const sought = folded(word)
  // After `a` stands a class.
  const wantsClass = /(?:^|[\s;{])(?:a|rdf:type)\s+$/.test(query.slice(0, at - word.length))
  const [prefix, local] = word.includes(':') ? [word.slice(0, word.indexOf(':')), folded(word.slice(word.indexOf(':') + 1))] : [undefined, sought]
  const named = terms
    .filter(([name]) => prefix === undefined || name.startsWith(`${prefix}:`))
    .map(([name, label, isClass]) => ({
      text: name,
      detail: label,
      prefix: name.slice(0, name.indexOf(':')),
      rank: rankOf(local, [folded(name.slice(name.indexOf(':') + 1)), folded(label)]) + (wantsClass && !isClass ? 0.5 : 0),
    }))
  if (prefix !== undefined) return inOrder(named)
  if (sought.length === 0) return inOrder(named)
  return inOrder([
    ...keywords.map(text => ({ text, rank: text.toLowerCase().startsWith(sought) ? 0 : none })),
    ...Object.entries(prefixes).map(([name, iri]) => ({ text: `${name}:`, detail: iri, prefix: name, rank: name.startsWith(sought) ? 1 : none })),
    ...named,
    // The name of a concept is many letters long: a few of them would find half of the lists.
    ...(sought.length < 3
      ? []
      : concepts.map(([iri, label, list]) => ({ text: `<${iri}>`, shown: label, detail: list, rank: 2 + rankOf(sought, [folded(label)]) }))),
  ])
}

const none = 9

/** 0 for a name that is sought, 1 and 2 for one that begins with it or has a word that does, more for one that only contains it. */
function rankOf(sought: string, names: string[]): number {
  if (sought === '') return 1
  const ranks = names.map(name => (name === sought ? 0 : name.startsWith(sought) ? 1 : name.includes(` ${sought}`) ? 2 : name.includes(sought) ? 3 : none))
  return Math.min(...ranks)
}

function inOrder(ranked: (Suggestion & { rank: number })[]): Suggestion[] {
  return ranked
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ rank: _rank, ...suggestion }) => suggestion)
}

/** The variables of a query but for the one that is being written, unless it stands there twice. */
function variablesIn(query: string, word: string): string[] {
  const count = Map.groupBy(
    [...query.matchAll(/[?$]\w+/g)].map(([name]) => name),
    name => name,
  )
  return [...count].filter(([name, uses]) => name.startsWith(word) && (name !== word || uses.length > 1)).map(([name]) => name)
}

/** Case and accents, and the Arabic letters that are written in several ways, tell no words apart. */
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}|\u0640/gu, '')
    .toLowerCase()
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
