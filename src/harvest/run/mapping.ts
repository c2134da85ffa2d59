import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import type { Defaults } from '../../normalise/draft.ts'
import { Problem } from '../../problem.ts'
import { euLists, ownLists } from '../../vocabulary/lists.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'

/** What the records of one source are mapped and normalised with. All of it is part of the source's `mappingDigest`. */
export interface Mapping {
  source: Source
  base: string
  vocabulary: Vocabulary
  defaults: Defaults
}

/** Throws `configuration` where the source names a publisher, a licence or a status that no list knows. */
export const mappingOf = (source: Source, { catalogue, vocabulary }: { catalogue: Catalogue; vocabulary: Vocabulary }): Mapping => ({
  source,
  base: catalogue.base,
  vocabulary,
  defaults: defaultsOf(source, catalogue, vocabulary),
})

/**
 * What a record gets where the portal says nothing: the publisher, licence and status that the source's YAML names by slug, as IRIs; and what the edition says
 * for all. Throws `configuration` for a slug that no list knows.
 */
export function defaultsOf(source: Source, catalogue: Catalogue, vocabulary: Vocabulary): Defaults {
  const own = ownLists(catalogue.base)
  const publisher = source.publisher && named(source, 'publisher', source.publisher, [own.organisation], vocabulary)
  const licence = source.licence && named(source, 'licence', source.licence, [own.licence, euLists.licence], vocabulary)
  const status = source.status && named(source, 'status', source.status, [own.status], vocabulary)
  const { languages, contacts } = catalogue
  const origin = URL.parse(source.url)?.origin
  return {
    language: source.language,
    languages,
    ...(origin && { origin }),
    ...(contacts?.replacePersonal && { contacts }),
    ...(publisher && { publisher }),
    ...(licence && { licence }),
    ...(status && { status }),
  }
}

function named(source: Source, key: string, words: string, lists: string[], vocabulary: Vocabulary): string {
  const concept = lists.map(list => vocabulary.match(list, words)).find(Boolean)
  if (concept) return concept.iri
  throw new Problem(
    'configuration',
    `${source.file}: ${key}: "${words}" is in none of the lists ${lists.join(', ')}. Use a slug of the list, or add it to ontologies/.`,
    { file: source.file },
  )
}
