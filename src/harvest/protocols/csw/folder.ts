import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { recordsIn } from '../../formats/envelope.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested } from '../../protocol.ts'
import { hrefsIn } from '../../readers/html/links.ts'
import { readXml, type Element } from '../../readers/xml/xml.ts'

/** How deep folders in folders are read, and how many listings. */
const maxDepth = 8
const maxListings = 10_000

/**
 * Records that lie as files in a folder of a web server (a web accessible folder): the listing that the server writes, or a list of addresses, one a
 * line, and the folders in it. Only what lies under the folder is followed. A file that cannot be had, or be read, costs that file alone.
 */
export async function* folder(url: string, fetch: Fetch, records: (each: Element, address: string) => Promise<Harvested[]>): AsyncGenerator<Harvested> {
  const root = new URL('.', url).href
  const listings: [address: string, depth: number][] = [[url, 0]]
  const met = new Set(listings.map(([address]) => address))
  for (let listed = listings.shift(), read = 0; listed; listed = listings.shift()) {
    const [address, depth] = listed
    if (++read > maxListings)
      throw new Problem('endless-pages', `${url} lists more than ${maxListings} folders: it seems to list itself. Ask the portal for a folder that ends.`, {
        url,
      })
    let links: string[]
    try {
      links = await linksOf(address, root, fetch)
    } catch (error) {
      if (!(error instanceof Problem) || depth === 0) throw error
      yield { lost: error }
      continue
    }
    for (const link of links) {
      if (met.has(link)) continue
      met.add(link)
      if (link.endsWith('/')) {
        if (depth < maxDepth) listings.push([link, depth + 1])
        else yield { lost: tooDeep(link) }
      } else yield* await fileOf(link, fetch, records)
    }
  }
}

const tooDeep = (url: string) =>
  new Problem(
    'endless-pages',
    `${url} lies more than ${maxDepth} folders deep and is not read. Ask the portal whether its folders end, or make it a source of its own.`,
    {
      url,
    },
  )

/** Addresses of files and folders under the root that a listing names, by links or one a line. */
export async function linksOf(address: string, root: string, fetch: Fetch): Promise<string[]> {
  const answer = await fetch(address, 'text/html, text/plain;q=0.9, */*;q=0.1')
  const text = decode(answer.body, answer.mediaType)
  const named = /<a\s/i.test(text)
    ? hrefsIn(text)
    : text
        .split(/[\r\n]+/)
        .flatMap(line => (/^https?:\S+\s+\S/i.test(line.trim()) ? line.split(/\s+/) : [line.trim()]).filter(each => /^https?:|\.xml$/i.test(each)))
  return [
    ...new Set(
      named.flatMap(link => {
        const target = URL.parse(link, answer.url)
        if (!target) return []
        target.hash = ''
        // Links that sort the listing lead to the listing.
        if (target.href.endsWith('/') || /\.xml$/i.test(target.pathname)) return target.search && !/\.xml$/i.test(target.pathname) ? [] : [target.href]
        return []
      }),
    ),
  ].filter(link => link.startsWith(root) && link !== root)
}

/** A record of a kind that is not wanted. */
const orLeftOut = (found: Harvested[]): Harvested[] => (found.length > 0 ? found : [{ leftOut: 1 }])

async function fileOf(address: string, fetch: Fetch, records: (each: Element, address: string) => Promise<Harvested[]>): Promise<Harvested[]> {
  try {
    const { root, problem } = readXml(await fetch(address, 'application/xml, text/xml;q=0.9, */*;q=0.1'))
    const held = [...recordsIn(root)]
    // Of an answer that was saved and breaks off, what stood before the break is read.
    const whole = held.length === 1 && held[0] === root ? (problem ? [] : held) : held.filter(each => !each.cut)
    const found = await Promise.all(whole.map(async each => orLeftOut(await records(each, address))))
    return [...found.flat(), ...(problem ? [whole.length > 0 ? { lost: problem } : { problem }] : [])]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.code === 'not-xml' || error.code === 'portal-refused' ? { problem: error } : { lost: error }]
  }
}
