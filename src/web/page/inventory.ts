import { isKept, type Source } from '../../config/sources.ts'
import type { Values } from '../../inventory/values.ts'
import type { Person } from '../../ledger/programme/people.ts'
import { askForRun } from '../../ledger/runs/run-requests.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import { saidProblem } from '../../words/said.ts'
import type { Site } from '../site/site.ts'
import type { Page } from './page.ts'

/** The source by which the inventory that is kept here is read. Throws `not-found` where the edition has none. */
export function keptSource({ publication: { sources } }: Site): Source {
  const found = sources.find(isKept)
  if (found) return found
  throw saidProblem('not-found', 'kept_inventory.no_source')
}

/** Has what is kept read; what was taken out may go, as a person said so. Nothing where the edition has no such source. */
export function haveInventoryRead({ publication: { sources, ledger } }: Site, at: string): void {
  const source = sources.find(isKept)
  if (source?.enabled) askForRun(ledger, { source: source.id, record: null, acceptRemovals: true, origin: 'admin' }, at)
}

/** The slug of the body that a row names. */
export function bodyOf({ publication: { vocabulary, catalogue } }: Site, values: Values): string | null {
  const name = values['publisher']
  return name === undefined ? null : (vocabulary.match(ownLists(catalogue.base).organisation, name)?.slug ?? null)
}

/** Why somebody may not write a row: he sees to one body, and it is another's. */
export function refusalOf(page: Page, { role, body }: Person, before: Values | undefined, after: Values): string | undefined {
  if (role === 'admin' || body === null) return undefined
  const isOwn = (values: Values) => bodyOf(page.site, values) === body
  return isOwn(after) && (before === undefined || isOwn(before)) ? undefined : page.words.t('kept_inventory.not_yours')
}
