import { readFileSync } from 'node:fs'
import { filesWithShared } from '../config/shared.ts'
import { Problem, sentence } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import { Graph } from '../rdf/graph.ts'
import { foldIri } from '../rdf/iri.ts'
import type { fihrist } from '../rdf/namespaces.ts'
import { parse } from '../rdf/parse.ts'
import { remembering } from '../remembering.ts'
import { choose } from '../words/choose.ts'
import { indexOf, type Concept, type Index, type Scheme } from './concepts.ts'
import { fold } from './fold.ts'
import { ownLists } from './lists.ts'
import { subjectsOf, type Subjects } from './subjects.ts'

/** The reference lists of the edition, and the words by which portals name their entries. */
export interface Vocabulary {
  /** Everything in the lists, as published in `{base}/graph/vocabulary`. */
  graph: Graph
  /** The same as plain data. */
  index: Index
  schemes: Map<string, Scheme>
  concepts: Map<string, Concept>
  /** The entry of one list that a portal means by a word, an IRI or a code; undefined where nothing is sure. */
  match(scheme: string, words: string): Concept | undefined
  /** The label of a concept in the first of these languages that it has. */
  label(iri: string, languages: string[]): string | undefined
  /** IRIs of the formats that have a media type. */
  formatsOf(mediaType: string): string[]
  /** The everyday words of the list of subjects, in all their languages. */
  subjects: Subjects
  /** True of a flag such as `fihrist:machineReadable`. */
  flag(iri: string, property: (typeof fihrist)['machineReadable']): boolean
}

/** The lists as they are asked, without their graph: a tenth of its memory. */
export type Lists = Omit<Vocabulary, 'graph' | 'index'>

/** Reads every Turtle file of the ontologies folder, and the lists that all editions share; relative IRIs are relative to the catalogue's base. */
export async function loadVocabulary(folder: string, base: string): Promise<Vocabulary> {
  const all = new Graph()
  const digests: string[] = []
  let files: string[]
  try {
    files = [...filesWithShared(folder, 'ontologies').values()].filter(each => each.endsWith('.ttl'))
  } catch (error) {
    throw new Problem('configuration', `The folder of reference lists ${folder} cannot be read: ${sentence(error)}.`, { file: folder }, error)
  }
  for (const file of files) {
    const text = readFileSync(file)
    digests.push(digest(text))
    const { quads, problem } = await parse(text, { url: `${base}/`, mediaType: 'text/turtle' }).catch((error: Problem) => ({
      quads: [],
      problem: error,
    }))
    if (problem) throw new Problem('configuration', `${file}: ${problem.message}`, { file }, problem)
    for (const quad of quads) all.add(quad)
  }
  const index = { ...indexOf(all, ownLists(base).subject), digest: digest(digests.join()) }
  return Object.assign(listsOf(index), { graph: all, index })
}

/** The lists by their index, wherever that comes from. */
export function listsOf({ schemes, concepts, words, formats, flags, subjects: entries }: Omit<Index, 'digest'>): Lists {
  const matching = new Map(
    [...words].map(([scheme, known]) => [
      scheme,
      remembering(text => known.get(foldIri(text.trim())) ?? known.get(fold(text)) ?? known.get(fold(bareMediaType(text))), 1000),
    ]),
  )
  let subjects: Subjects | undefined
  return {
    schemes,
    concepts,
    get subjects() {
      return (subjects ??= subjectsOf(entries))
    },
    match: (scheme, text) => matching.get(scheme)?.(text),
    label: (iri, languages) => {
      const labels = concepts.get(iri)?.labels ?? schemes.get(iri)?.labels
      return labels && choose(labels, languages)?.text
    },
    formatsOf: mediaType => formats.get(mediaType) ?? [],
    flag: (iri, property) => flags.has(`${iri} ${property.value}`),
  }
}

/** `text/csv;charset=utf-8` and the IRI of the IANA register → `text/csv`; empty for what is no media type. */
const bareMediaType = (text: string): string =>
  /^(?:https?:\/\/(?:www\.)?iana\.org\/assignments\/media-types\/)?([a-z]+\/[a-z0-9.+-]+)\s*(?:;.*)?$/i.exec(text.trim())?.[1] ?? ''
