import { knownWords } from '../../ledger/records/known-words.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { search } from '../../ledger/records/search.ts'
import type { Page } from './page.ts'

/** Datasets that are told of. */
const most = 3

/** What an address that leads nowhere says in words: the end of its path, without the name of a source before it. */
export function wordsOfAddress({ path, site }: Page): string {
  const end = path.split('/').findLast(part => /[a-z\u0600-\u06ff]{3}/i.test(part)) ?? ''
  const source = site.publication.sources.map(({ id }) => `${id}-`).find(each => end.startsWith(each)) ?? ''
  try {
    return decodeURIComponent(end.slice(source.length))
      .replace(/[-_.+/]+/g, ' ')
      .trim()
      .slice(0, 100)
  } catch {
    return ''
  }
}

/** The datasets that what stands in the address comes nearest to. */
export function nearest({ site, language }: Page, text: string): RecordRow[] {
  if (text === '') return []
  const { ledger, vocabulary, catalogue } = site.publication
  return search(ledger, { text, known: knownWords(vocabulary, catalogue.base), language, most }).records
}
