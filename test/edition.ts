import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'n3'
import { contacts, withKnown, type Contacts } from '../src/config/contacts.ts'
import { root } from '../src/files.ts'
import { Graph } from '../src/rdf/graph.ts'
import type { Quad } from '../src/rdf/terms.ts'
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

/** Turtle with relative IRIs under the base, read strictly. */
export const turtle = (text: string): Graph => new Graph(new Parser({ baseIRI: `${base}/` }).parse(text) as Quad[])

/** Every file of a folder with one of these endings: name without ending → text. */
export function cases(folder: string, ending = '.ttl'): [name: string, text: string][] {
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => [name.slice(0, -ending.length), readFileSync(join(folder, name), 'utf8')])
}
