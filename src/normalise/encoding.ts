/** The characters that Windows-1252 puts in the place of the bytes 0x80 to 0x9F. */
const western = new Map(Array.from({ length: 32 }, (_, at) => [new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + at)), 0x80 + at] as const))
const high = `[\\u0080-\\u00bf${[...western.keys()].join('')}]`
/** What two or three bytes of UTF-8 look like in Latin-1: accented letters, Arabic letters (several at least), quotes and dashes. */
const wrong = new RegExp(`(?:[ÂÃÅ]${high})+|(?:[ØÙÚÛ]${high}(?: (?=[ØÙÚÛ]${high}))?){2,}|â[€‚²³´µ¶]${high}`, 'g')

/** Characters that no text has and XML cannot hold (XML 1.0, 2.2), left over from another encoding or from a word processor. */
const control = /[\u0000-\u0008\u000E-\u001F\uFFFE\uFFFF]/g
/** How word processors write a break of line or page. */
const breaks = /[\u000B\u000C]/g

/** Text that was UTF-8 and was read as Latin-1 is read again: `DonnÃ©es` → `Données`; control characters go. What was not wrong stays. */
export const mendEncoding = (text: string): string => readAgain(text).replace(control, '').replace(breaks, '\n')

function readAgain(text: string): string {
  if (text.search(wrong) === -1) return text
  const mended = text.replace(wrong, found => decode(found) ?? found)
  // Once one letter was wrong, an `à` that lost its second byte to a trimmer was too.
  return mended === text ? text : mended.replace(/Ã (?= )|Ã(?= )/g, 'à')
}

function decode(text: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, character => western.get(character) ?? character.charCodeAt(0)))
  } catch {
    return undefined
  }
}
