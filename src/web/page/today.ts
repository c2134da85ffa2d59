import type { Person } from '../../ledger/programme/people.ts'
import { datasetsToMend, waitingFor, type ToMend, type Waiting } from '../../ledger/programme/to-do.ts'
import { withheldOf } from '../../ledger/records/withhold.ts'
import { standingIn, type SourceStanding } from '../../outlets/standing.ts'
import type { NamedDataset } from './form.ts'
import type { Page } from './page.ts'

/** What there is to do, for one who has signed in. */
export interface Today {
  waiting: Waiting[]
  /** Portals that one may have read; those that are broken, late or held come first. */
  sources: SourceStanding[]
  /** Records that nobody else is shown. */
  withheld: NamedDataset[]
  /** Datasets that should be looked after, and how many there are. */
  datasets: ToMend[]
}

const most = { waiting: 30, datasets: 8, withheld: 30 }

/** Whether a portal needs somebody. */
const ails = ({ last, broken, late }: SourceStanding): boolean => last?.state === 'held' || broken !== undefined || late

export function todayOf({ site }: Page, { body }: Person): Today {
  const { publication } = site
  const { ledger, sources } = publication
  const own = sources.filter(source => body === null || source.publisher === body)
  return {
    waiting: waitingFor(ledger, body, most.waiting),
    sources: own
      .filter(({ enabled }) => enabled)
      .map(source => standingIn(publication, source))
      .toSorted((a, b) => Number(ails(b)) - Number(ails(a))),
    withheld: own
      .flatMap(({ id }) => withheldOf(ledger, id, most.withheld))
      .slice(0, most.withheld)
      .map(({ id, title }) => ({ id, title: JSON.parse(title) as Record<string, string> })),
    datasets: datasetsToMend(ledger, body, most.datasets),
  }
}
