import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf } from '../../page/page.ts'
import { todayOf } from '../../page/today.ts'
import { TodayView } from '../../views/steward/today.tsx'

/** What there is to do today. */
export const today: Attend = ({ site, request, response, route }, visitor) => {
  const page = pageOf(site, request, route.menu)
  sendPage(page, response, <TodayView page={page} visitor={visitor} today={todayOf(page, visitor.person)} />)
}
