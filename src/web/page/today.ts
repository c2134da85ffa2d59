import { contributions, countContributions, type Contribution } from '../../ledger/programme/contributions.ts'
import { kindNames, openStates, type KindName } from '../../ledger/programme/kinds.ts'
import type { Person } from '../../ledger/programme/people.ts'
import { search, type Found, type QualityFilter } from '../../ledger/records/search.ts'
import { withheldOf } from '../../ledger/records/withhold.ts'
import { standingIn, type SourceStanding } from '../../outlets/standing.ts'
import type { NamedDataset } from './form.ts'
import type { Page } from './page.ts'

/** What there is to do, for one who has signed in. */
export interface Today {
  /** What waits for a word, by kind, the newest first; and how much there is. */
  waiting: { kind: KindName; all: Contribution[]; total: number }[]
  /** Portals that one may have read; those that are broken, late or held come first. */
  sources: SourceStanding[]
  /** Records that nobody else is shown. */
  withheld: NamedDataset[]
  /** Datasets that should be looked after, and how many there are. */
  datasets: { name: (typeof lists)[number]['name']; found: Pick<Found, 'total' | 'records'> }[]
}

const most = { waiting: 30, datasets: 8, withheld: 30 }

/** Whether a portal needs somebody. */
export const ails = ({ last, broken, late }: SourceStanding): boolean => last?.state === 'held' || broken !== undefined || late

/** The datasets that a steward should look after first. */
const lists = [
  { name: 'late', quality: { fresh: 'late' } },
  { name: 'broken', quality: { lacks: ['accessUrlStatusCode'] } },
  { name: 'poor', rated: ['bad'] },
] as const satisfies { name: string; quality?: QualityFilter; rated?: string[] }[]

export function todayOf({ site }: Page, { body }: Person): Today {
  const { publication } = site
  const { ledger, sources } = publication
  const own = body === null ? {} : { body }
  const publisher = body === null ? {} : { publisher: [body] }
  return {
    waiting: kindNames.map(kind => {
      const wanted = { kind, states: openStates(kind).filter(state => kind !== 'reuse' || state !== 'published'), ...own }
      return { kind, all: contributions(ledger, { ...wanted, most: most.waiting }), total: countContributions(ledger, wanted) }
    }),
    sources: sources
      .filter(source => source.enabled && (body === null || source.publisher === body))
      .map(source => standingIn(publication, source))
      .toSorted((a, b) => Number(ails(b)) - Number(ails(a))),
    withheld: sources
      .filter(source => body === null || source.publisher === body)
      .flatMap(({ id }) => withheldOf(ledger, id, most.withheld))
      .slice(0, most.withheld)
      .map(({ id, title }) => ({ id, title: JSON.parse(title) as Record<string, string> })),
    datasets: lists.map(list => ({
      name: list.name,
      found: search(ledger, {
        filters: { ...publisher, ...('rated' in list && { quality: [...list.rated] }) },
        ...('quality' in list && { quality: list.quality as QualityFilter }),
        most: most.datasets,
        values: 0,
      }),
    })),
  }
}
