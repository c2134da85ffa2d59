import { z } from 'zod'
import { harvestFeed, usualReach } from '../../formats/dcat/feed.ts'
import { followable } from '../../formats/dcat/links.ts'
import { replay } from '../../formats/dcat/record.ts'
import type { Protocol } from '../../protocol.ts'
import { harvestDump } from './dump.ts'
import { recogniseDcat } from './recognise.ts'

const options = z
  .strictObject({
    paging: z.boolean().default(usualReach.paging).describe('Follow the links to further pages.'),
    maxPages: z.number().int().positive().default(usualReach.maxPages).describe('Pages after which a feed is taken for one without end.'),
    dump: z
      .boolean()
      .default(false)
      .describe(
        "One dump that may be larger than memory: N-Triples, N-Quads, Turtle, TriG and RDF/XML are read as they come and put on disk, in the system's " +
          'temporary folder; it may take as much room again as the dump has unpacked.',
      ),
    follow: z
      .array(z.enum(followable))
      .default(usualReach.follow)
      .describe(
        'What is read at its own address, on the same host: `members` of LDP containers, `catalogues` within catalogues (`dcat:catalog`, `dct:hasPart`), ' +
          '`datasets` of which the page says no title.',
      ),
    maxDepth: z.number().int().min(1).max(20).default(usualReach.maxDepth).describe('How far from the first page links are followed.'),
  })
  .describe(
    'DCAT or schema.org in any RDF format: one file, packed or larger than memory, pages linked by Hydra, LDP containers, catalogues within catalogues.',
  )
type DcatOptions = z.infer<typeof options>

/**
 * Feeds in the words of DCAT or of schema.org, in any RDF format, whatever software writes them: one file, packed or not, pages, or linked resources.
 * API: https://www.w3.org/TR/vocab-dcat-3/; pages by https://www.hydra-cg.com/spec/latest/core/ or https://www.w3.org/TR/ldp/.
 * Oddities: links to the next page come as an IRI, a literal, or with the inner host of a portal behind a proxy; feeds repeat a page for ever; media types are
 * wrong; everything the portal said of a dataset is kept, mapped or not.
 */
export const dcatFeed: Protocol<DcatOptions> = {
  robots: true,
  options,
  rank: 80,
  recognise: recogniseDcat,
  async *harvest(source, harvest) {
    const { dump, ...reach } = source.options
    if (dump) return yield* harvestDump(source, harvest)
    yield* harvestFeed(source, harvest, reach)
  },
  replay,
}
