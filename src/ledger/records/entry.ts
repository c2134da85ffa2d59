import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Measurements } from '../../validate/quality.ts'
import type { Clue } from '../identity/clues.ts'

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
}

/** The words that find a record, as they are searched: of its title, keywords and description; and the names of its publisher, themes and places in all languages. */
export interface Searched {
  title: string
  keywords: string
  names: string
  description: string
}

/** One record ready to be kept. */
export interface Entry {
  source: string
  key: string
  /** The key it had until now, where the portal has given it another. */
  formerKey?: string
  id: string
  dataset: string
  /** `packed`: as the ledger keeps it, where that has been made already. */
  payload: { digest: string; mediaType: string; body: string | Uint8Array; packed?: Uint8Array }
  graph: { digest: string; text: string; packed?: Uint8Array }
  portalModified?: string
  admission: Admission
  summary: Summary
  /** By what the dataset is known again in another source. */
  clues?: Clue[]
  findings: Finding[]
  repairs: Repair[]
  measurements: Measurements
  /** These three as the ledger keeps them, where they have been packed already. */
  judgement?: Uint8Array
  score: number
}

/** What a batch holds beside its entries: records seen again, with the digest of their payload where it changed but its graph did not. */
export interface Seen {
  n: number
  payload?: Entry['payload']
}

/** What a run did to a record that it did not find unchanged. `held`: it would have gone missing, had the run not been held. */
export const outcomeNames = ['added', 'updated', 'missing', 'removed', 'held'] as const
export type RecordOutcome = (typeof outcomeNames)[number]
