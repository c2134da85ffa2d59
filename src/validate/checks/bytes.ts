/** Room for a verdict on most feeds. */
const usual = 64 * 1024

/**
 * Pieces of a text, and its end, as UTF-8. One text would first have to be made of them, and all of them be held: of some megabytes that takes longer than all
 * else that is done with them.
 */
export function bytesOf(pieces: Iterable<string>, end: string): Uint8Array {
  let bytes = Buffer.allocUnsafeSlow(usual)
  let at = 0
  const put = (piece: string) => {
    const most = at + piece.length * 3
    if (most > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, bytes.length * 2))
      bytes.copy(larger, 0, 0, at)
      bytes = larger
    }
    at += bytes.write(piece, at)
  }
  for (const piece of pieces) put(piece)
  put(end)
  return bytes.subarray(0, at)
}
