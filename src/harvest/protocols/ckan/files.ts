import { foldIri, foldUrl, percentDecoded } from '../../../rdf/iri.ts'
import { text, type JsonObject } from '../../readers/json/values.ts'

/** A file that CKAN itself serves: its address holds the id of the resource, and may hold the language of the page that it was copied from. */
const served = /\/resource\/[0-9a-f]{8}-[0-9a-f-]{27}(?:\/|$)/i

/**
 * Resources of which only the address differs, by `www.` or the language of the page, are one file. Those of one address are left as they are: it may answer in
 * several ways.
 */
export function sameFiles(resources: JsonObject[]): JsonObject[][] {
  const files = new Map<string, JsonObject[]>()
  resources.forEach((resource, at) => {
    const url = text(resource['url'])
    const folded = served.test(url) ? foldUrl(url) : /^https?:/i.test(url) ? foldIri(url) : undefined
    const key = folded === undefined ? `${at}` : `${folded} ${text(resource['format']).toLowerCase()}`
    const file = files.get(key) ?? []
    files.set(file.some(each => text(each['url']) === url) ? `${at}` : key, file.some(each => text(each['url']) === url) ? [resource] : [...file, resource])
  })
  return [...files.values()]
}

/**
 * The years of a dataset's files, where it has one file for each: said by the file's name, else by the last part of its address. A year that is a base
 * (`base 2017`), stands in a date or an identifier, or is that of all files, says nothing of the file. Two years are a stretch: `2019-2021`.
 */
export function yearsOf(resources: JsonObject[]): Map<JsonObject, string> {
  const years = new Map(
    resources.flatMap(resource => {
      const year = yearIn(text(resource['name']) || text(resource['title'])) ?? yearIn(fileName(text(resource['url'])))
      return year ? [[resource, year] as const] : []
    }),
  )
  return new Set(years.values()).size > 1 ? years : new Map()
}

const year = /(?<![\p{L}\d]|(?<!\d)\d{1,2}[-_./])(?:19|20)\d{2}(?!\d|[-_./]\d{1,2}(?!\d))/gu

function yearIn(words: string): string | undefined {
  const found = [
    ...words
      .replace(/\bbase\s*(?:100\s*)?(?:en\s+|:\s*|=\s*)?\d{4}/gi, '')
      .replace(/(?<=\d)_|_(?=\d)/g, ' ')
      .matchAll(year),
  ].map(([each]) => each)
  const [first, second] = [...new Set(found)].sort()
  if (found.length === 0 || new Set(found).size > 2) return undefined
  return second ? `${first}-${second}` : first
}

const fileName = (url: string) => percentDecoded(url.split(/[?#]/)[0]!.split('/').pop() ?? '')
