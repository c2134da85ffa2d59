import { foldIri } from '../rdf/iri.ts'
import type { Concept } from '../vocabulary/concepts.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'

/**
 * The entry of a list that somebody meant by an IRI in its namespace which is none of it: `frequency/IRREGULAR` is IRREG. Undefined where nothing comes near.
 */
export function meantBy(iri: string, lists: Lists): Concept | undefined {
  const end = iri.lastIndexOf('/')
  const scheme = lists.schemes.get(iri.slice(0, Math.max(end, 0)).replace(/^https:/, 'http:'))
  if (!scheme || lists.concepts.has(iri)) return undefined
  const code = iri.slice(end + 1)
  return lists.match(scheme.iri, foldIri(iri)) ?? lists.match(scheme.iri, code) ?? nearest(code.toUpperCase(), scheme.concepts)
}

/** The code that begins like this one for longest, of equals the shortest; three letters at least. */
function nearest(code: string, concepts: Concept[]): Concept | undefined {
  const alike = ({ slug }: Concept) => [...slug.toUpperCase()].findIndex((letter, at) => letter !== code[at])
  return concepts
    .map(concept => ({ concept, letters: alike(concept) < 0 ? concept.slug.length : alike(concept) }))
    .filter(({ letters }) => letters >= fewestLetters)
    .sort((a, b) => b.letters - a.letters || a.concept.slug.length - b.concept.slug.length)[0]?.concept
}

const fewestLetters = 3
