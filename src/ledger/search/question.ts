import { fold } from '../../vocabulary/fold.ts'
import { isStopWord } from '../../vocabulary/stop-words.ts'
import { elided, type SubjectFound, type Subjects } from '../../vocabulary/subjects.ts'
import { nameWord, stemWords, subjectWord, words } from './words.ts'

/** What somebody searches for, as the index is asked. */
export interface Question {
  /** Each has to be met. */
  groups: Group[]
  /** None of these may be. */
  without: string[]
  /** Words that say nothing, which were left out. */
  ignored: string[]
}

/** What is known of words beside their letters: the subjects that they mean, and the concepts of other lists (`publisher hcp`) that they name. */
export interface Known {
  subjects?: Subjects
  names?: Subjects
}

/** Words of a question that are met together: one, several that name one subject, a phrase, or alternatives. */
export interface Group {
  /** As they were typed. */
  typed: string
  /** How many words it stands for. */
  weight: number
  /** What finds it, in the language of FTS5. */
  match: string
  /** What finds it where nothing else does: words that begin like the last one typed. */
  beginning?: string
  /** Its words and their stems, as words of the index. */
  words: string[]
  /** The subjects that it means, and the concepts that it names: `publisher hcp`. */
  subjects: string[]
  named: string[]
}

/** A piece of a question: a phrase in quotes, or one word. */
interface Piece {
  typed: string
  /** Its words as they are written in the index; those of a phrase stand side by side. */
  exact: string[]
  folded: string[]
  quoted: boolean
  minus: boolean
}

const mostPieces = 24
/** Characters that are read: nobody types as many. */
const longest = 2000
/** Words in quotes of any language, a word, and a minus before either. */
const pieces = /(?<minus>(?<!\S)-(?=[\p{L}\p{N}"«“]))?(?:["«“](?<phrase>[^"»”]*)["»”]|(?<word>[^\s"«“]+))/gu
const alternative = /^(?:OR|OU|أو|\|\|?)$/u

/**
 * Reads what people write: `eau potable` is both words, `"eau potable"` the phrase, `eau OR santé` (OU, أو) either, `-potable` what may not be in it. Words
 * that say nothing are left out where others say something. A word is met by itself, by one of its stem, and by what names the same subject in any language.
 */
export function readQuestion(text: string, known: Known = {}): Question {
  const read = [...text.slice(0, longest).normalize('NFC').matchAll(pieces)].slice(0, mostPieces).map(({ groups }) => groups!)
  const without: string[] = []
  const alternatives: Piece[][] = []
  let joins = false
  for (const { minus, phrase, word } of read) {
    if (!minus && word !== undefined && alternative.test(word)) {
      joins = alternatives.length > 0
      continue
    }
    const all = phrase === undefined ? piecesOf(word!, !!minus) : [pieceOf(phrase, true, !!minus)]
    for (const piece of all.filter(({ exact }) => exact.length > 0)) {
      if (piece.minus) without.push(matchOf(piece, []))
      else if (joins) alternatives.at(-1)!.push(piece)
      else alternatives.push([piece])
      joins = false
    }
  }
  const isIdle = (all: Piece[]) => all.every(({ quoted, folded }) => !quoted && folded.every(isStopWord))
  const telling = alternatives.filter(all => !isIdle(all))
  // Alone, a short word that says nothing would find everything.
  const asked = telling.length > 0 ? telling : alternatives.filter(all => all.some(({ exact }) => exact.join('').length > 2))
  const ignored = alternatives.filter(all => !asked.includes(all)).flatMap(all => all.map(({ typed }) => typed))
  const groups = grouped(asked, known)
  const last = read.at(-1)?.['word']
  return { groups: withBeginning(groups, last, text), without, ignored }
}

/** What is typed without blanks: one word, several by hyphens and the like, or (R&D) signs that only mean something together. */
function piecesOf(typed: string, minus: boolean): Piece[] {
  const whole = pieceOf(typed, false, minus)
  const together = whole.exact.some(word => [...word].length === 1)
  return whole.exact.length < 2 || together || minus
    ? [{ ...whole, quoted: whole.exact.length > 1 }]
    : fold(typed.replace(elided, ''))
        .split(' ')
        .map(word => pieceOf(word, false, minus))
}

const pieceOf = (typed: string, quoted: boolean, minus: boolean): Piece => ({
  typed: typed.trim(),
  exact: words(typed).split(' ').filter(Boolean),
  folded: fold(typed.replace(elided, '')).split(' ').filter(Boolean),
  quoted,
  minus,
})

/** Words in a row that name one thing are one group. */
function grouped(alternatives: Piece[][], known: Known): Group[] {
  const groups: Group[] = []
  let run: Piece[] = []
  const close = () => {
    groups.push(...groupsOf(run, known))
    run = []
  }
  for (const all of alternatives) {
    if (all.length === 1 && !all[0]!.quoted) run.push(all[0]!)
    else {
      close()
      const each = all.flatMap(piece => (piece.quoted ? [groupOfWhole(piece, known)] : groupsOf([piece], known)))
      groups.push({
        typed: all.map(({ typed }) => typed).join(' OR '),
        weight: 1,
        match: anyOf(each.map(({ match }) => match)),
        words: each.flatMap(({ words: own }) => own),
        subjects: each.flatMap(({ subjects }) => subjects),
        named: each.flatMap(({ named }) => named),
      })
    }
  }
  close()
  return groups
}

/** A phrase is met by its words side by side; what is typed without blanks (`R&D`) also by what it names as a whole. */
function groupOfWhole(piece: Piece, { subjects, names }: Known): Group {
  const { typed, folded } = piece
  const named = (all: Subjects | undefined) =>
    /\s/.test(typed) ? [] : (all?.in(folded) ?? []).filter(({ at, length }) => at === 0 && length === folded.length).flatMap(({ slugs }) => slugs)
  return groupOf([piece], named(subjects), named(names))
}

/** Words in a row, those together that name one thing. */
function groupsOf(run: Piece[], { subjects, names }: Known): Group[] {
  const telling = run.map(({ folded }) => folded[0]!)
  const found = { subjects: subjects?.in(telling) ?? [], names: names?.in(telling) ?? [] }
  const groups: Group[] = []
  for (let at = 0; at < run.length;) {
    const length = Math.max(1, ...[...found.subjects, ...found.names].filter(each => each.at === at).map(each => each.length))
    const saidBy = (all: SubjectFound[]) => all.filter(each => each.at === at && each.length === length).flatMap(({ slugs }) => slugs)
    groups.push(groupOf(run.slice(at, at + length), saidBy(found.subjects), saidBy(found.names)))
    at += length
  }
  return groups
}

function groupOf(together: Piece[], subjects: string[], named: string[]): Group {
  const more = [...subjects.map(subjectWord), ...named.map(nameWord)].map(quote)
  return {
    typed: together.map(({ typed, quoted }) => (quoted && typed.includes(' ') ? `"${typed}"` : typed)).join(' '),
    weight: together.length,
    match: together.length === 1 ? matchOf(together[0]!, more) : anyOf([together.map(piece => matchOf(piece, [])).join(' AND '), ...more]),
    words: together.flatMap(({ exact, folded }) => [...exact, ...folded.flatMap(word => (isStopWord(word) ? [] : [word, ...stemWords(word)]))]),
    subjects,
    named,
  }
}

/** A word: itself, its stems, and more; a phrase: its words side by side. */
function matchOf({ exact, folded, quoted }: Piece, more: string[]): string {
  if (quoted || exact.length !== 1) return anyOf([quote(exact.join(' ')), ...more])
  const [word] = folded
  const stems = word === undefined || isStopWord(word) ? [] : stemWords(word)
  return anyOf([...[...exact, ...stems].map(quote), ...more])
}

const quote = (text: string): string => `"${text.replaceAll('"', '')}"`
const anyOf = (all: string[]): string => (all.length === 1 ? all[0]! : `(${all.map(each => (/ AND /.test(each) ? `(${each})` : each)).join(' OR ')})`)

/** The last word may not be finished yet: three letters of it are enough where they are no word themselves, and no name of anything. */
function withBeginning(groups: Group[], last: string | undefined, text: string): Group[] {
  const end = groups.at(-1)
  const begun = last === undefined || !text.trimEnd().endsWith(last) ? undefined : words(last).split(' ').at(-1)
  if (
    !end ||
    end.weight > 1 ||
    end.subjects.length + end.named.length > 0 ||
    !begun ||
    !/^[\p{L}\p{N}]{3,}$/u.test(begun) ||
    !words(end.typed).endsWith(begun) ||
    end.typed.includes(' ')
  )
    return groups
  return [...groups.slice(0, -1), { ...end, beginning: `${quote(begun)}*` }]
}

/** What finds words that begin like those of a text, all of them; empty for a text without words. */
export const beginnings = (text: string): string =>
  words(text)
    .split(' ')
    .filter(Boolean)
    .map(word => `${quote(word)}${[...word].length > 1 ? '*' : ''}`)
    .join(' ')
