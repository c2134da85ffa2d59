import { fold } from '../../vocabulary/fold.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Summary } from './entry.ts'

/** Search and facets show what is shown: they are written with it, in the same transaction. */
export function index(ledger: Ledger, n: number, { title, description, keywords, names, facets }: Summary, isNew = false): void {
  if (!isNew) ledger.run('DELETE FROM search WHERE rowid = ?', n)
  if (!isNew) ledger.run('DELETE FROM facet WHERE record = ?', n)
  const text = (parts: Iterable<string>) => words([...parts].join(' . '))
  ledger.run(
    'INSERT INTO search (rowid, title, keywords, names, description) VALUES (?, ?, ?, ?, ?)',
    n,
    text(Object.values(title)),
    text(keywords),
    text(names),
    text(Object.values(description)),
  )
  for (const [dimension, values] of Object.entries(facets)) {
    for (const value of values) ledger.run('INSERT OR IGNORE INTO facet (dimension, value, record) VALUES (?, ?, ?)', dimension, value, n)
  }
}

/**
 * A text as it is searched: folded, and without the Arabic article, alone or with the particles written to it (والماء, بالماء, للماء), so that
 * a noun is found in every place it stands in a sentence. Kept and asked for alike.
 */
export function words(text: string): string {
  return fold(text).replace(/(?<!\S)(?:[وفبك]?ال|و?لل)(?=\p{Script=Arabic}{3})/gu, '')
}
