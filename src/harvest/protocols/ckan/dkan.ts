import { isObject, objects, type JsonObject } from '../../readers/json/values.ts'

// DKAN 1 answers CKAN's actions in words of its own: `state` is "Active", groups are bodies, dates are words of the site's language.

/** Whether a package was sent by DKAN. */
export const isDkan = (item: JsonObject) => item['state'] === 'Active' || item['type'] === 'Dataset' || typeof item['log_message'] === 'string'

/** A package of DKAN as CKAN would send it; any other as it is. */
export function fromDkan(item: JsonObject, language: string): JsonObject {
  if (!isDkan(item)) return item
  const dated = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).map(([key, value]) => [key, typeof value === 'string' ? dateIn(value, language) : value]))
  const [group] = objects(item['groups'])
  const named = isObject(item['organization']) ? {} : { organization: group, groups: [] }
  return { ...dated(item), ...(group && named), resources: objects(item['resources']).map(dated) }
}

const written = /^\s*(?:[\p{L} ]+?\s+)?(\p{L}+)\.?,?\s+(\d{2})\/(\d{2})\/(\d{4})\s*-\s*(\d{2}):(\d{2})\s*$/u

/** `Date changed Thu, 06/12/2014 - 15:51`: which of the two numbers is the month, the day of the week tells; month first where it does not. */
function dateIn(words: string, language: string): string {
  const [, weekday, first, second, year, hour, minute] = written.exec(words) ?? []
  if (!weekday) return words
  const dates = [
    [first, second],
    [second, first],
  ]
    .map(([month, day]) => `${year}-${month}-${day}T${hour}:${minute}:00`)
    .filter(date => !Number.isNaN(Date.parse(`${date}Z`)))
  return dates.find(date => weekdays(date, language).some(name => name.startsWith(weekday.toLowerCase()))) ?? dates[0] ?? words
}

const weekdays = (date: string, language: string) =>
  [language, 'en', 'fr'].map(each => new Intl.DateTimeFormat(each, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}Z`)).toLowerCase())

/** What `package_show` and `current_package_list_with_resources` answer: DKAN puts it into one list more than CKAN does. */
export const unwrapped = (result: unknown): unknown[] =>
  Array.isArray(result) ? result.flatMap(each => (Array.isArray(each) ? (each as unknown[]) : [each])) : [result]
