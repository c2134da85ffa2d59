import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Bytes that many texts have in common, by which each of them packs smaller. */
export interface Dictionary {
  id: number
  body: Uint8Array
}

/** Before what was packed with a dictionary stand this byte, by which no frame of zstd begins, and the number of the dictionary in six. */
const mark = 0
const markLength = 7

// A dictionary does what a higher level would do, in less time. Texts are short, so that the window and the tables in which zstd looks for what came before can
// be small: to clear those of its own choice takes as long as to pack.
const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 15, [constants.ZSTD_c_hashLog]: 12, [constants.ZSTD_c_chainLog]: 12 }

/** Bytes of the room that a packed text is first written to: more, cleared for each, costs as much as a quarter of the packing. */
const chunkSize = 4096

/** Texts as the ledger keeps them: zstd, and where a dictionary was used, its number before. */
export function pack(text: string | Uint8Array, dictionary?: Dictionary): Uint8Array {
  if (!dictionary) return zstdCompressSync(text)
  const head = Buffer.alloc(markLength, mark)
  head.writeUIntBE(dictionary.id, 1, markLength - 1)
  return Buffer.concat([head, zstdCompressSync(text, { dictionary: dictionary.body, params, chunkSize })])
}

/** The text of a packed one; `dictionary` tells what is kept under a number. */
export function unpack(bytes: Uint8Array, dictionary?: (id: number) => Uint8Array): Buffer {
  if (bytes[0] !== mark || !dictionary) return zstdDecompressSync(bytes)
  const id = Buffer.from(bytes.buffer, bytes.byteOffset, markLength).readUIntBE(1, markLength - 1)
  return zstdDecompressSync(bytes.subarray(markLength), { dictionary: dictionary(id) })
}
