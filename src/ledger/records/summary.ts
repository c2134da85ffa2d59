import { value, values, type Graph } from '../../rdf/graph.ts'
import { adms, dcat, dct, foaf } from '../../rdf/namespaces.ts'
import { isLiteral, type NamedNode, type Subject, type Term } from '../../rdf/terms.ts'
import { textsOf } from '../../rdf/texts.ts'
import { euLists, ownLists } from '../../vocabulary/lists.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import type { Summary } from './entry.ts'
import { searchedOf } from './search-index.ts'
import type { Dimension } from './search.ts'

/** Which list the values of a dimension come from: its slugs stand in URLs. */
export function listsOf(base: string): Partial<Record<Dimension, string[]>> {
  const own = ownLists(base)
  return {
    theme: [own.theme, euLists.dataTheme],
    publisher: [own.organisation],
    format: [euLists.fileType],
    licence: [own.licence, euLists.licence],
    territory: [own.territory, euLists.country],
    language: [euLists.language],
  }
}

/** Reads out of a record's graph what lists, search and facets show of it; its quality is not known yet. */
export function summarise(graph: Graph, dataset: Subject, source: string, vocabulary: Vocabulary, base: string): Summary {
  const lists = listsOf(base)
  const distributions = values(graph, dataset, dcat.distribution)
  const of = (property: NamedNode, subjects: Term[] = [dataset]) => subjects.flatMap(subject => values(graph, subject, property))
  const themes = concepts(of(dcat.theme), lists.theme!, vocabulary)
  const national = themes.filter(theme => theme.scheme === lists.theme![0])
  const places = concepts(of(dct.spatial), lists.territory!, vocabulary).flatMap(place => withWider(place.iri, vocabulary))
  const publishers = of(dct.publisher)
    .map(agent => vocabulary.concepts.get(agent.value)?.slug ?? value(graph, agent, foaf.name)?.value ?? '')
    .filter(Boolean)
  const named = [...themes, ...places, ...concepts(of(dct.publisher), lists.publisher!, vocabulary)]
  const title = sorted(textsOf(graph, dataset, dct.title))
  const description = sorted(textsOf(graph, dataset, dct.description))
  const keywords = [...of(dcat.keyword), ...of(dct.identifier), ...of(adms.identifier).filter(isLiteral)].map(word => word.value)
  const names = [...new Set([...named.flatMap(concept => [...Object.values(concept.labels), ...(concept.notation ? [concept.notation] : [])]), ...publishers])]
  return {
    title,
    description,
    searched: searchedOf({ title, description, keywords, names }),
    facets: {
      theme: slugs(national.length > 0 ? national : themes),
      publisher: publishers,
      format: slugs(concepts(of(dct.format, distributions), lists.format!, vocabulary)),
      licence: slugs(concepts([...of(dct.license, distributions), ...of(dct.license)], lists.licence!, vocabulary)),
      territory: slugs(places),
      language: slugs(concepts([...of(dct.language), ...of(dct.language, distributions)], lists.language!, vocabulary)),
      source: [source],
    },
  }
}

type Concept = NonNullable<ReturnType<Vocabulary['match']>>
const slugs = (found: Concept[]) => [...new Set(found.map(concept => concept.slug))]

function concepts(terms: { value: string }[], lists: string[], vocabulary: Vocabulary): Concept[] {
  return terms
    .map(term => vocabulary.concepts.get(term.value))
    .filter(concept => concept !== undefined)
    .filter(concept => lists.includes(concept.scheme))
}

/** A province is found under its region and its country too. */
function withWider(iri: string, vocabulary: Vocabulary): Concept[] {
  const found: Concept[] = []
  for (let next = vocabulary.concepts.get(iri); next && !found.includes(next); next = vocabulary.concepts.get(next.broader ?? '')) found.push(next)
  return found
}

/** Texts by language, the languages in an order that does not depend on that of the feed. */
const sorted = (texts: Record<string, string>) => Object.fromEntries(Object.entries(texts).sort(([, a], [, b]) => (a < b ? -1 : 1)))
