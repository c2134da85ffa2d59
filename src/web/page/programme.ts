import { addressesOf } from '../../config/addresses.ts'
import { isKept } from '../../config/sources.ts'
import { contributionOf, stepsOf, type Contribution, type Step } from '../../ledger/programme/contributions.ts'
import { plannedRecord } from '../../ledger/programme/inventory.ts'
import { openStates, publicStates, stateOf, type KindName } from '../../ledger/programme/kinds.ts'
import { contributions, countContributions, type Wanted } from '../../ledger/programme/lists.ts'
import { recordsNamed } from '../../ledger/records/records.ts'
import { saidProblem } from '../../words/said.ts'
import type { NamedDataset } from './form.ts'
import type { Page } from './page.ts'

/** One thing that was brought, with what became of it and the datasets that it names. */
export interface Matter {
  of: Contribution
  steps: Step[]
  datasets: NamedDataset[]
  /** The dataset of the inventory that a request is planned for. */
  planned: NamedDataset | undefined
}

/** Some of a kind, as an address asks for them. */
export interface MatterList {
  kind: KindName
  all: Contribution[]
  total: number
  at: number
  last: number
  /** How many of those that are asked for are open, and how many are answered; and how many of the kind there are, whatever is asked for. */
  counts: { open: number; over: number }
  ofKind: number
  chosen: { state: string; body: string; dataset: string; of: Wanted['of'] }
}

const perPage = 20

/**
 * What the public sees of a kind, as the query asks for it: `?state=open|over|…&body=…&dataset=…&page=2`, or those that name a dataset of a `?theme=…`,
 * `publisher` or `territory`. Throws `not-found` for a page there is not.
 */
export function listedMatters(page: Page, kind: KindName): MatterList {
  const { query, site } = page
  const { ledger } = site.publication
  const all = publicStates(kind)
  const open = openStates(kind)
  const groups = { open: all.filter(state => open.includes(state)), over: all.filter(state => !open.includes(state)) }
  const [body, dataset] = ['body', 'dataset'].map(name => (query.get(name) ?? '').slice(0, 300)) as [string, string]
  const of = (['theme', 'publisher', 'territory'] as const)
    .map(dimension => ({ dimension, value: (query.get(dimension) ?? '').slice(0, 300) }))
    .find(({ value }) => value !== '')
  const chosen = { state: query.get('state') ?? '', body, dataset, of }
  const states = chosen.state === 'open' || chosen.state === 'over' ? groups[chosen.state] : all.includes(chosen.state) ? [chosen.state] : all
  const among = { kind, body: chosen.body || undefined, dataset: chosen.dataset || undefined, of }
  const wanted = { ...among, states }
  const total = countContributions(ledger, wanted)
  const last = Math.max(1, Math.ceil(total / perPage))
  const at = Math.max(1, Math.min(Math.trunc(Number(query.get('page'))) || 1, 1e6))
  if (at > last) throw saidProblem('not-found', 'form.no_page', { last, at })
  return {
    kind,
    all: contributions(ledger, { ...wanted, most: perPage, offset: (at - 1) * perPage }),
    total,
    at,
    last,
    counts: { open: countContributions(ledger, { ...among, states: groups.open }), over: countContributions(ledger, { ...among, states: groups.over }) },
    ofKind: countContributions(ledger, { kind, states: all }),
    chosen,
  }
}

/** One of a kind, that the public may see. Throws `not-found` for any other, without saying whether there is one. */
export function publicMatter({ site }: Page, kind: KindName, id: string): Matter {
  const of = numbered(site.publication.ledger, id)
  if (of?.kind !== kind || !stateOf(kind, of.state).public) throw saidProblem('not-found', `brought.${kind}.unknown`, { id: id.slice(0, 40) })
  const { steps, ...rest } = matterOf({ site }, of)
  return { ...rest, steps: steps.filter(({ state }) => stateOf(kind, state).public) }
}

export const numbered = (ledger: Parameters<typeof contributionOf>[0], id: string): Contribution | undefined =>
  /^[1-9]\d{0,14}$/.test(id) ? contributionOf(ledger, Number(id)) : undefined

export function matterOf({ site }: Pick<Page, 'site'>, of: Contribution): Matter {
  const { ledger, sources } = site.publication
  const source = of.kind === 'request' ? sources.find(isKept) : undefined
  const id = source && plannedRecord(ledger, source.id, of.id)
  return {
    of,
    steps: stepsOf(ledger, of.id),
    datasets: namedDatasets({ site }, of.datasets),
    planned: id === undefined ? undefined : namedDatasets({ site }, [id])[0],
  }
}

/** Records by their ids, those that the public sees, in the order of these. */
function namedDatasets({ site }: Pick<Page, 'site'>, ids: string[]): NamedDataset[] {
  const found = new Map(recordsNamed(site.publication.ledger, [], ids).map(record => [record.id, record]))
  return ids.flatMap(id => found.get(id) ?? [])
}

/** The datasets that a text names, one a line: by id, by our address, by IRI. What names none is told apart. */
export function datasetsIn({ site }: Pick<Page, 'site'>, text: string): { ids: string[]; unknown: string[] } {
  const { ledger, catalogue } = site.publication
  const names = [...new Set(text.split(/\s+/).filter(Boolean))].slice(0, 50)
  const addresses = addressesOf(catalogue.base)
  const idOf = (name: string) => addresses.idIn(name.replace(/^https?:\/\/[^/]+(?:\/[a-z]{2,3})?(?=\/(?:dataset|record)\/)/, catalogue.base)) ?? name
  const ids = names.map(idOf)
  const found = recordsNamed(ledger, names, ids)
  const at = names.map((name, n) => found.find(({ id, dataset }) => id === ids[n] || dataset === name)?.id)
  return { ids: [...new Set(at.filter(id => id !== undefined))], unknown: names.filter((_, n) => at[n] === undefined) }
}
