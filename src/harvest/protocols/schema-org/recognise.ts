import { decode } from '../../../rdf/decode.ts'
import { typedDataset } from '../../formats/schema-org/rdfa.ts'
import type { Page } from '../../http/answer.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { firstOf, ifAnswered } from '../../readers/recognise.ts'

/** Pages of a sitemap that are looked at: those whose address speaks of data first. */
const maxPagesLookedInto = 3
const isDataset = /"@type"\s*:\s*(?:\[[^\]]*)?"(?:https?:\/\/schema\.org\/|schema:)?Dataset"|itemtype\s*=\s*["']https?:\/\/schema\.org\/Dataset["']/

/** Pages with datasets in the words of schema.org, or of DCAT in RDFa, as far as the first that a sitemap names tell. */
export const recogniseSchemaOrg = async ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> => {
  if (bases.length === 0) return undefined
  const root = new URL('/', url).href
  const read = async (address: string) => textOf(await fetch(address, 'text/html, application/xml;q=0.9, */*;q=0.5'))
  const robots = (await ifAnswered(() => read(`${root}robots.txt`))) ?? ''
  const stated = [...robots.matchAll(/^sitemap:\s*(\S+)/gim)].map(([, address]) => address!)
  return firstOf(
    [...stated, `${root}sitemap.xml`].filter(address => isHere(address, root)),
    async sitemap => {
      const first = await read(sitemap)
      const inner = /<sitemapindex/.test(first) ? locations(first).find(address => isHere(address, root)) : undefined
      const pages = locations(inner ? await read(inner) : first)
        .filter(address => isHere(address, root))
        .sort((a, b) => Number(/data|donnee/i.test(b)) - Number(/data|donnee/i.test(a)))
      return firstOf(pages.slice(0, maxPagesLookedInto), async page => {
        const text = await read(page)
        return isDataset.test(text) || typedDataset.test(text) ? { url: sitemap, sure: false } : undefined
      })
    },
  )
}

const textOf = ({ body, mediaType }: Page) => decode(body, mediaType)
const locations = (sitemap: string) => [...sitemap.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map(([, address]) => address!.replaceAll('&amp;', '&'))
const isHere = (address: string, root: string) => URL.canParse(address, root) && new URL(address, root).origin === new URL(root).origin
