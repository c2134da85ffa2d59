import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import type { Ledger } from '../ledger/file/ledger.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** What every way out reads from. */
export interface Publication {
  catalogue: Catalogue
  ledger: Ledger
  vocabulary: Vocabulary
  sources: Source[]
}
