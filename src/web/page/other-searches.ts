import { knownWords } from '../../ledger/records/known-words.ts'
import { search, type Query } from '../../ledger/records/search.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import { tellingWords } from '../../vocabulary/subjects.ts'
import type { Page } from './page.ts'
import type { Listing } from './query.ts'

/** Searches that find something, for who found nothing. */
export interface OtherSearches {
  /** How many datasets the same words find without the filters. */
  unfiltered: number
  /** Subjects near to those that the words name, or whose names begin like the words. */
  words: string[]
  /** What people ask for often. */
  often: string[]
}

const mostWords = 6
/** As many letters of a word are enough to take another for a relative of it. */
const alikeLetters = 4

export function otherSearches(page: Page, { text, chosen, found }: Listing): OtherSearches {
  const { ledger, vocabulary, catalogue } = page.site.publication
  const known = knownWords(vocabulary, catalogue.base)
  const finds = (query: Query) => search(ledger, { known, language: page.language, most: 0, ...query }).total
  const often = catalogue.searches[page.language] ?? []
  const isNarrowed = Object.values(chosen).some(values => values.length > 0)
  const alike = subjectsLike(page, text, found.reading?.groups.flatMap(({ subjects }) => subjects) ?? [])
  return {
    unfiltered: text && isNarrowed ? finds({ text }) : 0,
    words: firstOf(alike, mostWords, name => finds({ text: name, strict: true }) > 0),
    often: often.filter(each => finds({ text: each, strict: true }) > 0),
  }
}

/** The names of subjects that are near to some, or begin like a word of a text, in the language of the page. */
function subjectsLike({ site, language }: Page, text: string, meant: string[]): string[] {
  const { vocabulary, catalogue } = site.publication
  const concepts = vocabulary.schemes.get(ownLists(catalogue.base).subject)?.concepts ?? []
  const around = new Set(concepts.filter(({ slug }) => meant.includes(slug)).flatMap(({ iri, broader }) => [iri, broader ?? '']))
  const beginnings = new Set(tellingWords(text.slice(0, 300)).flatMap(word => (word.length < alikeLetters ? [] : [word.slice(0, alikeLetters)])))
  const isNear = ({ iri, broader = '' }: (typeof concepts)[number]) => around.has(iri) || around.has(broader)
  const isLike = (name: string) => tellingWords(name).some(word => beginnings.has(word.slice(0, alikeLetters)))
  const named = concepts.filter(({ labels }) => labels[language])
  return [...named.filter(isNear), ...named.filter(({ labels }) => isLike(labels[language]!))].map(({ labels }) => labels[language]!).filter(isFirst)
}

const isFirst = (name: string, at: number, names: string[]) => names.indexOf(name) === at

function firstOf(names: string[], most: number, holds: (name: string) => boolean): string[] {
  const found: string[] = []
  for (const name of names.slice(0, 5 * most)) if (found.length < most && holds(name)) found.push(name)
  return found
}
