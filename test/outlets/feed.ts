import { openPage, writePage, type HydraPage, type HydraRequest } from '../../src/outlets/hydra.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import type { Format } from '../../src/rdf/format.ts'

/** A page of the feed with its text, as it is served at an address. */
export async function hydraPage(
  publication: Publication,
  { address, format, ...asked }: HydraRequest & { address: string; format: Format },
): Promise<HydraPage & { text: string }> {
  const page = openPage(publication, asked, address)
  return { ...page, text: await writePage(publication, page, address, format) }
}
