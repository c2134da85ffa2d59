import { paths } from '../../../config/addresses.ts'
import { chooseRhythm, rhythmOf, rhythms } from '../../../ledger/programme/digests.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf } from '../../page/page.ts'
import { todayOf } from '../../page/today.ts'
import { TodayView } from '../../views/steward/today.tsx'

/** What there is to do today; and how often one wishes to be written to of it. */
export const today: Attend = ({ site, request, response, route }, visitor) => {
  const page = pageOf(site, request, route.menu)
  const { ledger, catalogue } = site.publication
  const { person, posted } = visitor
  if (posted) {
    const wished = rhythms.find(each => each === fieldOf(posted, 'rhythm'))
    if (!wished) throw saidProblem('bad-request', 'form.fault.choice')
    chooseRhythm(ledger, person.id, wished)
    return response.redirect(303, page.to(paths.steward))
  }
  const rhythm = catalogue.notices.mail ? (rhythmOf(ledger, person.id) ?? catalogue.programme.digest) : undefined
  sendPage(page, response, <TodayView page={page} visitor={visitor} today={todayOf(page, person)} rhythm={rhythm} />)
}
