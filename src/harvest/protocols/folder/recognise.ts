import { decode } from '../../../rdf/decode.ts'
import { datasetsOf } from '../../../rdf/describe.ts'
import { Graph } from '../../../rdf/graph.ts'
import { parse } from '../../../rdf/parse.ts'
import { acceptRdf } from '../../formats/dcat/page.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { anyMediaType, firstOf } from '../../readers/recognise.ts'
import { addressOn, linesOf } from './list.ts'

/** Files that are looked into. */
const maxFilesLookedInto = 3

/** A list of RDF files: every line of it names an address, and one of the first of them is RDF with datasets. */
export const recogniseFolder = ({ url, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url], async list => {
    const { body, mediaType, url: here } = await fetch(list, anyMediaType)
    const files = [...new Set(linesOf(decode(body, mediaType)).map(({ text }) => addressOn(text, here)))]
    if (files.length === 0 || !files.every(file => file !== undefined && /^https?:/.test(file) && file !== here)) return undefined
    const seen = await firstOf((files as string[]).slice(0, maxFilesLookedInto), async file => {
      const answer = await fetch(file, acceptRdf)
      return datasetsOf(new Graph((await parse(answer.body, answer)).quads)).length || undefined
    })
    return seen === undefined ? undefined : { url: list, sure: true, datasets: seen, ...(files.length > 1 && { more: true }) }
  })
