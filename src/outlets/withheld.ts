import type { Catalogue } from '../config/catalogue.ts'
import type { Ledger } from '../ledger/file/ledger.ts'
import { findingsOf } from '../ledger/records/judgement.ts'
import { withheldOf } from '../ledger/records/withhold.ts'

/**
 * What the publication gate keeps back of a source, and why: for its steward alone, never for the public. Values are left out: they are what nobody is to see.
 */
export const withheldJson = (ledger: Ledger, { withholding }: Pick<Catalogue, 'withholding'>, source: string) =>
  withheldOf(ledger, source).map(({ n, id, key, dataset, title }) => ({
    id,
    record: key,
    dataset,
    title: JSON.parse(title) as Record<string, string>,
    reasons: findingsOf(ledger, n)
      .filter(({ severity, profile }) => severity === 'violation' && withholding.includes(profile))
      .map(({ rule, focus, path }) => ({ rule, focus, path: path ?? null })),
  }))
