import type { Source } from '../../../config/sources.ts'
import { Problem } from '../../../problem.ts'
import { decodeStream } from '../../../rdf/decode.ts'
import { datasetsIn, describeCatalogueIn, describeIn, othersIn } from '../../../rdf/describe.ts'
import { Graph } from '../../../rdf/graph.ts'
import { openSpool, type Spool } from '../../../rdf/spool.ts'
import { parseStream } from '../../../rdf/stream.ts'
import { textOf, type Quad } from '../../../rdf/terms.ts'
import { acceptRdf } from '../../formats/dcat/page.ts'
import { describedRecord } from '../../formats/dcat/record.ts'
import { isDoubtful, isResolved } from '../../formats/dcat/references.ts'
import type { Harvest, Harvested } from '../../protocol.ts'
import { unpacked } from '../../readers/archive.ts'

/** What of a dump could not be read: the subjects of lines that were lost, or that nobody knows which. */
interface Lost {
  problems: Problem[]
  subjects: Set<string>
  unknown: boolean
}

/**
 * One dump that may be larger than memory: its statements are put on disk as they come, and each dataset is cut out of them there. A line of N-Triples or
 * N-Quads that cannot be read costs the datasets that it may be said of.
 */
export async function* harvestDump(source: Source, { open }: Harvest): AsyncGenerator<Harvested> {
  const spool = openSpool()
  const mended = new Map<string, string>()
  try {
    const lost = await fill(spool, mended, source, open)
    for (const problem of lost.problems) yield { lost: problem }
    const catalogue = describeCatalogueIn(spool)
    if (catalogue.length > 0 && lost.problems.length === 0) yield { catalogue }
    for (const subjects of [datasetsIn(spool), othersIn(spool)]) {
      for (const subject of subjects) {
        const described = describeIn(spool, subject)
        const cut = lost.unknown || (lost.subjects.size > 0 && described.subjects().some(each => lost.subjects.has(textOf(each))))
        yield describedRecord(described, subject, mended, cut)
      }
    }
  } finally {
    spool.close()
  }
}

/** Of a dump that is full of relative references only those are held in memory that may be words, and those that were mended. */
function note(quads: Quad[], read: Map<string, string>, mended: Map<string, string>): void {
  const nothing = new Graph()
  for (const quad of quads) {
    const written = read.get(quad.object.value)
    if (written !== undefined && (!isResolved(quad.object.value, written) || isDoubtful(quad, written, nothing))) mended.set(quad.object.value, written)
  }
}

async function fill(spool: Spool, mended: Map<string, string>, { url, limits }: Source, open: Harvest['open']): Promise<Lost> {
  const lost: Lost = { problems: [], subjects: new Set(), unknown: false }
  let files = 0
  try {
    for await (const { body, ...head } of unpacked(await open(url, acceptRdf), limits.maxBytes)) {
      files++
      for await (const read of parseStream(decodeStream(body, head.mediaType), head)) {
        if ('quads' in read) {
          spool.add(read.quads)
          if (read.mended) note(read.quads, read.mended, mended)
          continue
        }
        lost.problems.push(read.problem)
        if (read.subject === undefined) lost.unknown = true
        else lost.subjects.add(read.subject)
      }
    }
    if (files === 0)
      throw new Problem('unknown-format', `${url} is an archive without a file of RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld). Ask the portal what it packs.`, {
        url,
      })
  } catch (error) {
    if (!(error instanceof Problem) || spool.size() === 0) throw error
    lost.problems.push(error)
    lost.unknown = true
  }
  if (spool.size() === 0 && lost.problems.length > 0) throw lost.problems[0]
  return lost
}
