import { fold } from '../vocabulary/fold.ts'

/** A point in time as precisely as a text gives it. */
export interface DateText {
  /** `2023`, `2023-05`, `2023-05-01` or `2023-05-01T10:00:00Z`. */
  value: string
  type: 'gYear' | 'gYearMonth' | 'date' | 'dateTime'
}

/** Month names: French, English, Arabic of the Maghreb and of the Mashriq; folded, the first letters that tell them apart. */
const months: string[][] = [
  ['janv', 'jan', 'january', 'janvier', 'يناير', 'كانون الثاني'], ['fevr', 'fev', 'feb', 'february', 'fevrier', 'فبراير', 'شباط'], ['mars', 'mar', 'march', 'مارس', 'اذار'],
  ['avr', 'apr', 'avril', 'april', 'ابريل', 'نيسان'], ['mai', 'may', 'ماي', 'مايو', 'ايار'], ['juin', 'jun', 'june', 'يونيو', 'حزيران'],
  ['juil', 'juillet', 'jul', 'july', 'يوليوز', 'يوليو', 'تموز'], ['aout', 'aug', 'august', 'غشت', 'اغسطس', 'اب'], ['sept', 'sep', 'septembre', 'september', 'شتنبر', 'سبتمبر', 'ايلول'],
  ['oct', 'octobre', 'october', 'اكتوبر', 'تشرين الاول'], ['nov', 'novembre', 'november', 'نونبر', 'نوفمبر', 'تشرين الثاني'], ['dec', 'decembre', 'december', 'دجنبر', 'ديسمبر', 'كانون الاول'],
]
const monthOf = new Map(months.flatMap((names, at) => names.map(name => [fold(name), at + 1] as const)))

/**
 * Reads a date as portals write it: ISO forms, `31/12/2022`, `janvier 2020`, `2021-01-28 GMT 01:51:03`, Arabic digits.
 * What cannot be is left off: `2023-02-30` is read as February 2023. Undefined where no year can be read.
 */
export function readDate(text: string): DateText | undefined {
  const latin = text.trim().replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x660)).replace(/[\u200e\u200f]/g, '')
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s]+(?:GMT\s*)?(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?Z?$/i.exec(latin)
  if (iso) return build(iso[1], iso[2], iso[3], iso[4], iso[5])
  const slashes = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(latin)
  if (slashes) return Number(slashes[2]) > 12 && Number(slashes[1]) <= 12 ? build(slashes[3], slashes[1], slashes[2], slashes[4]) : build(slashes[3], slashes[2], slashes[1], slashes[4])
  const yearFirst = /^(\d{4})\/(\d{1,2})(?:\/(\d{1,2}))?$/.exec(latin)
  if (yearFirst) return build(yearFirst[1], yearFirst[2], yearFirst[3])
  return readWords(fold(latin))
}

function readWords(text: string): DateText | undefined {
  const found = /^(?:[a-z]{3,9} )?(?:(\d{1,2})(?:er|st|nd|rd|th)? )?(\p{L}+(?: \p{L}+)?) (?:(\d{1,2})(?:st|nd|rd|th)? )?(\d{4})$/u.exec(text)
  const month = found && monthOf.get(found[2]!)
  return month ? build(found[4], String(month), found[1] ?? found[3]) : undefined
}

function build(year = '', month?: string, day?: string, time?: string, zone?: string): DateText | undefined {
  if (Number(year) < 1000) return undefined
  const two = (part: string) => part.padStart(2, '0')
  if (!month || Number(month) < 1 || Number(month) > 12) return { value: year, type: 'gYear' }
  const yearMonth = `${year}-${two(month)}`
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (!day || Number(day) < 1 || Number(day) > days) return { value: yearMonth, type: 'gYearMonth' }
  const date = `${yearMonth}-${two(day)}`
  const offset = !zone || /^(z|utc|gmt)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  if (!time || !/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/.test(time) || !/^(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/.test(offset)) return { value: date, type: 'date' }
  const [clock = '', fraction = ''] = time.split('.')
  const [hours = '', minutes = '', seconds = '00'] = clock.split(':')
  const digits = fraction.replace(/0+$/, '').slice(0, 6)
  return { value: `${date}T${two(hours)}:${minutes}:${seconds}${digits ? `.${digits}` : ''}${offset}`, type: 'dateTime' }
}
