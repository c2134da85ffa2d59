import { systemClock, type Clock } from '../../clock.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { digest } from '../../rdf/digest.ts'
import { filesOf, loadProfile, profileNames, profileText, refuseBroken } from '../../validate/profiles.ts'
import { standards } from '../../validate/quality/metrics.ts'
import { loadVocabulary, type Vocabulary } from '../../vocabulary/vocabulary.ts'
import { openThreads, type Threads } from './threads.ts'

/** What all runs of a process share. */
export interface Engine {
  catalogue: Catalogue
  ledger: Ledger
  vocabulary: Vocabulary
  /** Who takes records on their way. */
  threads: Threads
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
const judgingVersion = 4

/** The profile whose verdict is kept for comparison alone. */
const [, former] = standards

export async function openEngine(catalogue: Catalogue, ledger: Ledger, now: Clock = systemClock): Promise<Engine> {
  const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
  const { shapes, base, profiles, blocking, withholding, compliance } = catalogue
  // What nobody could be judged by is told before anything is asked for, and not once for each record.
  const loaded = await Promise.all(profiles.map(name => loadProfile(shapes, base, name)))
  refuseBroken(loaded)
  const languages = catalogue.quality.languages ?? catalogue.languages.slice(0, 2)
  const threads = openThreads({ shapes, base, profiles, blocking, withholding, compliance, languages }, vocabulary)
  const lists = vocabulary.index.digest
  const editionDigest = digest(`${mappingVersion} ${base} ${catalogue.languages.join()} ${rulesOf(catalogue)} ${lists}`)
  const compared = profileNames(shapes).includes(former.profile) ? digest(profileText(shapes, former.profile)) : ''
  const judgingDigest = digest(
    `${judgingVersion} ${base} ${lists} ${blocking.join()} ${withholding.join()} ${compliance} ${languages.join()} ${compared} ${profiles.join()} ${filesOf(
      loaded,
    )
      .map(({ name }) => `${name} ${digest(profileText(shapes, name))}`)
      .join()}`,
  )
  return { catalogue, ledger, vocabulary, threads, now, editionDigest, judgingDigest, close: () => threads.close() }
}

/** The rules for contacts, in a form that changes when they do. */
const rulesOf = ({ contacts }: Catalogue) => JSON.stringify(contacts && { ...contacts, mobile: contacts.mobile.map(String) })
