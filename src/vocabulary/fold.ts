/** Letters that Arabic keyboards and portals write in several ways. */
const arabic: [from: RegExp, to: string][] = [
  [/\u0640|[\u064B-\u065F]|\u0670|[\u06D6-\u06ED]/g, ''], // tatweel, harakat, superscript alef, Quranic marks
  [/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, ''], // joiners and marks of direction
  [/[أإآٱ]/g, 'ا'],
  [/[ىی]/g, 'ي'],
  [/ئ/g, 'ي'],
  [/ة/g, 'ه'],
  [/ؤ/g, 'و'],
  [/[کگڭݣ]/g, 'ك'],
  [/پ/g, 'ب'],
  [/ڤ/g, 'ف'],
]

/** Whether a text has anything of it. */
const hasArabic = /[\u0600-\u06FF\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/

/** Most texts: they have nothing that could be written otherwise. */
const plain = /^[ -~]*$/

/**
 * A text as it is compared and searched: no case, no accents, no punctuation, one form of each Arabic letter, Latin digits.
 * The raw text is never changed; the same folding is used when text is kept and when it is asked for.
 */
export function fold(text: string): string {
  if (plain.test(text))
    return text
      .toLowerCase()
      .replace(/[^a-z0-9+#]+/g, ' ')
      .trim()
  let folded = text.normalize('NFKC')
  if (hasArabic.test(folded)) for (const [from, to] of arabic) folded = folded.replace(from, to)
  return folded
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ⵯ/g, '')
    .replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim()
}
