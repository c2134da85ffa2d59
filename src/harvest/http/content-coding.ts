import { once } from 'node:events'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { entry } from '../../table.ts'

/**
 * A body as it was before its `Content-Encoding` (RFC 9110, 8.4): gzip, deflate or br; any other is left as it is. One that breaks off is an error, and not a
 * shorter body, which is what HTTP libraries make of it as browsers do.
 */
export async function* unpack(body: Readable, coding: string): AsyncGenerator<Buffer> {
  const unpacker = coding === 'deflate' ? await inflater(body) : entry(unpackers, coding)?.()
  yield* unpacker ? pipeline(body, unpacker, () => {}) : body
}

const unpackers: Record<string, typeof createGunzip | typeof createBrotliDecompress> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
}

/** Some send deflate without the frame of zlib (RFC 1950) that HTTP asks for: the first byte tells. */
async function inflater(body: Readable) {
  await Promise.race([once(body, 'readable'), once(body, 'end')])
  const first = body.read() as Buffer | null
  if (!first) return undefined
  body.unshift(first)
  return (first[0]! & 0x0f) === 0x08 ? createInflate() : createInflateRaw()
}
