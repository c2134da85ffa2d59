import { fold } from './fold.ts'
import { stemmers, stemOf } from './stems.ts'
import { isStopWord } from './stop-words.ts'

/** An entry of the list of subjects as plain data: each name with its language, empty where it is one in all. */
export interface SubjectEntry {
  slug: string
  broader?: string
  names: [language: string, name: string][]
}

/** A run of words that names subjects. */
export interface SubjectFound {
  /** The place of the first word, and how many there are. */
  at: number
  length: number
  slugs: string[]
}

/** The everyday words that people search by, whatever language, number or acronym they use. */
export interface Subjects {
  /** The subjects that folded words without stop words name, the longest name first and no word twice; in any language where none is given. */
  in(words: string[], language?: string): SubjectFound[]
  /** A subject and those that it is a part of. */
  withWider(slug: string): string[]
}

/** The entries by the words of their names, word by word. */
interface Branch {
  slugs: string[]
  next: Map<string, Branch>
}

const newBranch = (): Branch => ({ slugs: [], next: new Map() })
const languages = Object.keys(stemmers)

/** The words of a text that say something, folded and without what French writes before a vowel; all of them where one letter would be left (`R&D`). */
export function tellingWords(text: string): string[] {
  const all = fold(text.replace(elided, '')).split(' ').filter(Boolean)
  const telling = all.filter(word => !isStopWord(word))
  return telling.join('').length > 1 ? telling : all
}

/** What is written to the word after it: l’eau, d’offres, qu’elle. */
export const elided = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’ʼ](?=\p{L})/giu

export function subjectsOf(entries: SubjectEntry[]): Subjects {
  const roots = new Map(languages.map(language => [language, newBranch()]))
  for (const { slug, names } of entries)
    for (const [tag, name] of names) for (const language of tag === '' ? languages : [tag]) plant(roots.get(language), tellingWords(name), language, slug)
  const wider = new Map(entries.map(({ slug, broader }) => [slug, broader]))
  return {
    in: (words, language) => {
      const asked = language !== undefined && roots.has(language) ? [language] : languages
      const found: SubjectFound[] = []
      for (let at = 0; at < words.length; at += found.at(-1)?.at === at ? found.at(-1)!.length : 1) {
        const longest = asked.flatMap(each => longestFrom(roots.get(each)!, words, at, each) ?? []).sort((a, b) => b.length - a.length)
        const [first] = longest
        if (first) found.push({ ...first, slugs: [...new Set(longest.filter(({ length }) => length === first.length).flatMap(({ slugs }) => slugs))] })
      }
      return found
    },
    withWider: slug => {
      const all: string[] = []
      for (let next: string | undefined = slug; next !== undefined && !all.includes(next); next = wider.get(next)) all.push(next)
      return all
    },
  }
}

function plant(root: Branch | undefined, words: string[], language: string, slug: string): void {
  if (!root || words.length === 0) return
  let branch = root
  for (const word of words) {
    const stem = stemOf(word, language)
    const next = branch.next.get(stem) ?? newBranch()
    branch.next.set(stem, next)
    branch = next
  }
  if (!branch.slugs.includes(slug)) branch.slugs.push(slug)
}

function longestFrom(root: Branch, words: string[], at: number, language: string): SubjectFound | undefined {
  let found: SubjectFound | undefined
  let branch: Branch | undefined = root
  for (let end = at; end < words.length; end++) {
    branch = branch.next.get(stemOf(words[end]!, language))
    if (!branch) break
    if (branch.slugs.length > 0) found = { at, length: end - at + 1, slugs: branch.slugs }
  }
  return found
}
