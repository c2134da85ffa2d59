import { systemClock, type Clock } from '../../clock.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import type { Defaults } from '../../normalise/draft.ts'
import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import { lines } from '../../rdf/serialise.ts'
import { loadProfile, profileText, refuseBroken } from '../../validate/profiles.ts'
import { openValidation, type Validation } from '../../validate/validate.ts'
import { euLists, ownLists } from '../../vocabulary/lists.ts'
import { loadVocabulary, type Vocabulary } from '../../vocabulary/vocabulary.ts'

/** What all runs of a process share. */
export interface Engine {
  catalogue: Catalogue
  ledger: Ledger
  vocabulary: Vocabulary
  validation: Validation
  /** What time it is for all that is written down or decided by it. */
  now: Clock
  /** Changes when anything of the edition or the program does that decides what payloads become; part of each source's `mappingDigest`. */
  editionDigest: string
  /** Changes when anything does that decides what is found and measured of a graph: then all that is held is judged anew. */
  judgingDigest: string
  close(): Promise<void>
}

/** Counts up when a change of this program changes what payloads are mapped to. */
const mappingVersion = 9
/** Counts up when a change of this program changes what is found or measured of a graph. */
const judgingVersion = 2

export async function openEngine(catalogue: Catalogue, ledger: Ledger, now: Clock = systemClock): Promise<Engine> {
  const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
  const { shapes, base, profiles, compliance } = catalogue
  // What nobody could be judged by is told before anything is asked for, and not once for each record.
  refuseBroken(await Promise.all(profiles.map(name => loadProfile(shapes, base, name))))
  const validation = openValidation({ shapes, base, lists: vocabulary.index, profiles, compliance })
  const lists = digest(lines(vocabulary.graph, false))
  const editionDigest = digest(`${mappingVersion} ${base} ${catalogue.languages.join()} ${rulesOf(catalogue)} ${lists}`)
  const judgingDigest = digest(
    `${judgingVersion} ${base} ${lists} ${catalogue.blocking.join()} ${compliance} ${profiles.map(name => `${name} ${digest(profileText(shapes, name))}`).join()}`,
  )
  return { catalogue, ledger, vocabulary, validation, now, editionDigest, judgingDigest, close: () => validation.close() }
}

/**
 * What a record gets where the portal says nothing: the publisher and licence that the source's YAML names by slug, as IRIs; and what the edition says for all.
 * Throws `configuration` for a slug that no list knows.
 */
export function defaultsOf(source: Source, catalogue: Catalogue, vocabulary: Vocabulary): Defaults {
  const own = ownLists(catalogue.base)
  const publisher = source.publisher && named(source, 'publisher', source.publisher, [own.organisation], vocabulary)
  const licence = source.licence && named(source, 'licence', source.licence, [own.licence, euLists.licence], vocabulary)
  const { languages, contacts } = catalogue
  return { language: source.language, languages, ...(contacts?.replacePersonal && { contacts }), ...(publisher && { publisher }), ...(licence && { licence }) }
}

/** The rules for contacts, in a form that changes when they do. */
const rulesOf = ({ contacts }: Catalogue) => JSON.stringify(contacts && { ...contacts, mobile: contacts.mobile.map(String) })

function named(source: Source, key: string, words: string, lists: string[], vocabulary: Vocabulary): string {
  const concept = lists.map(list => vocabulary.match(list, words)).find(Boolean)
  if (concept) return concept.iri
  throw new Problem(
    'configuration',
    `${source.file}: ${key}: "${words}" is in none of the lists ${lists.join(', ')}. Use a slug of the list, or add it to ontologies/.`,
    { file: source.file },
  )
}
