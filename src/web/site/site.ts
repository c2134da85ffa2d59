import { addressesOf, type Addresses } from '../../config/addresses.ts'
import type { Source } from '../../config/sources.ts'
import type { Dimension } from '../../ledger/records/search.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { metSources } from '../../ledger/sources/memory.ts'
import type { Publication } from '../../outlets/publication.ts'
import type { Remedies } from '../../outlets/report/report.ts'
import { digest } from '../../rdf/digest.ts'
import type { Sample } from '../../sample.ts'
import type { Store } from '../../store/store.ts'
import type { Checks } from '../../validate/checks/checks.ts'
import type { Rule } from '../../validate/profiles.ts'
import type { Standard } from '../../validate/standard.ts'
import type { Concept } from '../../vocabulary/concepts.ts'
import { saidProblem } from '../../words/said.ts'
import { loadWords, sayWordsOf, spokenLanguages, type Words } from '../../words/words.ts'
import { readAssets, type Assets } from './assets.ts'
import { openFaults, type Faults } from './faults.ts'
import { remediesOf } from './remedies.ts'
import { readTexts, type TextPage } from './texts.ts'

/** The beginning of a file that lies at an address. Rejects with the Problem of who asked there, and `unknown-format` for what cannot be looked into. */
export type Preview = (address: string, signal: AbortSignal) => Promise<Sample>

/** The request that something failed for: its number, and the route that it met. Nothing of who asked, nor of what. */
export interface Failed {
  id: string
  method: string
  route: string
}

/** Whether an address of the world outside answers. */
export type Reach = (address: string) => Promise<boolean>

/** What the pages are made from. */
export interface WebOptions {
  publication: Publication
  store: Store
  /** The rules of all profiles, by IRI: what findings say to people. */
  rules: Map<string, Rule>
  /** The profiles as people read them. */
  standards?: Standard[]
  version: string
  /** Who looks at the feeds of others, where that is done: not in the threads that answer what is read. */
  checks?: Checks
  /** Who looks into the files of portals, where that is done. */
  preview?: Preview
  /** Who asks whether the address of a reuse answers, where that is done. */
  reach?: Reach
  /** How the sign-in of the administration is asked, where that is by a proxy. */
  outside?: typeof fetch
  /** Told of every failure we did not foresee: the reader only learns that there was one. */
  report?: (error: unknown, request?: Failed) => void
}

/** What pages tell of a route: the rows of routes/index.ts. */
export interface Listed {
  path: string
  /** What it is, in a sentence for who writes a program. */
  about?: string
  /** The parameters of its query, and what each means. */
  parameters?: Record<string, string>
  /** The entry of the menu that it belongs to; the first path of an entry that has no parameter is where the menu leads. */
  menu?: string
  /** What crawlers leave alone of it, as robots.txt writes it after the path. */
  uncrawled?: string
}

/** What every route is given: the options, and what is worked out of them once. */
export interface Site extends WebOptions {
  routes: Listed[]
  /** Languages of the pages, the default first: those of the catalogue that we have words for. */
  languages: string[]
  /** What everything here is called by others: IRIs, and canonical addresses. */
  addresses: Addresses
  words: Map<string, Words>
  /** Changes whenever the same record could look otherwise: it stands in every ETag. */
  edition: string
  assets: Assets
  remedies: Remedies
  faults: Faults
  /** The pages that the edition wrote itself. */
  texts: TextPage[]
  source(id: string): Source | undefined
  /** The concept behind a value of a facet; undefined for plain words. */
  concept(dimension: Dimension, slug: string): Concept | undefined
}

export function openSite(options: WebOptions, routes: Listed[]): Site {
  const { catalogue, vocabulary, sources } = options.publication
  sayWordsOf(catalogue.words)
  const known = catalogue.languages.filter(language => spokenLanguages().includes(language))
  const languages = known.length > 0 ? known : ['en']
  const assets = readAssets()
  const lists = listsOf(catalogue.base)
  const slugs = new Map<Dimension, Map<string, Concept>>()
  for (const [dimension, schemes] of Object.entries(lists) as [Dimension, string[]][]) {
    // The edition's own list comes first and wins where two lists use one slug.
    const concepts = schemes.toReversed().flatMap(scheme => vocabulary.schemes.get(scheme)?.concepts ?? [])
    slugs.set(dimension, new Map(concepts.map(concept => [concept.slug, concept])))
  }
  const words = loadWords(languages, catalogue.timeZone)
  const texts = readTexts(catalogue.pages)
  return {
    ...options,
    routes,
    languages,
    addresses: addressesOf(catalogue.base),
    assets,
    words,
    faults: openFaults(options.publication.ledger),
    remedies: remediesOf(words, options.rules),
    texts,
    edition: digest(`${options.version} ${assets.build} ${JSON.stringify([catalogue.title, texts, sources])} ${vocabulary.index.digest}`).slice(0, 8),
    source: id => sources.find(source => source.id === id),
    concept: (dimension, slug) => slugs.get(dimension)?.get(slug),
  }
}

/** A source by its id. Throws `not-found`, saying whether there never was one, or the edition no longer has it. */
export function knownSource(site: Site, id: string): Source {
  const source = site.source(id)
  if (source) return source
  const isForgotten = metSources(site.publication.ledger).includes(id)
  throw saidProblem('not-found', isForgotten ? 'missing.source_forgotten' : 'missing.source', { id: id.slice(0, 200) })
}
