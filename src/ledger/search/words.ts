import { remembering } from '../../remembering.ts'
import { fold } from '../../vocabulary/fold.ts'
import { stemmers, stemOf } from '../../vocabulary/stems.ts'
import { elided, tellingWords, type Subjects } from '../../vocabulary/subjects.ts'

// Texts as the index keeps them and as they are asked for, alike: words as they are written, then their stems and the subjects that they name. Those begin
// with a letter of the private use area, so that no word is taken for one of them.

const subjectMark = '\uE000'
const nameMark = '\uE001'
/** A mark for each language, in the order of the table of stemmers: add one at its end. */
const stemMarks = new Map(Object.keys(stemmers).map((language, at) => [language, String.fromCharCode(0xe002 + at)]))

/**
 * A text as it is searched: folded, without what French writes before a vowel, and without the Arabic article, alone or with the particles written to it
 * (والماء, بالماء, للماء), so that a noun is found in every place it stands in a sentence.
 */
export function words(text: string): string {
  return text.replace(elided, '').split(/\s+/).map(searchedWord).filter(Boolean).join(' ')
}

/** Word by word, as a catalogue has far fewer words than texts. */
const searchedWord = remembering((word: string) => fold(word).replace(/(?<!\S)(?:[وفبك]?ال|و?لل)(?=\p{Script=Arabic}{3})/gu, ''), 20_000)

/** A subject, and a concept of another list (`publisher hcp`), as a word of the index. */
export const subjectWord = (slug: string): string => subjectMark + letters(slug)
export const nameWord = (name: string): string => nameMark + letters(name)
const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The stems of a folded word as words of the index: in its language, or in all that are written with its letters. */
export function stemWords(word: string, language?: string): string[] {
  const all = stemsIn(word)
  const own = language === undefined ? undefined : stemMarks.get(language)
  const spoken = own === undefined ? [] : all.filter(stem => stem.startsWith(own))
  return spoken.length > 0 ? spoken : all
}

const stemsIn = remembering(
  (word: string) => [...stemMarks].flatMap(([language, mark]) => (stemmers[language]!.script.test(word) ? [mark + stemOf(word, language)] : [])),
  20_000,
)

/** A text, and the language that it is in where that is known. */
export type Spoken = [text: string, language?: string]

/** What a column of the index holds of some texts. `widely`: what is about dams is about water too; what only mentions them is not. */
export function indexed(texts: Spoken[], subjects?: Subjects, widely = true): string {
  const written: string[] = []
  const meant = new Set<string>()
  for (const [text, language] of texts) {
    const read = readerOf(subjects, language)(text)
    if (read.words) written.push(read.words)
    for (const stem of read.stems) meant.add(stem)
    for (const slug of read.slugs) for (const named of widely ? subjects!.withWider(slug) : [slug]) meant.add(subjectWord(named))
  }
  return [written.join(' '), ...meant].join(' ')
}

/** A text as the index reads it: its words, their stems, and the subjects that they name. */
interface Indexed {
  words: string
  stems: string[]
  slugs: string[]
}

type Reader = (text: string) => Indexed

const none = {}
const readers = new WeakMap<object, Map<string | undefined, Reader>>()

/** Remembers what is read of a text: keywords, and what places and bodies are called, come again with every record. */
function readerOf(subjects: Subjects | undefined, language: string | undefined): Reader {
  let known = readers.get(subjects ?? none)
  if (!known) readers.set(subjects ?? none, (known = new Map<string | undefined, Reader>()))
  let reader = known.get(language)
  if (!reader) {
    reader = remembering(text => {
      const telling = tellingWords(text)
      const found = subjects?.in(telling, language) ?? []
      return { words: words(text), stems: [...new Set(telling)].flatMap(word => stemWords(word, language)), slugs: found.flatMap(({ slugs }) => slugs) }
    })
    known.set(language, reader)
  }
  return reader
}
