import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import type { Page } from '../../http/fetch.ts'
import { readJson } from '../../readers/json/answer.ts'
import { readXml, textOf, writeXml } from '../../readers/xml/xml.ts'
import { jsonMessage, pruneJson } from './json.ts'
import type { Message } from './structure.ts'
import { isStructure, pruneXml, xmlMessage } from './xml.ts'

/** Reads a portal's answer, in whichever of the two it came. Throws a Problem for anything else, and for an error of the portal. */
export function readMessage(page: Page): Message {
  if (!/^\s*</.test(decode(page.body.subarray(0, 2000), page.mediaType).replace(/^\uFEFF/, ''))) {
    const root = readJson(page)
    const message = jsonMessage(root)
    if (!message) throw notSdmx(page.url)
    return { ...message, only: wanted => ({ mediaType: 'application/json', body: JSON.stringify(pruneJson(root, wanted)) }) }
  }
  const { root, problem } = readXml(page)
  if (root.name === 'Error')
    throw new Problem(
      'portal-refused',
      `${page.url} answered with an error: ${textOf(root).replace(/\s+/g, ' ').slice(0, 200)}. Check the source's url and its options.`,
      { url: page.url },
    )
  if (!isStructure(root)) throw problem ?? notSdmx(page.url)
  return {
    ...xmlMessage(root),
    only: wanted => ({ mediaType: 'application/xml', body: writeXml(pruneXml(root, wanted) ?? root) }),
    ...(problem && { problem }),
  }
}

const notSdmx = (url: string) =>
  new Problem(
    'unexpected-answer',
    `${url} answered with something that is no structure message of SDMX 2.1 or 3.0. Check the source's url (what stands before "/dataflow") and its options.`,
    { url },
  )
