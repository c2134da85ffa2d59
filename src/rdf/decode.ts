/**
 * Bytes as a portal sent them → text. The charset of the content type is believed unless the bytes say otherwise:
 * a BOM or the zero bytes of UTF-16 win, then the XML declaration; text that is not UTF-8 is read as Windows-1252.
 */
export function decode(bytes: Uint8Array, mediaType = ''): string {
  const declared = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  const wide = (low: number, high: number) => (bytes[low] === 0xff && bytes[high] === 0xfe) || (bytes[low]! > 0 && bytes[high] === 0)
  const utf16 = wide(0, 1) ? 'utf-16le' : wide(1, 0) ? 'utf-16be' : undefined
  const xml = /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]
  for (const charset of [utf16, 'utf-8', xml, declared]) {
    if (!charset) continue
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes)
    } catch {
      // Not this one: the next.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes)
}
