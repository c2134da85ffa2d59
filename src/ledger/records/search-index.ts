import { remembering } from '../../remembering.ts'
import { fold } from '../../vocabulary/fold.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Searched, Summary } from './entry.ts'
import { listFacets } from './traits.ts'

/** Search and facets show what is shown: they are written with it, in the same transaction. */
export function index(ledger: Ledger, n: number, { facets, searched: { title, keywords, names, description } }: Summary, isNew = false): void {
  if (!isNew) ledger.run('DELETE FROM search WHERE rowid = ?', n)
  ledger.run('INSERT INTO search (rowid, title, keywords, names, description) VALUES (?, ?, ?, ?, ?)', n, title, keywords, names, description)
  listFacets(ledger, n, facets)
}

/** What a record is found by. */
export interface Findable {
  title: Summary['title']
  description: Summary['description']
  keywords: string[]
  names: string[]
}

export function searchedOf({ title, description, keywords, names }: Findable): Searched {
  const text = (parts: Iterable<string>) => words([...parts].join(' . '))
  return { title: text(Object.values(title)), keywords: text(keywords), names: text(names), description: text(Object.values(description)) }
}

/**
 * A text as it is searched: folded, and without the Arabic article, alone or with the particles written to it (والماء, بالماء, للماء), so that
 * a noun is found in every place it stands in a sentence. Kept and asked for alike.
 */
export function words(text: string): string {
  return text.split(/\s+/).map(searchedWord).filter(Boolean).join(' ')
}

/** Word by word, as a catalogue has far fewer words than texts. */
const searchedWord = remembering((word: string) => fold(word).replace(/(?<!\S)(?:[وفبك]?ال|و?لل)(?=\p{Script=Arabic}{3})/gu, ''), 20_000)
