import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { z } from 'zod'
import { readYaml } from '../config/yaml.ts'
import { root } from '../files.ts'
import { remembering } from '../remembering.ts'
import { printed } from './print.ts'

/** The words of pages, notices and inventories in one language, and how it writes numbers and dates. */
export interface Words {
  language: string
  direction: 'ltr' | 'rtl'
  /** A sentence of the locale file; `count` chooses its plural. */
  t(key: string, values?: Record<string, string | number>): string
  has(key: string): boolean
  number(value: number): string
  /** A date as precise as it was given: `2024`, `2024-05`, `2024-05-01` or a moment. */
  date(text: string): string
  moment(text: string): string
  /** The same, by "today", "yesterday" and "tomorrow" where it is near. */
  near(text: string): string
  /** Its hour alone, its day of the week, and its day of the month. */
  part(of: 'time' | 'weekday' | 'day', text: string): string
  size(bytes: number): string
  /** A span of time in its largest unit that tells it well: `19,4 secondes`, `6 دقائق`. */
  duration(ms: number): string
  /** How long ago something was: `il y a 6 minutes`, `قبل دقيقتين`. */
  ago(ms: number): string
}

const milliseconds = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }
type Unit = keyof typeof milliseconds

const unitOf = (ms: number): Unit => (ms < 90_000 ? 'second' : ms < 5_400_000 ? 'minute' : ms < 172_800_000 ? 'hour' : 'day')

const folder = join(root, 'src/words')

/** The languages of a folder of words: one YAML file each. */
const languagesIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter(name => /^[a-z]{2,3}(-[A-Za-z0-9]+)*\.yaml$/.test(name)).map(name => name.slice(0, -5))

/** The languages that come with the program. */
export const shippedLanguages = languagesIn(folder)

/** The folder of the edition's own words, where it has one, and the languages in it. */
let own: { folder: string; languages: string[] } = { folder: '', languages: [] }

/** Lets the words of an edition be said in this process and thread: a file a language, whose sentences go before ours, and English for those that it lacks. */
export function sayWordsOf(folder: string): void {
  if (folder === own.folder) return
  own = { folder, languages: languagesIn(folder) }
  loaded.clear()
}

/** The languages that there are words in. */
export const spokenLanguages = (): string[] => [...new Set([...shippedLanguages, ...own.languages])]

type Tree = { [key: string]: string | Tree }
const tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), tree])))

/** The sentences of a file of words, which is read once. */
const fileOf = remembering((file: string) => readYaml(file, tree, {}))

/** The sentences of one language as they stand in its file; those of the edition in place of ours. */
export const readLocale = (language: string): Tree =>
  [...(shippedLanguages.includes(language) ? [folder] : []), ...(own.languages.includes(language) ? [own.folder] : [])]
    .map(each => fileOf(join(each, `${language}.yaml`)))
    .reduce(over, { meta: known(language) })

/** What the runtime knows of a language (CLDR): how it calls itself, and where its lines begin. */
function known(language: string): Tree {
  const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo(): { direction: string } }
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  return {
    name: name.charAt(0).toLocaleUpperCase(language) + name.slice(1),
    short: locale.language.toUpperCase(),
    direction: locale.getTextInfo().direction,
    dates: language,
  }
}

/** A tree of sentences with those of another in place of its own. */
const over = (below: Tree, above: Tree): Tree =>
  Object.entries(above).reduce<Tree>((all, [key, value]) => {
    const was = all[key]
    return { ...all, [key]: typeof value === 'object' && typeof was === 'object' ? over(was, value) : value }
  }, below)

/** The sentences of English that a language lacks, by their keys: plurals are those of each language itself. */
export function lackedIn(language: string): string[] {
  const keys = (sentences: Tree, path = ''): string[] =>
    Object.entries(sentences).flatMap(([key, value]) => (typeof value === 'string' ? [`${path}${key}`] : keys(value, `${path}${key}.`)))
  const known = new Set(keys(readLocale(language)).map(withoutPlural))
  return [...new Set(keys(readLocale('en')).map(withoutPlural))].filter(key => !known.has(key))
}
const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '')

/** The words of pages, in which French stands as it is printed. */
export function loadWords(languages: string[], timeZone: string): Map<string, Words> {
  return new Map(languages.map(language => [language, load(language, timeZone, text => printed(text, language))]))
}

/** A tree of sentences, each written otherwise. */
const rewritten = (sentences: Tree, write: (text: string) => string): Tree =>
  Object.fromEntries(Object.entries(sentences).map(([key, value]) => [key, typeof value === 'string' ? write(value) : rewritten(value, write)]))

const loaded = new Map<string, Words>()

/** The words in a language, or in English where there are none in it; each language is read once. Dates are those of UTC. */
export function wordsIn(wished: string): Words {
  const language = spokenLanguages().includes(wished) ? wished : 'en'
  const words = loaded.get(language) ?? load(language, 'UTC')
  loaded.set(language, words)
  return words
}

/** What is remembered of one kind: pages say the same few hundred sentences, and any number of dates. */
const most = 5000

/** The same function, which works out once what it is asked again and again. */
function remembered<Found>(work: (asked: string) => Found): (asked: string) => Found {
  const known = new Map<string, Found>()
  return asked => {
    const found = known.get(asked)
    if (found !== undefined) return found
    if (known.size >= most) known.clear()
    const made = work(asked)
    known.set(asked, made)
    return made
  }
}

function load(language: string, timeZone: string, write: (text: string) => string = text => text): Words {
  const sentences = rewritten(readLocale(language), write)
  const i18n = i18next.createInstance()
  // Preact escapes what is put into a page: doing it here too would escape twice.
  void i18n.init({
    lng: language,
    fallbackLng: language === 'en' ? false : 'en',
    initAsync: false,
    nsSeparator: false,
    resources: { en: { translation: readLocale('en') }, [language]: { translation: sentences } },
    interpolation: { escapeValue: false },
  })
  const tag = i18n.t('meta.dates')
  const format = (options: Intl.DateTimeFormatOptions, zone = timeZone) => new Intl.DateTimeFormat(tag, { ...options, timeZone: zone })
  const days = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const plainDays = format({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC')
  const months = format({ month: 'long', year: 'numeric' }, 'UTC')
  const momentDays = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const times = format({ hour: '2-digit', minute: '2-digit' })
  const parts = { time: times, weekday: format({ weekday: 'long' }), day: format({ day: 'numeric' }) }
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone })
  const daysFromNow = (date: Date) => (Date.parse(calendar.format(date)) - Date.parse(calendar.format(new Date()))) / 86_400_000
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const spanOf = (unit: Unit) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: unit === 'second' ? 1 : 0 })
  const spans = { second: spanOf('second'), minute: spanOf('minute'), hour: spanOf('hour'), day: spanOf('day') }
  const past = new Intl.RelativeTimeFormat(tag)
  const numbered = remembered((written: string) => numbers.format(Number(written)))
  const number = (value: number) => numbered(String(value))
  const sentence = remembered((asked: string) => {
    const [key, values] = JSON.parse(asked) as [string, Record<string, string | number>]
    return i18n.t(key, typeof values['count'] === 'number' ? { ...values, n: numbers.format(values['count']) } : values)
  })
  const plain = remembered((key: string) => i18n.t(key))
  const t: Words['t'] = (key, values) => (values ? sentence(JSON.stringify([key, values])) : plain(key))
  const written = (date: Intl.DateTimeFormat, text: string) => (Number.isNaN(Date.parse(text)) ? text : date.format(new Date(text)))
  const moment = remembered(text => (Number.isNaN(Date.parse(text)) ? text : t('meta.moment', { date: written(momentDays, text), time: written(times, text) })))
  return {
    language,
    t,
    direction: i18n.t('meta.direction') === 'rtl' ? 'rtl' : 'ltr',
    has: remembered(key => i18n.exists(key)),
    number,
    date: remembered(text =>
      /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? written(plainDays, text)
        : /^\d{4}-\d{2}$/.test(text)
          ? written(months, text)
          : /T/.test(text)
            ? written(days, text)
            : text,
    ),
    moment,
    near: text => {
      const days = daysFromNow(new Date(text))
      return Math.abs(days) > 1 ? moment(text) : i18n.t('meta.moment', { date: relative.format(days, 'day'), time: written(times, text) })
    },
    part: (of, text) => written(parts[of], text),
    size: bytes => {
      const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 4)
      return t(`size.${['b', 'kb', 'mb', 'gb', 'tb'][step]}`, { n: numbers.format(bytes / 1000 ** step) })
    },
    duration: ms => spans[unitOf(ms)].format(ms / milliseconds[unitOf(ms)]),
    ago: ms => past.format(-Math.round(ms / milliseconds[unitOf(ms)]), unitOf(ms)),
  }
}
