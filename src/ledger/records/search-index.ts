import type { Subjects } from '../../vocabulary/subjects.ts'
import { choose } from '../../words/choose.ts'
import { sortKey } from '../../words/sort-key.ts'
import { spokenLanguages } from '../../words/words.ts'
import type { Ledger } from '../file/ledger.ts'
import { indexed, nameWord, type Spoken } from '../search/words.ts'
import type { Searched, Summary } from './entry.ts'
import { listFacets } from './traits.ts'

/** Search and facets show what is shown: they are written with it, in the same transaction. */
export function index(ledger: Ledger, n: number, summary: Summary, isNew = false): void {
  if (!isNew) for (const table of ['search WHERE rowid', 'title_key WHERE record']) ledger.run(`DELETE FROM ${table} = ?`, n)
  indexText(ledger, n, summary)
  listFacets(ledger, n, summary.facets)
}

/** Writes what search and the orders of lists know of a record, where nothing is. */
function indexText(ledger: Ledger, n: number, { title, searched, dated, opening }: Summary): void {
  const { title: words, keywords, names, description } = searched
  ledger.run('INSERT INTO search (rowid, title, keywords, names, description) VALUES (?, ?, ?, ?, ?)', n, words, keywords, names, description)
  for (const language of spokenLanguages()) {
    const read = choose(title, [language])
    if (read) ledger.run('INSERT INTO title_key (language, key, record) VALUES (?, ?, ?)', language, sortKey(read.text, language), n)
  }
  ledger.run('UPDATE record SET dated = ?, opening = ? WHERE n = ?', dated ?? null, opening ?? null, n)
}

/** What a record is found by. */
export interface Findable {
  title: Summary['title']
  description: Summary['description']
  keywords: string[]
  /** What its publisher, places, formats and licences are called. */
  names: string[]
  /** What its themes are called: they also tell what it is about. */
  themes?: string[]
  /** The concepts that it names, by dimension. */
  values?: Record<string, string[]>
}

/** Its own text is in the languages that it is said to be in, names are in all. */
export function searchedOf({ title, description, keywords, names, themes = [], values = {} }: Findable, subjects?: Subjects): Searched {
  const spoken = (texts: Record<string, string>): Spoken[] => Object.entries(texts).map(([language, text]) => [text, language])
  const bare = (texts: string[]): Spoken[] => texts.map(text => [text])
  return {
    title: indexed(spoken(title), subjects),
    keywords: indexed(bare(keywords), subjects),
    names: [
      indexed(bare(names)),
      indexed(bare(themes), subjects),
      ...Object.entries(values).flatMap(([dimension, slugs]) => slugs.map(slug => nameWord(`${dimension} ${slug}`))),
    ]
      .join(' ')
      .trim(),
    description: indexed(spoken(description), subjects, false),
  }
}
