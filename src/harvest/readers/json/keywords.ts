import { guess } from '../../../normalise/text.ts'
import { literal, type Term } from '../../../rdf/terms.ts'
import { isSaid, objects, said, text, type Tongue } from './values.ts'

/** Keywords as a list, as objects with a name, or as one text that holds them all; in their own language where it is said. */
export function keywords(value: unknown, { language, stated }: Tongue): Term[] {
  const plain = (words: string) => literal(words, (stated && guess(words, language)) || undefined)
  if (typeof value === 'string') return split(value).map(plain)
  return objects(apart(value)).flatMap((each): Term[] =>
    [names.map(name => each[name]).find(name => text(name))]
      .flat()
      .flatMap((name): Term[] => (isSaid(name) ? said(name) : text(name) ? [plain(text(name))] : [])),
  )
}

const names = ['prefLabel', 'display_name', 'label', 'name', 'title']
const split = (words: string) =>
  words
    .split(/[,;،؛\n]/)
    .map(each => each.trim())
    .filter(Boolean)

/** A text that is the only one in its language holds all keywords in that language. */
function apart(value: unknown): unknown {
  const all = [value].flat()
  const tongues = Map.groupBy(all.filter(isSaid), each => text(each['@language']))
  return tongues.size === 0
    ? value
    : all.flatMap(each =>
        isSaid(each) && tongues.get(text(each['@language']))!.length === 1 ? split(text(each)).map(word => ({ ...each, '@value': word })) : [each],
      )
}
