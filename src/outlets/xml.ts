/** The first line of a document. */
export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Characters that no XML holds (XML 1.0, 2.2), halves of characters among them. */
const unheld = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** A text as XML holds it, in an element or an attribute; what XML cannot hold is left out. */
export const escaped = (text: string): string => text.replace(unheld, '').replace(/[&<>"]/g, character => escapes[character]!)

/** An element around a text; nothing where there is none. */
export const element = (name: string, text: string | undefined, attributes: Record<string, string | undefined> = {}): string =>
  text === undefined || text === '' ? '' : `<${name}${attributesOf(attributes)}>${escaped(text)}</${name}>`

/** An element around others; nothing where there are none. */
export const around = (name: string, content: string[], attributes: Record<string, string | undefined> = {}): string =>
  content.every(each => each === '') ? '' : `<${name}${attributesOf(attributes)}>${content.join('')}</${name}>`

export const attributesOf = (attributes: Record<string, string | undefined>): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(value)}"`))
    .join('')

/** A text in each of its languages. */
export const inLanguages = (name: string, texts: Record<string, string>): string =>
  Object.entries(texts)
    .map(([language, text]) => element(name, text, { 'xml:lang': language === 'und' ? undefined : language }))
    .join('')
