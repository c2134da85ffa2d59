import { expect, test } from 'vitest'
import { checkPicture, pictureMost } from '../../src/web/http/pictures.ts'
import { jpeg, png } from './picture.ts'

// Pictures by their bytes: what is kept of them, and what is refused.

const bytesOf = (file: Uint8Array) => {
  const checked = checkPicture(file)
  if ('fault' in checked) throw new Error(checked.fault)
  return Buffer.from(checked.picture.body)
}
const faultOf = (file: Uint8Array) => {
  const checked = checkPicture(file)
  return 'fault' in checked ? checked.fault : undefined
}
const secret = 'GPS 33.97,-6.85'

test('a PNG keeps what it shows and loses what it says of itself', () => {
  const kept = bytesOf(png(3, 2, { tEXt: `Comment\0${secret}`, eXIf: secret }))
  expect(kept.includes(secret)).toBe(false)
  expect(kept.equals(png(3, 2))).toBe(true)
})

test('a JPEG keeps what it shows and loses what the camera says', () => {
  const kept = bytesOf(jpeg(3, 2, secret))
  expect(kept.includes(secret)).toBe(false)
  expect(kept.equals(jpeg(3, 2))).toBe(true)
})

test('a WebP loses its EXIF and no longer says that it has any', () => {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  }
  const riff = (...chunks: Buffer[]) => {
    const body = Buffer.concat([Buffer.from('RIFF....WEBP', 'latin1'), ...chunks])
    body.writeUInt32LE(body.length - 8, 4)
    return body
  }
  const shown = chunk('VP8L', Buffer.from('2f02400000', 'hex'))
  const flags = (bits: number) => chunk('VP8X', Buffer.from([bits, 0, 0, 0, 2, 0, 0, 1, 0, 0]))
  const kept = bytesOf(riff(flags(0b1000), shown, chunk('EXIF', Buffer.from(secret))))
  expect(kept.equals(riff(flags(0), shown))).toBe(true)
})

test.each([
  ['an SVG, which may hold programs', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'type'],
  ['a page that calls itself a picture', Buffer.from('<!doctype html><title>x</title>'), 'type'],
  ['a GIF', Buffer.from('GIF89a..........'), 'type'],
  ['nothing', Buffer.alloc(0), 'type'],
  ['a PNG that is cut off', png(3, 2).subarray(0, 40), 'broken'],
  ['a JPEG without an end', jpeg(3, 2).subarray(0, -2), 'broken'],
  ['a PNG of more dots than are shown', png(5000, 1), 'side'],
  ['a file that is too large', Buffer.concat([png(1, 1), Buffer.alloc(pictureMost.bytes)]), 'size'],
  ['a PNG that begins with something else', Buffer.concat([png(1, 1).subarray(0, 8), Buffer.from('00000000', 'hex'), Buffer.from('IEND....')]), undefined],
])('%s is refused', (_what, file, fault) => {
  if (fault) expect(faultOf(file)).toBe(fault)
  else expect(faultOf(file)).toBeDefined()
})

test('what stands behind the end of a picture goes', () => {
  const kept = bytesOf(Buffer.concat([png(1, 1), Buffer.from(`<script>${secret}</script>`)]))
  expect(kept.equals(png(1, 1))).toBe(true)
})
