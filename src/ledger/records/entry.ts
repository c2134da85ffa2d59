import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Clue } from '../identity/clues.ts'
import type { Judgement } from './judgement-text.ts'

/** `published`: anybody sees it. `quarantined`: a blocking rule failed; the last good version stays public. `withheld`: the publication gate. */
export type Admission = 'published' | 'quarantined' | 'withheld' | 'missing' | 'removed'

/** What search, lists and facets know of a record without opening its graph. */
export interface Summary {
  /** By language. */
  title: Record<string, string>
  description: Record<string, string>
  /** Dimension (`theme`, `publisher` …) → values: IRIs of concepts or plain words. */
  facets: Record<string, string[]>
  searched: Searched
  /** When its publisher changed it last, as far as that is known: the date of the dataset, else that of its newest file. */
  dated?: string
  /** When it will be opened, where it has no data yet. */
  opening?: string
}

/**
 * The words that find a record, as they are searched: of its title, keywords and description; and the names of its publisher, themes and places in all
 * languages.
 */
export interface Searched {
  title: string
  keywords: string
  names: string
  description: string
}

/** Which rule is broken, how often: all that is counted of a finding. */
export type BrokenRule = Pick<Finding, 'profile' | 'rule' | 'severity' | 'count'>

/** What is said of a record: whole, or as the ledger keeps it, and beside it what is counted of it. */
export type Said =
  | (Judgement & { judgement?: undefined })
  | ({ judgement: Uint8Array; findings: BrokenRule[]; repairs: Pick<Repair, 'rule'>[] } & Pick<Judgement, 'measurements' | 'rhythm'>)

/** The graph of a record, as N-Triples or as the ledger keeps it. */
type GraphText = { digest: string } & ({ text: string; packed?: undefined } | { packed: Uint8Array })

/** One record ready to be kept. */
export type Entry = Said & {
  source: string
  key: string
  /** The key it had until now, where the portal has given it another. */
  formerKey?: string
  id: string
  dataset: string
  /** `packed`: as the ledger keeps it, where that has been made already. */
  payload: { digest: string; mediaType: string; body: string | Uint8Array; packed?: Uint8Array }
  graph: GraphText
  portalModified?: string
  admission: Admission
  summary: Summary
  /** By what the dataset is known again in another source. */
  clues?: Clue[]
  /** The identifiers that the portal gives the dataset. */
  identifiers?: string[]
  score: number
  /** The names of the profiles that nothing in it violates: what is published says so. */
  conforms?: string[]
}

/** What a batch holds beside its entries: records seen again, with the digest of their payload where it changed but its graph did not. */
export interface Seen {
  n: number
  payload?: Entry['payload']
}

/** What a run did to a record that it did not find unchanged. `held`: it would have gone missing, had the run not been held. */
export const outcomeNames = ['added', 'updated', 'missing', 'removed', 'held'] as const
export type RecordOutcome = (typeof outcomeNames)[number]
