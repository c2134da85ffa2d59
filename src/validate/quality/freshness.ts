import { value, values, type Graph } from '../../rdf/graph.ts'
import { dct, fihrist } from '../../rdf/namespaces.ts'
import type { Term } from '../../rdf/terms.ts'
import type { Lists } from '../../vocabulary/vocabulary.ts'

// Days are numbers: those since 1970-01-01.

const dayMs = 86_400_000
export const dayOf = (moment: Date | string): number => Math.floor(new Date(moment).getTime() / dayMs)
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** What is said of a dataset's rhythm: nothing in it depends on the day on which it is read. */
export interface Rhythm {
  /** Days between two updates, by the declared frequency or, where there is none, that of collection. */
  every?: number
  /** The day of the last change that the metadata tell of. */
  changed?: number
  /** The day on which it was to be published; only of what has no file yet. */
  planned?: number
}

/** The measurement that tells the day on which a file was last seen to have changed: `Last-Modified`, or when its ETag or its size became another. */
export const seenChanged = 'fileChanged'

export const freshnesses = ['on-time', 'late', 'unknown'] as const
export type Freshness = (typeof freshnesses)[number]

/** What the metadata say of when a dataset is updated, and was. */
export function rhythmOf(graph: Graph, dataset: Term, files: Term[], lists: Lists): Rhythm {
  const days = (properties: (typeof dct)['modified'][], subjects: Term[]) =>
    subjects.flatMap(subject => properties.flatMap(property => values(graph, subject, property).flatMap(each => dayIn(each.value) ?? [])))
  const changes = days([dct.modified], [dataset, ...files])
  const dates = changes.length > 0 ? changes : days([dct.issued], [dataset, ...files])
  const every = [dct.accrualPeriodicity, fihrist.collectionFrequency]
    .map(property => value(graph, dataset, property)?.value)
    .map(frequency => (frequency === undefined ? undefined : daysOf(lists.concepts.get(frequency)?.period)))
    .find(found => found !== undefined)
  const planned = files.length === 0 ? days([dct.available], [dataset]) : []
  return {
    ...(every !== undefined && { every }),
    ...(dates.length > 0 && { changed: Math.max(...dates) }),
    ...(planned.length > 0 && { planned: Math.max(...planned) }),
  }
}

/** The day that a date names: its last one, where it is a month or a year. */
function dayIn(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$|Z|[+-])/.exec(date) ?? []
  if (!year) return undefined
  if (day || !month) {
    const at = Date.parse(`${year}-${month ?? '12'}-${day ?? '31'}`)
    return Number.isNaN(at) ? undefined : at / dayMs
  }
  return Number(month) < 1 || Number(month) > 12 ? undefined : Date.UTC(Number(year), Number(month), 0) / dayMs
}

/** `P1M` in days, a part of a day as one: that is how often anybody looks. */
export function daysOf(period: string | undefined): number | undefined {
  const [, years, months, weeks, days, time] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T.+)?$/.exec(period ?? '') ?? []
  const sum = Math.round(Number(years ?? 0) * 365.25 + Number(months ?? 0) * 30.4375 + Number(weeks ?? 0) * 7 + Number(days ?? 0))
  return sum > 0 ? sum : time ? 1 : undefined
}

/** Days that an update may be late before it counts as late: a tenth of its period, one at least. */
export const grace = (every: number): number => Math.max(1, Math.round(every / 10))

/** The day on which something is due, and the last day that is on time. Undefined where nothing can be expected. `seen`: a file was seen to change then. */
export function dueOf({ every, changed, planned }: Rhythm, seen: number | undefined): { due: number; last: number } | undefined {
  if (planned !== undefined) return { due: planned, last: planned }
  const at = Math.max(changed ?? -Infinity, seen ?? -Infinity)
  if (every === undefined || at === -Infinity) return undefined
  return { due: at + every, last: at + every + grace(every) }
}

/** How a dataset stands on a day, by its last day on time. */
export const freshnessOn = (today: number, last: number | undefined): Freshness => (last === undefined ? 'unknown' : today > last ? 'late' : 'on-time')
