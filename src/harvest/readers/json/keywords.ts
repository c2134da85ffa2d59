import { guess } from '../../../normalise/text.ts'
import { literal, type Term } from '../../../rdf/terms.ts'
import type { TextRules } from '../target.ts'
import { isValueObject, objects, literalsIn, text } from './values.ts'

/** Keywords as a list, as objects with a name, or as one text that holds them all; in their own language where it is said. */
export function keywords(value: unknown, { language, stated }: TextRules): Term[] {
  const plain = (words: string) => literal(words, (stated && guess(words, language)) || undefined)
  if (typeof value === 'string') return split(value).map(plain)
  return objects(apart(value)).flatMap((each): Term[] =>
    [names.map(name => each[name]).find(name => text(name))]
      .flat()
      .flatMap((name): Term[] => (isValueObject(name) ? literalsIn(name) : text(name) ? [plain(text(name))] : [])),
  )
}

const names = ['prefLabel', 'display_name', 'label', 'name', 'title']
/** Keywords that stand in one text; Arabic has a comma and a semicolon of its own. */
export const split = (words: string): string[] =>
  words
    .split(/[,;،؛\n]/)
    .map(each => each.trim())
    .filter(Boolean)

/** A text that is the only one in its language holds all keywords in that language. */
function apart(value: unknown): unknown {
  const all = [value].flat()
  const languages = Map.groupBy(all.filter(isValueObject), each => text(each['@language']))
  return languages.size === 0
    ? value
    : all.flatMap(each =>
        isValueObject(each) && languages.get(text(each['@language']))!.length === 1 ? split(text(each)).map(word => ({ ...each, '@value': word })) : [each],
      )
}
