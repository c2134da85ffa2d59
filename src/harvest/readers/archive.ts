import { Readable } from 'node:stream'
import { Unzip, UnzipInflate } from 'fflate'
import { Problem, sentence } from '../../problem.ts'
import { formatByExtension } from '../../rdf/formats.ts'
import type { Head } from '../http/answer.ts'
import { unpack } from '../http/content-coding.ts'

type Bytes = AsyncIterable<Uint8Array>

/** One file of an answer, as it comes. */
export interface Unpacked extends Head {
  body: Bytes
}

/** Bytes that are unpacked at a time: deflate makes at most a thousand times as many of them. */
const piece = 4096

/**
 * The files of an answer: of a zip archive those that are RDF by their names, of a gzipped file what is in it, else the answer itself. What packed files
 * hold is read no further than `maxBytes`. Each file has to be read before the next.
 */
export async function* unpacked({ body, ...head }: Unpacked, maxBytes: number): AsyncGenerator<Unpacked> {
  const [start, whole] = await peeked(body)
  if (start[0] === 0x1f && start[1] === 0x8b) {
    const name = new URL(head.url).pathname.replace(/\.gz$/i, '')
    yield { ...head, mediaType: formatByExtension(name)?.mediaType ?? '', body: limited(gunzipped(whole, head.url), maxBytes, head.url) }
  } else if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4) yield* zipped(whole, head, maxBytes)
  else yield { ...head, body: whole }
}

/** The first bytes of an answer, by which its packing is known, and all of its bytes. */
async function peeked(body: Bytes): Promise<[Uint8Array, Bytes]> {
  const chunks = body[Symbol.asyncIterator]()
  let start: Uint8Array = new Uint8Array()
  while (start.length < 4) {
    const { value, done } = await chunks.next()
    if (done) break
    start = Buffer.concat([start, value])
  }
  return [
    start,
    (async function* () {
      try {
        yield start
        for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
      } finally {
        await chunks.return?.()
      }
    })(),
  ]
}

async function* gunzipped(body: Bytes, url: string): Pieces {
  try {
    yield* unpack(Readable.from(body), 'gzip')
  } catch (error) {
    throw error instanceof Problem ? error : broken(url, error)
  }
}

async function* limited(body: Bytes, maxBytes: number, url: string): Pieces {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(url, maxBytes)
    yield chunk
  }
}

type Pieces = AsyncGenerator<Uint8Array>
interface ArchivePart {
  name: string
  bytes: Uint8Array
  last: boolean
}

async function* zipped(body: Bytes, { url, ...head }: Head, maxBytes: number): AsyncGenerator<Unpacked> {
  const parts = partsOf(body, url, maxBytes)
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const first = next.value
    let { last } = first
    const rest = async function* (): Pieces {
      yield first.bytes
      while (!last) {
        const more = await parts.next()
        if (more.done) throw broken(url, 'it ends within a file')
        last = more.value.last
        yield more.value.bytes
      }
    }
    const file = rest()
    yield { ...head, url: `${url}#${encodeURIComponent(first.name)}`, mediaType: formatByExtension(first.name)!.mediaType, body: file }
    for await (const _ of file);
  }
}

/** The pieces of the RDF files of an archive, one file after the other. */
async function* partsOf(body: Bytes, url: string, maxBytes: number): AsyncGenerator<ArchivePart> {
  let parts: ArchivePart[] = []
  let failure: unknown
  let size = 0
  let within = false
  const unzip = new Unzip(file => {
    if (file.name.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(file.name) || !formatByExtension(file.name)) return
    file.ondata = (error, bytes, last) => {
      failure ??= error ?? undefined
      within = !last
      size += bytes?.length ?? 0
      if (bytes) parts.push({ name: file.name, bytes, last })
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      unzip.push(bytes, last)
    } catch (error) {
      failure ??= error
    }
  }
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length && !failure; at += piece) {
      push(chunk.subarray(at, at + piece), false)
      if (size > maxBytes) throw tooLarge(url, maxBytes)
      yield* parts
      parts = []
    }
    if (failure) break
  }
  if (!failure) push(new Uint8Array(), true)
  yield* parts
  if (failure || within) throw broken(url, failure ?? 'it ends within a file')
}

const tooLarge = (url: string, maxBytes: number) =>
  new Problem('too-large', `${url} is larger than ${maxBytes} bytes when it is unpacked. Publish it in pages, or raise limits.maxBytes of the source.`, { url })
const broken = (url: string, cause: unknown) =>
  new Problem('unreadable-rdf', `${url} is no whole archive: ${sentence(cause).replace(/\.$/, '')}. Ask the portal to pack it anew.`, { url }, cause)
