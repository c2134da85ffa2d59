import { paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { mayAs } from '../../../ledger/programme/roles.ts'
import { foreseenOf } from '../../../ledger/runs/foreseen.ts'
import { askForRun, openRequests } from '../../../ledger/runs/run-requests.ts'
import { lastWholeRun } from '../../../ledger/runs/runs.ts'
import { standingIn } from '../../../outlets/standing.ts'
import { Problem } from '../../../problem.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf } from '../../page/page.ts'
import { knownSource } from '../../site/site.ts'
import { StewardSourceView, type WouldBring } from '../../views/steward/source.tsx'

/** What may be done with a portal, and the word for it in the log. */
const deeds: Record<string, string> = { look: 'foresee', run: 'run', accept: 'accept-removals' }

/** A portal: what a run would bring, told by a dry run of the schedule; and the word to run it, or to let go what a held run would. */
export const stewardSource: Attend = ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const { person, posted } = visit
  const source = knownSource(site, String(request.params['id']))
  if (person.body !== null && person.role !== 'admin' && source.publisher !== person.body) throw saidProblem('forbidden', 'steward.may_not')
  const { ledger } = site.publication
  if (!posted) {
    const waiting = openRequests(ledger).filter(each => each.source === source.id)
    const foreseen = foreseenOf<WouldBring>(ledger, source.id)
    const standing = standingIn(site.publication, source)
    return sendPage(page, response, <StewardSourceView page={page} visitor={visit} standing={standing} foreseen={foreseen} waiting={waiting} />)
  }
  if (!source.enabled) throw new Problem('disabled', `${source.id} is not harvested: its file says enabled: false.`)
  if (!mayAs(person.role, 'steward')) throw saidProblem('forbidden', 'steward.may_not')
  const wish = fieldOf(posted, 'do')
  const act = deeds[wish] ?? 'run'
  if (wish === 'accept' && lastWholeRun(ledger, source.id)?.state !== 'held') throw saidProblem('nothing-held', 'steward.nothing_held')
  const at = new Date().toISOString()
  askForRun(ledger, { source: source.id, record: null, acceptRemovals: wish === 'accept', origin: 'admin', dry: wish === 'look' }, at)
  note(ledger, { name: person.name, act, subject: source.id }, at)
  response.redirect(303, page.to(paths.keptSource(source.id)))
}
