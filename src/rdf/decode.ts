/**
 * Bytes as a portal sent them → text. The charset of the content type is believed unless the bytes say otherwise:
 * a BOM or the zero bytes of UTF-16 win, then the XML declaration; text that is not UTF-8 is read as Windows-1252. Where the last
 * character is cut off, it is left out.
 */
export function decode(bytes: Uint8Array, mediaType = ''): string {
  const declared = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  const xml = /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]
  for (const charset of [utf16(bytes), 'utf-8', xml, declared]) {
    if (!charset) continue
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true })
      // A last byte that only begins a character, after nothing but ASCII, may well be a letter of another charset.
      const whole = wholeCharacters(bytes)
      if (charset !== 'utf-8' || whole === bytes.length || text.length < whole) return text
    } catch {
      // Not this one: the next.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/**
 * Text of a body as it comes: UTF-8, or UTF-16 by its first bytes. From the first byte on that is not UTF-8 it is read in the charset of the content type, or
 * as Windows-1252: what came before was ASCII, which both write alike. Where it was not, or most of what comes is UTF-8 all the same, only that byte is lost.
 */
export async function* decodeStream(chunks: AsyncIterable<Uint8Array>, mediaType = ''): AsyncGenerator<string> {
  const declared = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  let decoder: TextDecoder | undefined
  let ascii = true
  // A character may be cut by the end of a chunk.
  let rest: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    decoder ??= bytes.length > 1 ? new TextDecoder(utf16(bytes) ?? 'utf-8', { fatal: true }) : undefined
    const whole = !decoder ? 0 : decoder.encoding === 'utf-8' ? wholeCharacters(bytes) : bytes.length
    rest = bytes.subarray(whole)
    if (!decoder) continue
    try {
      const text = decoder.decode(bytes.subarray(0, whole), { stream: true })
      ascii &&= text.length === whole
      yield text
    } catch {
      decoder = ascii && !isMostlyUtf8(bytes) ? legacy(declared) : new TextDecoder()
      rest = new Uint8Array()
      yield decoder.decode(bytes, { stream: true })
    }
  }
  if (rest.length > 0) yield new TextDecoder().decode(rest)
}

const utf16 = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
    ? 'utf-16le'
    : (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
      ? 'utf-16be'
      : undefined

const isMostlyUtf8 = (bytes: Uint8Array) => {
  const text = new TextDecoder().decode(bytes)
  return (text.match(/[\u0080-\ufffc]/g)?.length ?? 0) > (text.match(/\ufffd/g)?.length ?? 0)
}

/** How many of the bytes are whole characters of UTF-8. */
function wholeCharacters(bytes: Uint8Array): number {
  let start = bytes.length - 1
  while (start > 0 && bytes.length - start < 4 && (bytes[start]! & 0xc0) === 0x80) start--
  const lead = bytes[start] ?? 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return length > bytes.length - start ? start : bytes.length
}

function legacy(declared: string | undefined): TextDecoder {
  try {
    return new TextDecoder(declared && !/^utf-?8$/i.test(declared) ? declared : 'windows-1252')
  } catch {
    return new TextDecoder('windows-1252')
  }
}
