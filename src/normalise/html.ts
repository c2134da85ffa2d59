import { decodeHTML } from 'entities'

/** Elements of HTML (HTML Living Standard, 4 and 16), and what Word leaves behind; whatever else stands between `<` and `>` is text. */
const names = (text: string) => new Set(text.split(' '))
const elements = names(
  'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup data ' +
    'datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header ' +
    'hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav nobr noscript o:p object ol optgroup option output p ' +
    'param picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg table tbody td template ' +
    'textarea tfoot th thead time title tr track tt u ul var video wbr',
)
/** Elements whose names are words as well, and are tags only with an end or with attributes: `<source>` stands for a word that somebody is to fill in. */
const words = names(
  'abbr acronym address area article aside audio base big button canvas caption center cite code col data datalist del details dialog dir embed figure ' +
    'font footer form frame header iframe img input ins kbd label legend link main map mark menu meta meter nav object option output param picture pre ' +
    'progress samp script section select small source style summary svg table template textarea time title track var video',
)
/** Elements whose end ends a line. */
const blocks = names('p div li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote dt dd dl')
/** Attributes that have no value (HTML Living Standard, 2.3.2). */
const flags = names(
  'allowfullscreen async autofocus autoplay checked compact controls default defer disabled hidden inert ismap itemscope loop multiple muted nohref ' +
    'noresize noshade novalidate nowrap open readonly required reversed selected',
)

const tags = /<(\/?)([a-z][a-z0-9:]*)([^<>]*)>/gi
const attribute = /\s+([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`=]+)))?|\s+|\//y

/** The attributes of a tag; undefined where it could not be one: `<b et c>`. */
function attributesOf(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>()
  for (attribute.lastIndex = 0; attribute.lastIndex < text.length;) {
    const [whole, name, ...values] = attribute.exec(text) ?? []
    if (whole === undefined) return undefined
    const value = values.find(each => each !== undefined)
    if (name && value === undefined && !flags.has(name.toLowerCase())) return undefined
    if (name) found.set(name.toLowerCase(), decodeEntities(value ?? ''))
  }
  return found
}

/** How often a text may have been escaped; that often it is read. */
const deepest = 8

/**
 * HTML as the text a reader sees, however often it was escaped; links and pictures keep their address. Text that holds none stays as it is, but for the blanks
 * around it. What it costs grows with the length of the text, whatever stands in it.
 */
export function plain(text: string): string {
  let seen = text.trim()
  for (let [before, round] = ['', 0]; before !== seen && round < deepest; round++) {
    before = seen
    seen = decoded(withoutTags(seen)).trim()
  }
  return seen
}

function withoutTags(text: string): string {
  if (!text.includes('<')) return text
  const bare = ['script', 'style'].reduce(
    (left, name) => without(left, new RegExp(`<${name}(?=[\\s>])[^<>]*>`, 'gi'), new RegExp(`</${name}\\s*>`, 'gi')),
    without(text, /<!--/g, /-->/g),
  )
  const ended = new Set([...bare.matchAll(/<\/([a-z][a-z0-9:]*)\s*>/gi)].map(([, name]) => name!.toLowerCase()))
  const pieces: string[] = []
  let [at, any] = [0, bare !== text]
  let link: { from: number; address: string } | undefined
  for (const { 0: whole, 1: end, 2: written = '', 3: rest = '', index } of bare.matchAll(tags)) {
    const name = written.toLowerCase()
    const attributes = elements.has(name) ? attributesOf(rest) : undefined
    if (!attributes) continue
    const isTag = end ? attributes.size === 0 : ended.has(name) || attributes.size > 0 || isLoneTag(name, bare[index - 1], bare[index + whole.length])
    if (!isTag) continue
    any = true
    pieces.push(bare.slice(at, index))
    at = index + whole.length
    if (name === 'a') {
      if (link) pieces.push(addressBehind(pieces.slice(link.from).join(''), link.address))
      link = end ? undefined : { from: pieces.length, address: attributes.get('href') ?? '' }
    } else if (end) pieces.push(blocks.has(name) ? '\n' : name === 'td' || name === 'th' ? ' ' : '')
    else if (name === 'br') pieces.push('\n')
    else if (name === 'li') pieces.push('– ')
    else if (name === 'img' || name === 'iframe') pieces.push(pictureIn(attributes))
  }
  if (!any) return text
  return [...pieces, bare.slice(at)]
    .join('')
    .replace(/&nbsp;/gi, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
}

/** Of what has neither end nor attributes, a letter is a tag where it stands as one: `<b>x`, not `a<b>c` or `a <b> c`. */
function isLoneTag(name: string, before = ' ', after = ' '): boolean {
  if (name.length > 1) return !words.has(name)
  const [isGlued, isFollowed] = [/[\p{L}\p{N}]/u.test(before), /\S/.test(after)]
  return name === 'p' ? !isGlued || !/[\p{L}\p{N}]/u.test(after) : !isGlued && isFollowed
}

/** The address of a link behind its words, where they do not say it. */
function addressBehind(words: string, address: string): string {
  const bare = address.trim().replace(/^mailto:|^tel:/i, '')
  return /^(?:#|javascript:|data:|$)/i.test(bare) || words.includes(bare.replace(/^https?:\/\/|\/$/gi, '')) ? '' : ` (${bare})`
}

function pictureIn(attributes: Map<string, string>): string {
  const [words = '', address = ''] = [attributes.get('alt') ?? attributes.get('title'), attributes.get('src')]
  return /^https?:/i.test(address) ? `${words}${addressBehind(words, address)}` : words
}

/** A text without what stands between two marks; one that begins and does not end stays. */
function without(text: string, start: RegExp, end: RegExp): string {
  const pieces: string[] = []
  let at = 0
  for (let found = start.exec(text); found; found = start.exec(text)) {
    end.lastIndex = start.lastIndex
    if (!end.test(text)) break
    pieces.push(text.slice(at, found.index))
    at = start.lastIndex = end.lastIndex
  }
  return at === 0 ? text : [...pieces, text.slice(at)].join(' ')
}

/** A text without its entities, those that were escaped again and again at one stroke. */
const decoded = (text: string) => (text.includes('&') ? decodeEntities(text.replace(/&(?:(?:amp|#0{0,5}38|#x0{0,4}26);)+(?=#?\w+;)/gi, '&')) : text)

/** Entities with their semicolon only: `R&copy` is a name, not a sign. */
const decodeEntities = (text: string) => text.replace(/&(?:[a-z]{1,31}\d{0,2}|#\d{1,7}|#x[\da-f]{1,6});/gi, entity => decodeHTML(entity).replace('\u00a0', ' '))
