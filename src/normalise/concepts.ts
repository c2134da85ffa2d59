import { add } from '../rdf/graph.ts'
import { adms, dcat, dcatap, dct, fihrist } from '../rdf/namespaces.ts'
import { isBlank, isNamed, isNode, namedNode, type NamedNode, type Quad } from '../rdf/terms.ts'
import { euLists, ownLists } from '../vocabulary/lists.ts'
import type { Concept } from '../vocabulary/vocabulary.ts'
import { rename, repair, statements, swap, wordsOf, type Draft } from './draft.ts'

type Own = ReturnType<typeof ownLists>

/** Which lists the values of a property come from, the first that knows the value wins (DCAT-AP 3.0.1, controlled vocabularies). Add a list: a line here. */
const listed: [property: NamedNode, lists: (own: Own, isOfFile: () => boolean) => string[]][] = [
  [dct.accrualPeriodicity, () => [euLists.frequency]],
  [fihrist.collectionFrequency, () => [euLists.frequency]],
  [fihrist.disaggregationLevel, own => [own.disaggregationLevel]],
  [dct.language, () => [euLists.language]],
  [dct.license, own => [own.licence, euLists.licence]],
  [dct.accessRights, () => [euLists.accessRight]],
  [dcat.theme, own => [own.theme, euLists.dataTheme]],
  [dct.format, () => [euLists.fileType]],
  [adms.status, (own, isOfFile) => (isOfFile() ? [euLists.distributionStatus] : [own.status])],
  [dcatap.availability, () => [euLists.availability]],
  [dct.type, () => [euLists.datasetType]],
  [dct.spatial, own => [own.territory, euLists.country]],
  [dct.publisher, own => [own.organisation]],
  [dct.creator, own => [own.organisation]],
]

/** Puts the concepts of the reference lists in the place of the words, codes and foreign IRIs that mean them. */
export function matchConcepts(draft: Draft): void {
  const own = ownLists(draft.base)
  for (const [property, lists] of listed) {
    for (const quad of statements(draft, property))
      matchOne(
        draft,
        quad,
        lists(own, () => draft.graph.has(null, dcat.distribution, quad.subject)),
      )
  }
}

function matchOne(draft: Draft, quad: Quad, lists: string[]): void {
  const { object } = quad
  if (isNamed(object) && draft.vocabulary.concepts.has(object.value)) return
  const concepts = meant(draft, wordsOf(draft, object), lists, quad.predicate.equals(dct.format))
  if (concepts.length === 0) return
  repair(draft, 'concept', quad, wordsOf(draft, object).join(' | '), concepts.map(concept => concept.iri).join(' '))
  if (isNode(object) && concepts.length === 1 && (isBlank(object) || draft.graph.has(object))) rename(draft, object, namedNode(concepts[0]!.iri))
  else swap(draft, quad, ...concepts.map(concept => namedNode(concept.iri)))
}

/** The concept that one of the words means; or, for a literal such as "Français; العربية", one for each part. */
function meant(draft: Draft, words: string[], lists: string[], single: boolean): Concept[] {
  for (const list of lists) {
    for (const word of words.flatMap(spellings)) {
      const concept = draft.vocabulary.match(list, word)
      if (concept) return [concept]
    }
  }
  if (words.length !== 1 || /^https?:/i.test(words[0]!)) return []
  const match = (part: string) => lists.map(list => draft.vocabulary.match(list, part)).find(Boolean)
  // `Spreadsheet (csv)` says it in brackets.
  const inBrackets = match(/\(([^()]+)\)/.exec(words[0]!)?.[1] ?? '')
  if (inBrackets) return [inBrackets]
  const parts = words[0]!.split(/\s*[;,|/+]\s*/).filter(Boolean)
  const found = parts.length < 2 ? [] : parts.map(match)
  if (!found.every(concept => concept !== undefined)) return []
  // `zip+csv` is CSV in a package; of `XLS/XLSX` a file has one.
  const inside = single ? found.filter(concept => !packages.has(concept.slug)) : found
  return single ? (inside.length > 0 ? inside : found).slice(0, 1) : [...new Set(inside)]
}

/** File types that hold files of other types. */
const packages = new Set(['ZIP', 'GZIP', 'TAR', 'TAR_GZ', 'RAR', '7Z', 'BZIP2', 'TAR_XZ'])

/** A word, and what it comes down to: the deed or the text of a licence is the licence, `en-US` is English. */
const spellings = (word: string): string[] => {
  const shorter = word.replace(/\/(?:legalcode|deed)(?:[._-][\w-]+)*(?:\.txt|\.html)?\/?$/i, '').replace(/^([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})$/i, '$1')
  return shorter === word ? [word] : [word, shorter]
}

/** A national theme is published with the European themes it falls under, so that harvesters beyond the edition can place it. */
export function widenThemes(draft: Draft): void {
  for (const quad of statements(draft, dcat.theme)) {
    for (const wider of draft.vocabulary.concepts.get(quad.object.value)?.broadMatch ?? []) {
      add(draft.graph, quad.subject, dcat.theme, namedNode(wider))
    }
  }
}
