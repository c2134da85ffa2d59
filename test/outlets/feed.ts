import { openPage, writePage, type HydraPage } from '../../src/outlets/hydra.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import type { Format } from '../../src/rdf/format.ts'

/** A page of the feed with its text, as it is served at an address for a query. */
export async function hydraPage(
  publication: Publication,
  { address, format, ...asked }: { address: string; format: Format; page?: number | string } & Record<string, unknown>,
): Promise<HydraPage & { text: string }> {
  const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]))
  const page = openPage(publication, { query, address })
  return { ...page, text: await writePage(publication, page, address, format) }
}
