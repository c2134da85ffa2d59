import { decode } from '../../../rdf/decode.ts'
import { isIsoRecord } from '../../formats/iso/values.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { anyMediaType, firstOf, ifAnswered } from '../../readers/recognise.ts'
import { readXml } from '../../readers/xml/xml.ts'
import { linksOf } from './folder.ts'

/** Files that are looked into, and folders where the first has none. */
const maxFilesLookedInto = 3

/**
 * A web accessible folder of ISO files: a listing, or a list of addresses, whose first files hold ISO records; where a listing has folders alone, those of the
 * first of them.
 */
export async function recogniseIsoFolder({ url, fetch }: Candidate): Promise<Recognised | undefined> {
  const ask: Fetch = (address, accept) => fetch(address, accept.startsWith('text/html') ? anyMediaType : accept)
  const read = (address: string) => ifAnswered(() => linksOf(address, new URL('.', url).href, ask))
  const links = (await read(url)) ?? []
  const isFile = (link: string) => !link.endsWith('/')
  const folders = links.filter(link => !isFile(link))
  let files = links.filter(isFile)
  // Links that end with a slash are folders only where the page is a listing.
  if (files.length === 0 && folders.length > 0 && (await isListing(url, fetch)))
    files = (await firstOf(folders.slice(0, maxFilesLookedInto), async each => some((await read(each))?.filter(isFile)))) ?? []
  const record = await firstOf(
    files.slice(0, maxFilesLookedInto),
    async file => isIsoRecord(readXml(await fetch(file, 'application/xml, text/xml;q=0.9, */*;q=0.1')).root) || undefined,
  )
  return record && { url, sure: true, datasets: files.length, ...(folders.length > 0 && { more: true }), options: { folder: true } }
}

const some = (files: string[] | undefined) => (files?.length ? files : undefined)

/** As Apache, nginx, IIS and others head their listings. */
const isListing = async (url: string, fetch: Fetch) =>
  (await ifAnswered(async () => {
    const { body, mediaType } = await fetch(url, anyMediaType)
    return /index of|parent directory|directory (?:listing|contents)|<a [^>]*href=["']?\.\.\//i.test(decode(body, mediaType).slice(0, 100_000))
  })) ?? false
