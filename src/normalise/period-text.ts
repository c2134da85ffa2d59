import { fold } from '../vocabulary/fold.ts'
import { latinDigits, readDate, type DateText } from './date-text.ts'
import { openWords, readInterval } from './interval-text.ts'

/** A stretch of time as a text gives it; open where it has no end, or no start. */
export interface Period {
  start?: DateText
  end?: DateText
  /** What the text calls it. */
  name?: string
}

/** The month (1 to 12) in which a season of this name starts, such as `année scolaire`; the empty name is that of `2022/2023` alone. */
export type SeasonStart = (name: string) => number | undefined

/**
 * Reads a stretch of time: `2010-2020`, `du 01/01/2010 au 31/12/2020`, `depuis 2015`, `T1 2023`, `1er semestre 2023`, `الربع الأول 2023`, `année scolaire
 * 2022-2023`, a day, a month or a year alone. `2022-2023` is two years; `2022/2023` and `2022-23` are a season. Undefined where it is none.
 */
export function readPeriod(text: string, seasonStart: SeasonStart = () => undefined): Period | undefined {
  const latin = latinDigits(text)
  if (!/\d{4}/.test(latin) || latin.length > 200) return undefined
  const read =
    readCoded(latin) ?? readSeason(latin, seasonStart) ?? readIso(latin) ?? readPart(latin) ?? readOpen(latin) ?? readSingle(latin) ?? readRange(latin)
  return read?.start && read.end && read.start.value.slice(0, 4) > read.end.value.slice(0, 4) ? undefined : read
}

/** `start=2010; end=2020; scheme=W3C-DTF; name=Campagne` (DCMI Period). */
function readCoded(text: string): Period | undefined {
  const part = (name: string) => new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]+)`, 'i').exec(text)?.[1]?.trim() ?? ''
  const read = period(readDate(part('start')), readDate(part('end')))
  return read && { ...read, ...(part('name') && { name: part('name') }) }
}

function readIso(text: string): Period | undefined {
  const read = readInterval(text)
  return read && period(readDate(read.start ?? ''), readDate(read.end ?? ''))
}

function readSeason(text: string, seasonStart: SeasonStart): Period | undefined {
  const found = /^(\D*?)(\d{4})\s*([-–/])\s*(\d{4}|\d{2})(\D*)$/.exec(text)
  if (!found) return undefined
  const [, before = '', first = '', sign, second = '', after = ''] = found
  const next = Number(first) + 1
  if (Number(second) !== (second.length === 4 ? next : next % 100)) return undefined
  const name = fold(`${before} ${after}`)
  // `2011-12` is December; `2022-2023` may be two whole years.
  if (!name && (second.length === 2 ? Number(second) <= 12 : sign !== '/')) return undefined
  const month = seasonStart(name)
  return month ? { start: day(Number(first), month, 1), end: day(next, month, 0) } : undefined
}

/** How many parts a year has that go by this name; folded. */
const parts = new Map([...words(4, 't q trimestre quarter الربع ربع الفصل فصل'), ...words(2, 's h semestre semester half السداسي الاسدس اسدس النصف نصف')])
const ordinals = new Map([
  ...words(1, '1 i premier premiere first الاول الاولي'),
  ...words(2, '2 ii deuxieme second seconde الثاني الثانيه'),
  ...words(3, '3 iii troisieme third الثالث الثالثه'),
  ...words(4, '4 iv quatrieme fourth الرابع الرابعه'),
])
const fillers = new Set(fold('de du des d l le la an annee year of the in er ere e eme nd rd st th من في سنة السنة عام لسنة لعام برسم').split(' '))

/** A quarter or a half of a year. */
function readPart(text: string): Period | undefined {
  const tokens = fold(text)
    .replace(/(\d)(?=\p{L})|(\p{L})(?=\d)/gu, '$& ')
    .split(' ')
    .filter(token => !fillers.has(token))
  if (tokens.length !== 3) return undefined
  const year = tokens.find(token => /^\d{4}$/.test(token))
  const count = tokens.map(token => parts.get(token)).find(Boolean)
  const which = tokens
    .filter(token => token !== year)
    .map(token => ordinals.get(token))
    .find(Boolean)
  if (!year || !count || !which || which > count) return undefined
  const months = 12 / count
  return { start: day(Number(year), (which - 1) * months + 1, 1), end: day(Number(year), which * months + 1, 0) }
}

const since = /^(?:depuis(?: le)?|à partir (?:de|du)|a partir (?:de|du)|dès|since|from|starting|منذ|ابتداء من|ابتداءً من|انطلاقا من)\s+(.+)$/i
const until = /^(?:jusqu['’]?(?:à|a|en|au)|jusqu['’]?à la fin de|until|till|up to|حتى|إلى غاية|الى غاية)\s+(.+)$/i
const onwards = new RegExp(String.raw`^(.+?)\s*(?:-|–|—|\/|to|until|till|à|au|jusqu['’]?à|إلى|الى|حتى)\s*(?:à )?(?:${openWords})?$`, 'iu')

function readOpen(text: string): Period | undefined {
  const start = readPoint((since.exec(text) ?? onwards.exec(text.replace(/^(?:de|du|from|من)\s+/i, '')))?.[1] ?? '')?.start
  if (start) return { start }
  const end = readPoint(until.exec(text)?.[1] ?? '')?.end
  return end && { end }
}

const readPoint = (text: string): Period | undefined => readPart(text) ?? readSingle(text)

function readSingle(text: string): Period | undefined {
  const date = readDate(text)
  return date && { start: date, end: date }
}

/** What stands between two dates, the surest first; a bare hyphen only between two years, or two months in digits. */
const between = [
  /\s*(?:→|\.\.+|—|–)\s*/,
  /\s+(?:-|\/|au|à|to|till|until|jusqu['’]?(?:à|au|en)|et|and|إلى|الى|حتى|و)\s+/i,
  /\//,
  /(?<=^\d{4})-(?=\d{4}$)/,
  /(?<=^\d{1,2}\/\d{4})-(?=\d{1,2}\/\d{4}$)/,
]

function readRange(text: string): Period | undefined {
  const bare = text.replace(
    /^(?:de|du|des|entre|from|between|années|annees|years|période|periode|period|من|بين|ما بين|الفترة|سنوات)\s*:?\s+(?:de |du |le |من )?/i,
    '',
  )
  for (const separator of between) {
    const [first, second, more] = bare.split(separator)
    if (!first || !second || more !== undefined) continue
    const end = readPoint(second)
    // `janvier - mars 2023`: the year is said once.
    const start = readPoint(first) ?? readPoint(`${first} ${/\d{4}/.exec(second)?.[0] ?? ''}`)
    if (start && end) return period(start.start, end.end)
  }
  return undefined
}

const period = (start: DateText | undefined, end: DateText | undefined): Period | undefined =>
  (start ?? end) ? { ...(start && { start }), ...(end && { end }) } : undefined

/** A day of a year; day 0 of a month is the last of the one before. */
const day = (year: number, month: number, of: number): DateText => ({ value: new Date(Date.UTC(year, month - 1, of)).toISOString().slice(0, 10), type: 'date' })

function words(number: number, list: string): [string, number][] {
  return fold(list)
    .split(' ')
    .map(word => [word, number])
}
