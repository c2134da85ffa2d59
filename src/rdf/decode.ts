/**
 * Bytes as a portal sent them → text. The charset of the content type is believed unless the bytes say otherwise:
 * a BOM wins, then the XML declaration; text that is not UTF-8 is read as Windows-1252.
 */
export function decode(bytes: Uint8Array, mediaType = ''): string {
  const declared = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  const bom = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  const xml = /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]
  for (const charset of [bom, 'utf-8', xml, declared]) {
    if (!charset) continue
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes)
    } catch {
      // Not this one: the next.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes)
}
