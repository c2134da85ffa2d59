import { value, values, type Graph } from '../../rdf/graph.ts'
import { adms, dcat, dct, foaf } from '../../rdf/namespaces.ts'
import { isLiteral, type NamedNode, type Subject, type Term } from '../../rdf/terms.ts'
import { textsOf } from '../../rdf/texts.ts'
import { fold } from '../../vocabulary/fold.ts'
import { euLists, ownLists } from '../../vocabulary/lists.ts'
import type { Lists } from '../../vocabulary/vocabulary.ts'
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
export function summarise(graph: Graph, dataset: Subject, source: string, vocabulary: Lists, base: string): Summary {
  const lists = listsOf(base)
  const distributions = values(graph, dataset, dcat.distribution)
  const of = (property: NamedNode, subjects: Term[] = [dataset]) => subjects.flatMap(subject => values(graph, subject, property))
  const [nationalThemes, europeanThemes] = lists.theme as [string, string]
  const themes = concepts(of(dcat.theme), lists.theme!, vocabulary).map(theme =>
    theme.scheme === europeanThemes ? (nationalOf(theme, nationalThemes, vocabulary) ?? theme) : theme,
  )
  const national = themes.filter(theme => theme.scheme === nationalThemes)
  // Those by which it is listed are those by which it is found.
  const listed = national.length > 0 ? national : themes
  const places = concepts(of(dct.spatial), lists.territory!, vocabulary).flatMap(place =>
    withWider(ownOf(place, lists.territory![0]!, vocabulary).iri, vocabulary),
  )
  const formats = concepts(of(dct.format, distributions), lists.format!, vocabulary)
  const licences = concepts([...of(dct.license, distributions), ...of(dct.license)], lists.licence!, vocabulary)
  const publishers = of(dct.publisher)
    .map(agent => vocabulary.concepts.get(agent.value)?.slug ?? value(graph, agent, foaf.name)?.value ?? '')
    .filter(Boolean)
  const title = sorted(textsOf(graph, dataset, dct.title))
  const description = sorted(textsOf(graph, dataset, dct.description))
  const keywords = [...of(dcat.keyword), ...of(dct.identifier), ...of(adms.identifier).filter(isLiteral)].map(word => word.value)
  const bodies = concepts(of(dct.publisher), lists.publisher!, vocabulary)
  const names = [...new Set([...[...places, ...bodies].flatMap(({ labels, notation = '' }) => [...Object.values(labels), notation]), ...publishers])]
  const dated = newest(of(dct.modified)) ?? newest(of(dct.modified, distributions)) ?? newest(of(dct.issued, distributions))
  const opening = distributions.length === 0 ? newest(of(dct.available)) : undefined
  const facets = {
    theme: slugs(listed),
    publisher: publishers,
    format: slugs(formats),
    licence: slugs(licences),
    territory: slugs(places),
    language: slugs(concepts([...of(dct.language), ...of(dct.language, distributions)], lists.language!, vocabulary)),
  }
  const named = { names, themes: [...new Set(listed.flatMap(({ labels }) => Object.values(labels)))], values: facets }
  return {
    title,
    description,
    searched: searchedOf({ title, description, keywords, ...named }, vocabulary.subjects),
    facets: { ...facets, availability: [distributions.length > 0 ? 'files' : opening === undefined ? 'none' : 'announced'], source: [source] },
    ...(dated !== undefined && { dated }),
    ...(opening !== undefined && { opening }),
  }
}

type Concept = NonNullable<ReturnType<Lists['match']>>
const slugs = (found: Concept[]) => [...new Set(found.map(concept => concept.slug))]

function concepts(terms: { value: string }[], lists: string[], vocabulary: Lists): Concept[] {
  return terms
    .map(term => vocabulary.concepts.get(term.value))
    .filter(concept => concept !== undefined)
    .filter(concept => lists.includes(concept.scheme))
}

/**
 * The theme of the edition's own that a European one clearly means: the only one within it, or, where there are several, the one of the same name in one of
 * their languages. Undefined where it may be any of several, or none.
 */
function nationalOf(theme: Concept, list: string, vocabulary: Lists): Concept | undefined {
  const within = (vocabulary.schemes.get(list)?.concepts ?? []).filter(each => each.broadMatch.includes(theme.iri))
  if (within.length < 2) return within[0]
  const called = (concept: Concept) => Object.entries(concept.labels).map(([language, label]) => `${language} ${fold(label)}`)
  const names = new Set(called(theme))
  return within.find(each => called(each).some(name => names.has(name)))
}

/** The entry of a list of our own that stands for the same as one of another list; itself where there is none. */
const ownOf = (concept: Concept, list: string, vocabulary: Lists): Concept =>
  concept.scheme === list ? concept : (vocabulary.match(list, concept.iri) ?? concept)

/** The last of some dates that begin with a year; undefined where there is none. */
const newest = (dates: { value: string }[]): string | undefined =>
  dates
    .map(({ value: date }) => date)
    .filter(date => /^\d{4}(?:-|$)/.test(date))
    .sort()
    .at(-1)

/** A province is found under its region and its country too. */
function withWider(iri: string, vocabulary: Lists): Concept[] {
  const found: Concept[] = []
  for (let next = vocabulary.concepts.get(iri); next && !found.includes(next); next = vocabulary.concepts.get(next.broader ?? '')) found.push(next)
  return found
}

/** Texts by language, the languages in an order that does not depend on that of the feed. */
const sorted = (texts: Record<string, string>) => Object.fromEntries(Object.entries(texts).sort(([, a], [, b]) => (a < b ? -1 : 1)))
