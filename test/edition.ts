import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'n3'
import { contacts, withKnown, type Contacts } from '../src/config/contacts.ts'
import { root } from '../src/files.ts'
import { Graph, values } from '../src/rdf/graph.ts'
import { skos } from '../src/rdf/namespaces.ts'
import { namedNode, type Quad } from '../src/rdf/terms.ts'
import { ownLists } from '../src/vocabulary/lists.ts'
import { loadVocabulary, type Vocabulary } from '../src/vocabulary/vocabulary.ts'

/** The base under which tests mint. */
export const base = 'https://catalogue.example.ma'
export const ontologies = join(root, 'ontologies')
export const shapes = join(root, 'shapes')

/** Rules for contacts as `contacts` of catalogue.yaml states them, with the real words and hosts. */
export const contactRules = (stated: unknown): Contacts => withKnown(contacts.parse(stated), ontologies)

let loaded: Promise<Vocabulary> | undefined
/** The real reference lists. */
export const vocabulary = (): Promise<Vocabulary> => (loaded ??= loadVocabulary(ontologies, base))

/** What tells that a text is of Morocco: the names of places and bodies in its lists which are one word, its hosts, laws, money and telephones. */
export async function morocco(): Promise<RegExp> {
  const known = await vocabulary()
  const { organisation, territory } = ownLists(base)
  const names = [organisation, territory]
    .flatMap(list => known.schemes.get(list)!.concepts)
    .flatMap(({ iri }) => [skos.prefLabel, skos.altLabel].flatMap(property => values(known.graph, namedNode(iri), property)))
    .map(({ value }) => value)
    // Two are words of every day as well: ADD, and the town that is called "the new one".
    .filter(name => /^\p{L}{3,}$/u.test(name) && !['ADD', 'الجديدة'].includes(name))
  const more = ['Moroccan', 'marocaine?s?', 'menara', 'dirhams?', 'DCAT-AP-MA', 'dcat-ap-ma', 'odbl-ma', '31-13', '09-08', 'CNDP']
  return new RegExp(`(?<![\\p{L}\\d])(?:${[...names, ...more].join('|')})(?![\\p{L}\\d])|[a-z]\\.ma\\b|\\+212`, 'u')
}

/** Turtle with relative IRIs under the base, read strictly. */
export const turtle = (text: string): Graph => new Graph(new Parser({ baseIRI: `${base}/` }).parse(text) as Quad[])

/** Every file of a folder with one of these endings: name without ending → text. */
export function cases(folder: string, ending = '.ttl'): [name: string, text: string][] {
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => [name.slice(0, -ending.length), readFileSync(join(folder, name), 'utf8')])
}
