import { paths } from '../../../config/addresses.ts'
import { pictureOf, step, type Contribution, type Stepped } from '../../../ledger/programme/contributions.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { exceptions, movesFrom, stateOf, type Move, type Need } from '../../../ledger/programme/kinds.ts'
import { forgetAsker } from '../../../ledger/programme/letters.ts'
import { mayAs, seesTo } from '../../../ledger/programme/roles.ts'
import { readDate } from '../../../normalise/date-text.ts'
import type { Said } from '../../../problem.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf, type Posted } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import type { Visit } from '../../http/visits.ts'
import { bodiesOf } from '../../page/form.ts'
import { haveInventoryRead } from '../../page/inventory.ts'
import { pageOf, type Page } from '../../page/page.ts'
import { datasetsIn, matterOf, numbered } from '../../page/programme.ts'
import { StewardMatterView } from '../../views/steward/matter.tsx'

/** One thing that was brought: what it says, and what is done with it. */
export const stewardMatter: Attend = async ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const of = seen(page, visit, String(request.params['id']))
  const show = (tried?: Tried, status = 200, answers?: boolean) =>
    sendPage(
      page,
      response,
      <StewardMatterView page={page} visitor={visit} matter={matterOf(page, of)} bodies={bodiesOf(page)} {...(tried && { tried })} answers={answers} />,
      status,
    )
  const address = of.said['address']
  // Who decides of a reuse may have its address asked: by the rules that portals are asked by, and only where he says so.
  if (!visit.posted && page.query.has('reach') && of.kind === 'reuse' && address) return show(undefined, 200, await site.reach?.(address))
  if (!visit.posted) return show()
  const move = moveOf(visit, of, fieldOf(visit.posted, 'move'))
  const tried = readMove(page, move, visit.posted)
  if (Object.keys(tried.faults).length > 0) return show(tried, 422)
  const at = new Date().toISOString()
  const { ledger } = site.publication
  const made = step(ledger, of.id, Number(fieldOf(visit.posted, 'seen')), tried.next, at)
  if (!made) return show({ ...tried, faults: { form: { key: 'steward.overtaken', values: {} } } }, 409)
  note(ledger, { name: visit.person.name, act: `${of.kind}.${move.name}`, subject: String(of.id), said: tried.next.said }, at)
  const { over } = stateOf(of.kind, made.state)
  if (over) forgetAsker(ledger, of.id)
  // What is planned for is a dataset of the inventory from now on, and what is answered is none any more.
  if (of.kind === 'request' && (over || made.state === 'planned')) haveInventoryRead(site, at)
  response.redirect(303, page.to(paths.matter(of.id)))
}

/** The picture of something that the public does not see yet. */
export const stewardPicture: Attend = ({ site, request, response, route }, visit) => {
  const of = seen(pageOf(site, request, route.menu), visit, String(request.params['id']))
  const found = pictureOf(site.publication.ledger, of.id)
  if (!found) throw saidProblem('not-found', 'form.unknown', { id: of.id })
  response.type(found.mediaType).send(Buffer.from(found.body))
}

/** What may be seen of what was brought: stewards of a body see what is theirs to answer, and what is public. */
function seen({ site }: Page, { person }: Visit, id: string): Contribution {
  const of = numbered(site.publication.ledger, id)
  if (of && seesTo(person, of.body)) return of
  throw saidProblem('not-found', 'form.unknown', { id: id.slice(0, 40) })
}

function moveOf({ person }: Visit, of: Contribution, name: string): Move {
  const move = movesFrom(of.kind, of.state).find(each => each.name === name)
  // Somebody else has made another step meanwhile, or nobody ever offered this one.
  if (!move) throw saidProblem('overtaken', 'steward.overtaken')
  if (mayAs(person.role, move.role)) return move
  throw saidProblem('forbidden', 'steward.may_not')
}

interface Tried {
  move: string
  values: Record<string, string>
  faults: Record<string, Said>
}

/** Reads what was said with a move. */
function readMove(page: Page, move: Move, posted: Posted): Tried & { next: Stepped } {
  const { name, needs = [], may = [], to } = move
  const values: Record<string, string> = {}
  const faults: Record<string, Said> = {}
  const next: Stepped = { state: to, said: {} }
  for (const need of [...needs, ...may]) {
    const value = fieldOf(posted, need)
    values[need] = value
    const fault = value === '' ? (needs.includes(need) ? 'required' : undefined) : readNeed[need](page, value, next)
    if (fault) faults[`${name}-${need}`] = { key: `form.fault.${fault}`, values: { name: value.slice(0, 100), most: 4000, length: value.length } }
  }
  return { move: name, values, faults, next }
}

/** `2026-11`, `2026-11-30`; no day that the calendar does not have. */
const isMonthOrDay = (text: string): boolean => /^\d{4}-\d{2}(?:-\d{2})?$/.test(text) && readDate(text)?.value === text

/** How each need is read; what is wrong with it, where something is. */
const readNeed: Record<Need, (page: Page, value: string, next: Stepped) => string | undefined> = {
  answer: ({ language }, value, next) => {
    if (value.length > 4000) return 'long'
    if (/[\u202A-\u202E\u2066-\u2069]/.test(value)) return 'direction'
    Object.assign(next.said, { answer: value, language })
    return undefined
  },
  body: (page, value, next) => {
    if (!bodiesOf(page).some(body => body.value === value)) return 'body'
    next.body = value
    return undefined
  },
  exception: (_page, value, next) => {
    if (!exceptions.some(each => each === value)) return 'choice'
    next.said['exception'] = value
    return undefined
  },
  date: (_page, value, next) => {
    if (!isMonthOrDay(value)) return 'date'
    next.due = value
    next.said['due'] = value
    return undefined
  },
  datasets: (page, value, next) => {
    const { ids, unknown } = datasetsIn(page, value)
    if (unknown.length > 0) return 'dataset'
    next.datasets = ids
    return undefined
  },
}
