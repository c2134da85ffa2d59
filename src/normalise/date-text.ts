import { remembering } from '../remembering.ts'
import { fold } from '../vocabulary/fold.ts'

/** A point in time as precisely as a text gives it. */
export interface DateText {
  /** `2023`, `2023-05`, `2023-05-01` or `2023-05-01T10:00:00Z`. */
  value: string
  type: 'gYear' | 'gYearMonth' | 'date' | 'dateTime'
}

/** Month names: French, English, Arabic of the Maghreb's west and east, of Egypt, and of the Mashriq. */
const months: string[][] = [
  ['janv', 'jan', 'january', 'janvier', 'يناير', 'جانفي', 'كانون الثاني', 'كانون ثاني'],
  ['fevr', 'fev', 'feb', 'february', 'fevrier', 'فبراير', 'فيفري', 'شباط'],
  ['mars', 'mar', 'march', 'مارس', 'اذار'],
  ['avr', 'apr', 'avril', 'april', 'ابريل', 'افريل', 'نيسان'],
  ['mai', 'may', 'ماي', 'مايو', 'ايار'],
  ['juin', 'jun', 'june', 'يونيو', 'يونيه', 'جوان', 'حزيران'],
  ['juil', 'juillet', 'jul', 'july', 'يوليوز', 'يوليو', 'يوليه', 'جويلية', 'تموز'],
  ['aout', 'aug', 'august', 'غشت', 'اغسطس', 'اوت', 'اب'],
  ['sept', 'sep', 'septembre', 'september', 'شتنبر', 'سبتمبر', 'ايلول'],
  ['oct', 'octobre', 'october', 'اكتوبر', 'تشرين الاول', 'تشرين اول'],
  ['nov', 'novembre', 'november', 'نونبر', 'نوفمبر', 'تشرين الثاني', 'تشرين ثاني'],
  ['dec', 'decembre', 'december', 'دجنبر', 'ديسمبر', 'كانون الاول', 'كانون اول'],
]
const monthOf = new Map(months.flatMap((names, at) => names.map(name => [fold(name), at + 1] as const)))
const weekdays = [
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
  'mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday',
  'الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد',
]
const weekday = new RegExp(`^(?:${weekdays.join('|')}) (?=.)`)

/** A text with Latin digits, one kind of blank and no marks of direction. */
export const latinDigits = (text: string): string =>
  text
    .trim()
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x6f0))

const time = String.raw`(\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{1,2}(?=\s?[ap]\.?m))(?:\s?([ap])\.?m\b\.?)?\s*`
const offset = String.raw`Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?`
const zone = String.raw`(${offset}|\p{L}{2,5}|\p{L}\w+\/\w+)?(?:\s*\(.*\))?`
const isoForm = new RegExp(String.raw`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:Z|[+-]\d{2}:\d{2})?)?)?Z?$`, 'i')
const basicForm = /^(\d{8})T(\d{2})(\d{2})(\d{2})?/
const clockOf = new RegExp(String.raw`^(.*?)(?:T|[,\s]+)(?:à\s+|at\s+|GMT\s+)?${time}${zone}(?:\s+(\d{4}))?$`, 'iu')
/** The longest text that can be a date, with the full name of its zone; a longer one is none. */
const longest = 120

/**
 * Hours and minutes that zones are known to be from UTC by their names, in letters that mean one zone alone (RFC 5322, 4.3, and those of Europe and Africa).
 */
const zones = new Map(
  Object.entries({
    '+00:00': 'UT UTC GMT WET',
    '+01:00': 'CET WEST MEZ HNEC',
    '+02:00': 'CEST EET MESZ HAEC SAST CAT',
    '+03:00': 'EEST MSK EAT',
    '-05:00': 'EST CDT',
    '-06:00': 'CST MDT',
    '-07:00': 'MST PDT',
    '-04:00': 'EDT',
    '-08:00': 'PST',
  }).flatMap(([offset, names]) => names.split(' ').map(name => [name, offset === '+00:00' ? 'Z' : offset] as const)),
)

/**
 * Reads a date as portals write it: ISO forms, `31/12/2022`, `31-12-22`, `12/2024`, `janvier 2020`, `2021-01-28 GMT 01:51:03`, `Wed, 01 Feb 2023 10:00:00 GMT`,
 * seconds or milliseconds since 1970, Arabic digits and months; each with a clock behind it or none. Day comes before month, but where it cannot.
 * What cannot be is left off: `2023-02-30` is read as February 2023, and of a clock in a zone that nobody knows the day stays. Undefined where no year can be
 * read.
 */
export const readDate: (text: string) => DateText | undefined = remembering(readAnew)

function readAnew(text: string): DateText | undefined {
  if (text.length > longest) return undefined
  const latin = isoForm.test(text)
    ? text
    : latinDigits(text).replace(
        basicForm,
        (_whole, day: string, ...clock: string[]) =>
          `${day}T${clock
            .slice(0, 3)
            .map(each => each ?? '00')
            .join(':')}`,
      )
  const clock = clockOf.exec(latin)
  if (!clock) return readDay(latin)
  // As JavaScript prints it the year may also stand last: `Wed Feb 01 10:00:00 GMT 2023`.
  const [, day = '', written = '', half, zoneName, year] = clock
  const date = readDay(year ? `${day} ${year}` : day)
  return date?.type === 'date' ? withClock(date, hoursOf(written, half), zoneName) : (date ?? readDay(latin))
}

function readDay(latin: string): DateText | undefined {
  const iso = isoForm.exec(latin)
  if (iso) return build(iso[1], iso[2], iso[3])
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(latin)
  if (day) return readDayFirst(day)
  // A month that there is none of would be the number of a law or a decree: no date at all.
  const monthFirst = /^(0?[1-9]|1[0-2])[/.-](\d{4})$/.exec(latin)
  if (monthFirst) return build(monthFirst[2], monthFirst[1])
  const yearFirst = /^(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?$/.exec(latin)
  if (yearFirst) return build(yearFirst[1], yearFirst[2], yearFirst[3])
  if (/^\d{8}$|^\d{10}$|^\d{13}$/.test(latin)) return readDigits(latin)
  return readWords(latin)
}

function readDayFirst([, first = '', second = '', year = '']: string[]): DateText | undefined {
  const [day, month] = Number(second) > 12 && Number(first) <= 12 ? [second, first] : [first, second]
  if (year.length === 4) return build(year, month, day)
  // Two digits are a year only beside a day and a month that there are.
  const read = build(`${Number(year) < 70 ? 20 : 19}${year}`, month, day)
  return read?.type === 'date' ? read : undefined
}

/** `20230501`, or seconds or milliseconds since 1970, of the years 1990 to 2100. */
function readDigits(digits: string): DateText | undefined {
  if (digits.length === 8) {
    const read = build(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
    return read?.type === 'date' && /^(1[89]|20)/.test(digits) ? read : undefined
  }
  const instant = new Date(Number(digits) * (digits.length === 10 ? 1000 : 1))
  const written = instant.toISOString()
  return written >= '1990' && written < '2100' ? readDate(written) : undefined
}

function readWords(text: string): DateText | undefined {
  const words = fold(text)
    .replace(weekday, '')
    .replace(/^(?:le|the|في|يوم) /, '')
  const found =
    /^(?:(\d{1,2})(?:er|st|nd|rd|th)? (?:de |of |من )?)?(\p{L}+(?: \p{L}+)??)(?: (\p{L}+(?: \p{L}+)?))? (?:(\d{1,2})(?:er|st|nd|rd|th)? )?(\d{4})$/u.exec(words)
  const named = [found?.[2], found?.[3]].filter(name => name !== undefined)
  // `يناير/كانون الثاني 2023` names one month twice.
  const numbers = new Set([monthOf.get(named.join(' ')) ?? named.map(name => monthOf.get(name))].flat())
  const [month] = numbers
  if (found && numbers.size === 1 && month) return build(found[5], String(month), found[1] ?? found[4])
  const yearFirst = /^(\d{4}) (\p{L}+)(?: (\d{1,2}))?$/u.exec(words)
  const of = yearFirst && monthOf.get(yearFirst[2]!)
  return of ? build(yearFirst[1], String(of), yearFirst[3]) : undefined
}

const two = (part: string) => part.padStart(2, '0')

function build(year = '', month?: string, day?: string): DateText | undefined {
  if (Number(year) < 1000) return undefined
  if (!month || Number(month) < 1 || Number(month) > 12) return { value: year, type: 'gYear' }
  const yearMonth = `${year}-${two(month)}`
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (!day || Number(day) < 1 || Number(day) > days) return { value: yearMonth, type: 'gYearMonth' }
  return { value: `${yearMonth}-${two(day)}`, type: 'date' }
}

/** A clock of twelve hours as one of twenty-four. */
function hoursOf(clock: string, half: string | undefined): string {
  const [hours = '', ...rest] = clock.replace(/h/i, ':').replace(',', '.').split(':')
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours)
  return [String(hour), ...(rest.length > 0 ? rest : ['00'])].join(':')
}

/** A day with a clock: the day alone where the clock cannot be, or its zone is not known. */
function withClock(date: DateText, clock: string, zone: string | undefined): DateText {
  const offset = offsetOf(zone)
  if (!/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/.test(clock) || !/^(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/.test(offset)) return date
  const [whole = '', fraction = ''] = clock.split('.')
  const [hours = '', minutes = '', seconds = '00'] = whole.split(':')
  const digits = fraction.replace(/(?<!0)0+$/, '').slice(0, 6)
  return { value: `${date.value}T${two(hours)}:${minutes}:${seconds}${digits ? `.${digits}` : ''}${offset}`, type: 'dateTime' }
}

/** `GMT+1`, `+0100`, `CEST`, nothing → `+01:00`, `+01:00`, `+02:00`, `Z`; as it was where it is not known. */
function offsetOf(zone = 'Z'): string {
  const found = /^(?:utc|gmt)?([+-])(\d{1,2}?):?(\d{2})?$/i.exec(zone)
  return found ? `${found[1]}${found[2]!.padStart(2, '0')}:${found[3] ?? '00'}` : (zones.get(zone.toUpperCase()) ?? zone.toUpperCase())
}
