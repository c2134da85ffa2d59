/** The two ends of an interval as texts; an end that is open is left out. */
export interface Interval {
  start?: string
  end?: string
}

/** Words for an end that is open, in the languages that portals use. */
export const openWords: string = [
  '(?:the )?present|now|today|date|ongoing|current(?:ly)?|continuing',
  "présent|(?:l['’])?époque actuelle|aujourd['’ ]?hui|nos jours|ce jour|maintenant|en cours|actuel(?:le)?(?:ment)?",
  '(?:هذا )?اليوم|يومنا هذا|الآن|الان|حاليا|حالياً|حاليًا|(?:الوقت |العصر )?الحاضر|مستمر',
  String.raw`\.\.+|…|\?`,
].join('|')
const until = "jusqu['’]?(?:à|a|au|en)|à|a|de|until|till|to|up to|حتى|إلى|الى|لحد|إلى غاية|الى غاية"
const unknown = String.raw`-|n\/a|unknown|inconnue?|non définie?|غير محدد|غير معروف|مجهول`

const isOpenText = new RegExp(String.raw`^(?:(?:${until})\s+)*(?:${openWords}|${unknown})?$`, 'iu')

/** True of a text that says that an end is open, or that nobody knows it: `present`, `now`, `en cours`, `إلى الآن`, `..`, and no text at all. */
export const isOpenEnd = (text: string): boolean => isOpenText.test(text.trim())

const point = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/i

/**
 * Reads an interval of ISO 8601 (ISO 8601-1:2019, 5.5): `start/end`, `start/duration`, `duration/end`, an end that leaves out what it has in common with the
 * start (`1889-06/07`), and ends that are open (8601-2: `..`, or in words). Undefined for any other text.
 */
export function readInterval(text: string): Interval | undefined {
  const parts = text.trim().split(/(?<!\s)\s*(?:\/|--)\s*/)
  if (parts.length !== 2) return undefined
  const [first = '', second = ''] = parts
  const start = point.test(first) ? first : undefined
  if (start !== undefined) {
    const end = point.test(second) ? second : (ended(start, second) ?? shifted(start, second, 1))
    return end !== undefined ? { start, end } : isOpenEnd(second) ? { start } : undefined
  }
  if (!point.test(second)) return undefined
  const from = shifted(second, first, -1)
  return from !== undefined ? { start: from, end: second } : isOpenEnd(first) ? { end: second } : undefined
}

/** An end that stands for the last parts of the start: `07` after `1889-06`, `20` after `2012-01-15`, `12:30` after `2012-01-15T10:00`. */
function ended(start: string, end: string): string | undefined {
  const [date = '', time] = start.split('T')
  if (time !== undefined && /^\d{2}:\d{2}/.test(end)) return point.test(`${date}T${end}`) ? `${date}T${end}` : undefined
  if (!/^\d{2}(?:-\d{2})?$/.test(end) || end.length > date.length - 5) return undefined
  const whole = date.slice(0, date.length - end.length) + end
  return point.test(whole) && whole >= date ? whole : undefined
}

const duration = /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/** The other end of an interval with a duration: the last year, month or day that it covers, in the precision of the end that is known. */
function shifted(known: string, text: string, sign: 1 | -1): string | undefined {
  const found = duration.exec(text)
  if (!found) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map(each => Number(each ?? 0))
  const [allMonths, allDays, allSeconds] = [years * 12 + months, weeks * 7 + days, (hours * 60 + minutes) * 60 + seconds]
  if (known.includes('T')) return instantAfter(known, sign * allMonths, sign * (allDays * 86_400 + allSeconds))
  if (allSeconds > 0) return undefined
  const [year = 0, month = 1, day] = known.split('-').map(Number)
  if (day === undefined && allDays === 0 && (known.length > 4 || allMonths % 12 === 0) && allMonths > 0) {
    const at = year * 12 + month - 1 + sign * (allMonths - (known.length > 4 ? 1 : 12))
    return known.length > 4
      ? `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
      : String(Math.floor(at / 12)).padStart(4, '0')
  }
  const from = day !== undefined ? known : sign > 0 ? `${known}-01`.replace(/^(\d{4})-01$/, '$1-01-01') : undefined
  if (from === undefined || allMonths + allDays === 0) return undefined
  // The last day is within the interval: it begins where it ends a day later.
  const moved = sign > 0 ? instantAfter(`${from}T00:00:00Z`, allMonths, (allDays - 1) * 86_400) : instantAfter(`${from}T00:00:00Z`, 0, 86_400)
  return (sign > 0 ? moved : moved && instantAfter(moved, -allMonths, -allDays * 86_400))?.slice(0, 10)
}

/** An instant some months and seconds later; a day that the month lacks is its last one. */
function instantAfter(known: string, months: number, seconds: number): string | undefined {
  const zoned = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(known)
  const at = new Date(zoned ? known : `${known}Z`)
  if (Number.isNaN(at.getTime())) return undefined
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  at.setUTCDate(Math.min(day, new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()))
  at.setTime(at.getTime() + seconds * 1000)
  return Number.isNaN(at.getTime()) ? undefined : `${at.toISOString().slice(0, 19)}${zoned ? 'Z' : ''}`
}
