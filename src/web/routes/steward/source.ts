import { paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { askForRun } from '../../../ledger/runs/run-requests.ts'
import { lastWholeRun } from '../../../ledger/runs/runs.ts'
import { Problem } from '../../../problem.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { pageOf } from '../../page/page.ts'
import { knownSource } from '../../site/site.ts'

/** Has a portal read by the schedule; with `accept`, what a held run would let go may go. */
export const stewardSource: Attend = ({ site, request, response, route }, { person, posted }) => {
  const source = knownSource(site, String(request.params['id']))
  if (person.body !== null && source.publisher !== person.body) throw saidProblem('forbidden', 'steward.may_not')
  if (!source.enabled) throw new Problem('disabled', `${source.id} is not harvested: its file says enabled: false.`)
  const { ledger } = site.publication
  const acceptRemovals = posted !== undefined && fieldOf(posted, 'do') === 'accept'
  if (acceptRemovals && lastWholeRun(ledger, source.id)?.state !== 'held') throw saidProblem('nothing-held', 'steward.nothing_held')
  const at = new Date().toISOString()
  askForRun(ledger, { source: source.id, record: null, acceptRemovals, origin: 'admin' }, at)
  note(ledger, { name: person.name, act: acceptRemovals ? 'accept-removals' : 'run', subject: source.id }, at)
  response.redirect(303, pageOf(site, request, route.menu).to(paths.steward))
}
