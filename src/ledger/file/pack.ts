import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Texts as the ledger keeps them: zstd. */
export const pack = (text: string | Uint8Array): Uint8Array => zstdCompressSync(text)
export const unpack = (bytes: Uint8Array): Buffer => zstdDecompressSync(bytes)
