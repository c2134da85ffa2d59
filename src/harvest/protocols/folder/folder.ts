import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { fileUrl, filePath, httpUrl } from '../../../config/keys.ts'
import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { acceptRdf, pageRecords, readPage } from '../../formats/dcat/page.ts'
import { replay } from '../../formats/dcat/record.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Protocol, SourceOf } from '../../protocol.ts'
import { isLocal, listLocal, readLocal, readSource } from '../../readers/own-files.ts'
import { addressOn, linesOf } from './list.ts'
import { recogniseFolder } from './recognise.ts'

const options = z
  .strictObject({
    urls: z
      .array(z.union([httpUrl, fileUrl]))
      .default([])
      .describe('Further files, beside those that the url leads to.'),
  })
  .describe('RDF files in a folder, or of a list of addresses.')
type FolderOptions = z.infer<typeof options>

const rdfFiles = /\.(ttl|n3|nt|nq|trig|rdf|xml|owl|jsonld|json)$/i

/**
 * RDF files without a portal: those in a folder of the edition, or those that a list names, one address a line.
 * API: none. Each file is read like a feed of one page.
 * Oddities: a file that cannot be read costs its own datasets alone.
 */
export const folder: Protocol<FolderOptions> = {
  robots: true,
  files: true,
  options,
  rank: 160,
  recognise: recogniseFolder,
  async *harvest(source, { fetch }) {
    const known = new Set<string>()
    for (const url of await addressesOf(source, fetch)) {
      const { page, problem } = await readPage(
        url,
        each => (each.startsWith('file:') ? readLocal(source, each) : fetch(each, acceptRdf)),
        source.limits.maxBytes,
      )
      if (page) yield* pageRecords(page, known)
      // A file that is no RDF may have been any of those we hold; one that cannot be had, or breaks off, is a part of the source that is lost.
      if (problem) yield !page && problem.kind === 'rdf' ? { problem } : { lost: problem }
    }
  },
  replay,
}

async function addressesOf(source: SourceOf<FolderOptions>, fetch: Fetch): Promise<string[]> {
  const { urls } = source.options
  const found = (await isFolder(source)) ? await listLocal(source, rdfFiles) : await readList(source, fetch)
  return [...new Set([...found, ...urls])]
}

const isFolder = async (source: SourceOf<FolderOptions>) =>
  isLocal(source) && (await lstat(resolve(source.folder, filePath(source.url))).catch(() => undefined))?.isDirectory() === true

/** A list: one address a line, relative to the list, `#` before what is only a remark. Files of the edition are named by its own list alone. */
async function readList(source: SourceOf<FolderOptions>, fetch: Fetch): Promise<string[]> {
  const { body, mediaType, url } = await readSource(source, fetch, 'text/plain, text/uri-list;q=0.9, */*;q=0.1')
  return linesOf(decode(body, mediaType)).map(({ text, line }) => {
    const address = isLocal(source) ? text : addressOn(text, url)
    if (address && (httpUrl.safeParse(address).success || (isLocal(source) && fileUrl.safeParse(address).success))) return address
    throw new Problem(
      'unexpected-answer',
      `${url}, line ${line}: "${text.slice(0, 200)}" is no address of a file. ` +
        `A list has one http or https address a line${isLocal(source) ? ', or file: and a path from catalogue.yaml' : ''}.`,
      { url, line, excerpt: text.slice(0, 300) },
    )
  })
}
