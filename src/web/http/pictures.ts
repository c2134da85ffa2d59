import { hash } from 'node:crypto'
import type { Picture } from '../../ledger/programme/contributions.ts'

/** Bytes, and dots on a side, that a picture may have. */
export const pictureMost = { bytes: 2 * 1024 * 1024, side: 4096 }

/** What is kept of a file that is a picture; otherwise what is wrong with it. */
export type Checked = { picture: Picture } | { fault: 'type' | 'size' | 'side' | 'broken' }

/**
 * Keeps a PNG, JPEG or WebP by what its bytes say, whatever it calls itself, without all that says where, when and by whom it was made. Everything else is
 * refused: SVG, which may hold programs, and pictures whose pieces do not add up.
 */
export function checkPicture(bytes: Uint8Array): Checked {
  if (bytes.length > pictureMost.bytes) return { fault: 'size' }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const format = formats.find(({ begins }) => begins(file))
  if (!format) return { fault: 'type' }
  try {
    const { body, width, height } = format.read(file)
    if (width < 1 || height < 1 || width > pictureMost.side || height > pictureMost.side) return { fault: 'side' }
    return { picture: { mediaType: format.mediaType, body, digest: hash('sha256', body).slice(0, 16) } }
  } catch (error) {
    if (error instanceof RangeError || error instanceof Broken) return { fault: 'broken' }
    throw error
  }
}

class Broken extends Error {}
interface Read {
  body: Uint8Array
  width: number
  height: number
}
interface PictureFormat {
  mediaType: string
  begins(file: Buffer): boolean
  read(file: Buffer): Read
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const pngKept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'sRGB'])

/** PNG (third edition): chunks of length, type, data and checksum. */
const png: PictureFormat = {
  mediaType: 'image/png',
  begins: file => file.subarray(0, 8).equals(signature),
  read: file => {
    const kept: Uint8Array[] = [signature]
    for (let at = 8; ;) {
      const length = file.readUInt32BE(at)
      const type = file.toString('latin1', at + 4, at + 8)
      const next = at + 12 + length
      if (next > file.length || (at === 8 && type !== 'IHDR')) throw new Broken()
      if (pngKept.has(type)) kept.push(file.subarray(at, next))
      if (type === 'IEND') break
      at = next
    }
    return { body: Buffer.concat(kept), width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
  },
}

/** JPEG (ITU-T T.81, annex B): segments up to the scan, which goes on to the end. Of the application's own, the first alone says how to show it. */
const jpeg: PictureFormat = {
  mediaType: 'image/jpeg',
  begins: file => file.length > 3 && file.readUInt16BE(0) === 0xffd8 && file[2] === 0xff,
  read: file => {
    const kept = [file.subarray(0, 2)]
    let [width, height] = [0, 0]
    for (let at = 2; ;) {
      if (file[at] !== 0xff) throw new Broken()
      const marker = file[at + 1]!
      const next = at + 2 + file.readUInt16BE(at + 2)
      if (next > file.length) throw new Broken()
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
      if (isFrame) [height, width] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)]
      const isOwn = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe
      if (!isOwn) kept.push(file.subarray(at, next))
      if (marker === 0xda) {
        const end = file.lastIndexOf(Buffer.from([0xff, 0xd9]))
        if (end < next) throw new Broken()
        kept.push(file.subarray(next, end + 2))
        return { body: Buffer.concat(kept), width, height }
      }
      at = next
    }
  },
}

const webpKept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])

/** WebP (RFC 9649): a RIFF of chunks, each of type, length and data, padded to an even number of bytes. */
const webp: PictureFormat = {
  mediaType: 'image/webp',
  begins: file => file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP',
  read: file => {
    const kept: Buffer[] = []
    let [width, height] = [0, 0]
    const end = 8 + file.readUInt32LE(4)
    if (end > file.length + 1) throw new Broken()
    for (let at = 12; at + 8 <= Math.min(end, file.length);) {
      const type = file.toString('latin1', at, at + 4)
      const data = at + 8
      const next = data + file.readUInt32LE(at + 4)
      if (next > file.length) throw new Broken()
      const chunk = Buffer.from(file.subarray(at, next + ((next - at) % 2)))
      if (type === 'VP8X') {
        // What it says of metadata is true no longer.
        chunk[8]! &= ~0b0010_1100
        width = 1 + file.readUIntLE(data + 4, 3)
        height = 1 + file.readUIntLE(data + 7, 3)
      } else if (type === 'VP8 ' && width === 0) [width, height] = [file.readUInt16LE(data + 6) & 0x3fff, file.readUInt16LE(data + 8) & 0x3fff]
      else if (type === 'VP8L' && width === 0) {
        const bits = file.readUInt32LE(data + 1)
        width = 1 + (bits & 0x3fff)
        height = 1 + ((bits >>> 14) & 0x3fff)
      }
      if (webpKept.has(type)) kept.push(chunk)
      at = next + ((next - at) % 2)
    }
    const body = Buffer.concat([Buffer.from('RIFF....WEBP', 'latin1'), ...kept])
    body.writeUInt32LE(body.length - 8, 4)
    return { body, width, height }
  },
}

const formats = [png, jpeg, webp]
