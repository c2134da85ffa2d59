import type { Concept } from '../../vocabulary/concepts.ts'
import { tellingWords, subjectsOf, type SubjectEntry, type Subjects } from '../../vocabulary/subjects.ts'
import type { Lists } from '../../vocabulary/vocabulary.ts'
import type { Known } from '../search/question.ts'
import type { Dimension } from './search.ts'
import { listsOf } from './summary.ts'

const known = new WeakMap<Lists['concepts'], Known>()

/** What searches know of words: the subjects of the edition, and all that its bodies, themes, places, formats and licences are called. */
export function knownWords(vocabulary: Lists, base: string): Known {
  const found = known.get(vocabulary.concepts) ?? { subjects: vocabulary.subjects, names: subjectsOf(namesIn(vocabulary, base)) }
  known.set(vocabulary.concepts, found)
  return found
}

function namesIn(vocabulary: Lists, base: string): SubjectEntry[] {
  const lists = Object.entries(listsOf(base)) as [Dimension, string[]][]
  return lists
    .filter(([dimension]) => dimension !== 'language')
    .flatMap(([dimension, schemes]) =>
      schemes.flatMap(scheme =>
        (vocabulary.schemes.get(scheme)?.concepts ?? []).map(concept => ({
          slug: `${dimension} ${concept.slug}`,
          names: namesOf(dimension, concept, vocabulary.subjects),
        })),
      ),
    )
}

const namesOf = (dimension: Dimension, { labels, notation, aliases, broader, slug }: Concept, subjects: Subjects): [string, string][] => [
  ...Object.entries(labels),
  ...[...(notation ? [notation] : []), slug, ...aliasesOf(dimension, labels, aliases, broader, subjects)].map(name => ['', name] as [string, string]),
]

/**
 * Who looks for cereals does not look for all of agriculture, though portals name the theme so: of a theme, other names count that mean no other subject. And
 * "national" is no name of the country that holds all places.
 */
function aliasesOf(dimension: Dimension, labels: Concept['labels'], aliases: string[], broader: string | undefined, subjects: Subjects): string[] {
  if (dimension === 'territory' && broader === undefined) return []
  if (dimension !== 'theme') return aliases
  const meant = (name: string) => subjects.in(tellingWords(name)).flatMap(({ slugs }) => slugs)
  const own = new Set(Object.values(labels).flatMap(meant))
  return aliases.filter(alias => meant(alias).every(slug => own.has(slug)))
}
