import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack } from '../../../src/harvest/http/content-coding.ts'
import { feed } from '../protocols/dcat/feed.ts'

// What comes compressed: whole, or an error.

const text = feed(['a', 'b'])
const read = async (bytes: Uint8Array, coding: string, piece = bytes.length) =>
  (
    await buffer(
      unpack(
        Readable.from(
          (function* () {
            for (let at = 0; at < bytes.length; at += piece) yield Buffer.from(bytes.subarray(at, at + piece))
          })(),
          { objectMode: false },
        ),
        coding,
      ),
    )
  ).toString()

const ways: [coding: string, how: string, bytes: Uint8Array][] = [
  ['gzip', '', gzipSync(text)],
  ['x-gzip', '', gzipSync(text)],
  ['deflate', '', deflateSync(text)],
  ['deflate', ' without its frame', deflateRawSync(text)],
  ['br', '', brotliCompressSync(text)],
  ['gzip', ' in two members', Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))])],
]

test.each(ways)('%s%s is read, in one piece or byte by byte', async (coding, _how, bytes) => {
  expect(await read(bytes, coding)).toBe(text)
  expect(await read(bytes, coding, 1)).toBe(text)
})

test.each(ways.slice(0, 5))('%s%s that is cut off after any of its bytes is an error', async (coding, _how, bytes) => {
  for (let at = 1; at < bytes.length; at++)
    await expect(read(bytes.subarray(0, at), coding), `cut off after ${at} of ${bytes.length} bytes`).rejects.toThrow(/unexpected end of file/)
})

test.each(['identity', 'utf-8', 'none'])('%s, which is no compression, is left as it is', async coding => {
  expect(await read(Buffer.from(text), coding)).toBe(text)
})

test('nothing at all is nothing', async () => {
  for (const coding of ['deflate', 'identity']) expect(await read(Buffer.alloc(0), coding)).toBe('')
})

test('who stops reading ends the body too', async () => {
  const body = Readable.from(
    (function* () {
      for (;;) yield gzipSync(Buffer.alloc(1_000_000))
    })(),
    { objectMode: false },
  )
  for await (const _ of unpack(body, 'gzip')) break
  await expect.poll(() => body.destroyed).toBe(true)
})
