import { firstState, kindOf, type Field, type KindName } from '../../ledger/programme/kinds.ts'
import type { Said } from '../../problem.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import type { Page } from './page.ts'
import { nameOf } from './reading.ts'

/** A form as it is shown: what was written into it so far, and what is wrong with that, by the name of the field; `form`: with all of it. */
export interface Filled {
  values: Record<string, string>
  faults: Record<string, Said>
}

export const nothingFilled = (values: Record<string, string> = {}): Filled => ({ values, faults: {} })

/** A body that something can be of: its slug, and its name. */
export interface Choice {
  value: string
  label: string
}

/** The bodies of the edition, by their names. */
export function bodiesOf(page: Page): Choice[] {
  const { vocabulary, catalogue } = page.site.publication
  const concepts = vocabulary.schemes.get(ownLists(catalogue.base).organisation)?.concepts ?? []
  return concepts.map(({ slug, iri }) => ({ value: slug, label: nameOf(page, iri) ?? slug })).toSorted((a, b) => a.label.localeCompare(b.label, page.language))
}

/** A dataset that something names, as far as the public sees it. */
export interface NamedDataset {
  id: string
  title: Record<string, string>
}

/** The fields of a kind's form that people write into; the datasets of a report are those of the address. */
export const writtenFields = (kind: KindName): Field[] => kindOf(kind).fields.filter(({ as }) => kind !== 'report' || as !== 'datasets')

/** How a state looks: good, waiting, bad or neutral. */
export function toneOf(kind: KindName, state: string): string {
  if (['opened', 'exists', 'mended'].includes(state) || (kind === 'reuse' && state === 'published')) return 'published'
  if (['refused', 'rejected', 'withdrawn'].includes(state)) return 'failed'
  if (['assigned', 'planned', 'confirmed'].includes(state)) return 'held'
  return state === firstState(kind) || state === 'published' ? 'running' : 'plain'
}
