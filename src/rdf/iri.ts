import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What RFC 3987 does not allow in an IRI and portals send all the same: characters that are no part of it, a `%` that begins no code, brackets that
 * are no address. One of them, or a second `#`, makes a strict parser refuse all of a document.
 */
const forbidden = String.raw`[\u0000-\u0020<>"{}|\\^\u0060\u007F-\u009F\uE000-\uF8FF\uFDD0-\uFDEF\uFFF0-\uFFFF\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}\p{Cs}]`
const illegal = new RegExp(String.raw`${forbidden}|%(?![0-9a-f]{2})|(?<!^[a-z]+:\/\/(?:\[[0-9a-f:.]*)?)[[\]]`, 'giu')
/** Scheme, and where `//` follows, an authority whose host and port can be told apart. */
const beginning = /^[a-z][a-z0-9+.-]*:(?:\/\/(?:[^/?#[\]@]*@)?(?:\[[0-9a-f:.]+\]|[^/?#[\]@:]*)(?::\d*)?(?![^/?#])|(?!\/\/).)/i
/** A legal IRI has a scheme and none of the forbidden characters. */
export function isLegalIri(iri: string): boolean {
  return beginning.test(iri) && !/\s/.test(iri) && iri.search(illegal) === -1 && iri.indexOf('#') === iri.lastIndexOf('#')
}

/** An IRI with what it may not hold percent-encoded (RFC 3986, 2.1). */
export function legallyWritten(iri: string): string {
  const [before, ...fragment] = iri
    .toWellFormed()
    .replace(illegal, character => encodeURIComponent(character))
    .split('#')
  return fragment.length > 0 ? `${before}#${fragment.join('%23')}` : before!
}

/** `ttps://`, `htp:/`, `http//`, `http;//`, `http:\\`: what is meant is http or https. */
const misspelt = /^(?:h{0,2}t{1,4}p{1,2}|hppt)(s{0,2})(?:\s*[:;.,]\s*[\\/]{1,4}|[\\/]{2,3}|:(?=[a-z0-9-]+\.[a-z]))(?=[^\\/\s])/i
const doubled = /^(?:https?(?::\/{0,2}|\/\/))+(?=h{0,2}t{1,4}ps?(?::\/|\/\/))/i
const email = /^[\p{L}\p{N}.!$&'*+=_~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}$/u
/** The schemes that links have; a text such as `Source: INSEE` begins with none of them. */
const linking = /^(?:https?|s?ftps?|mailto|tel|urn|doi|info|geo|file|ark|tag|ldap|smb):/i

/** An e-mail address, as it may stand after `mailto:`. */
export const isEmail = (text: string): boolean => email.test(text)

/** The addresses that nearly all are: nothing in them could be wrong. */
const sound = {
  host: String.raw`[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?`,
  path: String.raw`[\w\-./~!$&'()*+,;=:]|%[\da-f]{2}`,
  rest: String.raw`[\w\-./~!$&'()*+,;=:?]*`,
}
const plain = new RegExp(`^https?://(?!h{0,2}t{1,4}p)${sound.host}(?:/(?:${sound.path})*)?(?:\\?${sound.rest})?(?:#${sound.rest})?$`, 'i')

/** A legal IRI that also leads where it was meant to: no misspelt or doubled scheme, no e-mail address written as a page. */
export function isSoundIri(iri: string): boolean {
  if (plain.test(iri)) return true
  if (!isLegalIri(iri)) return false
  if (!/^https?:\/\/[^/]/i.test(iri)) return !misspelt.test(iri) && !/^mailto:\//i.test(iri)
  return !doubled.test(iri) && !email.test(iri.replace(/^https?:\/\//i, '').replace(/\/$/, ''))
}

/** The longest address that is mended; a longer one is an address as it stands, or none. */
const longestMended = 4000

/**
 * Mends an IRI as portals send it: blanks, quotes and brackets around it, blanks and quotes inside it, a misspelt or doubled scheme, a missing one before
 * `www.`, text or a second address after it, an e-mail address. Undefined where nothing that could be followed is left.
 */
export function mendIri(text: string): string | undefined {
  if (/^https?:[^,;]*$/.test(text) && isSoundIri(text)) return URL.canParse(text) ? text : undefined
  if (text.length > longestMended) return isLegalIri(text) && (!/^https?:/i.test(text) || URL.canParse(text)) ? text : undefined
  let iri = unwrapped(text.trim())
  if (/^\w{3,6}:?\\/.test(iri)) iri = iri.replaceAll('\\', '/')
  for (let before = ''; before !== iri;) {
    before = iri
    iri = iri.replace(doubled, '').replace(misspelt, (_whole, s: string) => `http${s ? 's' : ''}://`)
  }
  const address = iri
    .replace(/^(?:https?:\/\/|mailto:[\s/]*)/i, '')
    .replace(/\/$/, '')
    .trim()
  if (email.test(address)) return `mailto:${address}`
  if (/^www\.[^\s]+\.[a-z]{2,}/i.test(iri)) iri = `http://${iri}`
  if (/^https?:/i.test(iri)) iri = withoutRemarks(iri)
  const written = iri
  iri = legallyWritten(iri)
  if (!isLegalIri(iri) || (iri !== written && !linking.test(iri))) return undefined
  if (/^https?:/i.test(iri) && !URL.canParse(iri)) return undefined
  return iri
}

/** What stands between quotes or brackets, or in brackets as the target of a link of Markdown; a quote may be open. */
function unwrapped(text: string): string {
  const target = /^\[[^[\]]*\]\(([^()\s]+)\)$/.exec(text)?.[1]
  if (target) return target
  const [first = '', last = ''] = [text[0], text.at(-1)]
  if (/["'«“]/.test(first)) return (/["'»”]/.test(last) && text.length > 1 ? text.slice(1, -1) : text.slice(1)).trim()
  const inner = ['<>', '[]', '()', '{}'].includes(first + last) ? text.slice(1, -1).trim() : ''
  return first === '<' || /^(?:https?:|www\.)/i.test(inner) ? inner || text : text
}

/** The addresses of a text that holds nothing but several of them, a comma, a semicolon, a bar or a blank between; any other text as it is. */
export function addressesIn(text: string): string[] {
  if (!/^https?:\/\/\S/i.test(text) || !/[\s,;|]https?:\/\//i.test(text)) return [text]
  const parts = text.split(/(?<=[\s,;|])(?=https?:\/\/)/i).map(part => withoutSeparators(part, /[\s,;|]/))
  return parts.every(part => /^https?:\/\/\S+$/i.test(part)) ? parts : [text]
}

/** Drops what stands after an address: a second one, a new line, `(PDF, 2 Mo)`, `, consulté en mai`; blanks in the name of a file stay. */
function withoutRemarks(address: string): string {
  const [line = ''] = address.split(/[\r\n]/, 1)
  const first = line.slice(0, secondAddress(line)).trimEnd()
  if (/\.[a-z0-9]{2,5}$/i.test(first)) return first
  const bare = first.slice(0, remark(first)).trimEnd()
  const rest = bare.search(/[,;|]\s/)
  const end = rest === -1 ? bare : bare.slice(0, rest)
  return withoutSeparators(end, /[,;]/)
}

/** Where the separator before a second address begins, `… et https://`; the end where there is none. */
function secondAddress(line: string): number {
  for (const { index } of line.matchAll(/(?<=[\s;,|])https?:\/\//gi)) {
    // A word of a few letters may stand between them.
    const before = withoutSeparators(line.slice(0, index), /[\s;,|]/)
    const word = /[\s;,|](\S{1,5})$/.exec(before.slice(-6))
    return word && /\s/.test(line[before.length] ?? '') ? withoutSeparators(before.slice(0, -word[1]!.length), /[\s;,|]/).length : before.length
  }
  return line.length
}

/** Where a remark in brackets begins that ends the text; its end where there is none. */
function remark(text: string): number {
  const open = Math.max(text.lastIndexOf('('), text.lastIndexOf('['))
  const inside = text.slice(open + 1, -1)
  return open > 0 && /[)\]]$/.test(text) && /\s/.test(text[open - 1]!) && /\p{L}{2}/u.test(inside) && !/[()[\]]/.test(inside) ? open : text.length
}

function withoutSeparators(text: string, separator: RegExp): string {
  let end = text.length
  while (end > 0 && separator.test(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** True for an absolute http(s) IRI whose host anybody could reach: such an IRI may name a dataset. */
export function isPublicIri(iri: string): boolean {
  if (!/^https?:\/\//i.test(iri) || !URL.canParse(iri)) return false
  const host = new URL(iri).hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return ipaddr.process(host).range() === 'unicast'
  return host.includes('.') && !/\.(local|localhost|internal|lan|home\.arpa)$/i.test(host)
}

/** The same resource written in two ways: scheme, trailing slash and case of the host do not count. For comparing only. */
export function foldIri(iri: string): string {
  return iri
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/(?<!\/)\/+$/, '')
    .toLowerCase()
}

/** Path segments by which portals tell the languages of one page apart. */
const languageSegment = /^\/((?:[^/]+\/)?)(?:fr|ar|en|es|de|it|nl|pt|tr|ber|zgh)(?:-[a-z]{2})?(?=\/|$)/i
const languageParameter = /^(?:lang|language|locale|hl|utm_.*)$/i

/**
 * A page or a file, however its address is written: scheme, `www.`, trailing slash, language and order of parameters do not count. For comparing only.
 * Undefined for what is no address of one thing: a home page, or a service that answers for many.
 */
export function foldUrl(text: string): string | undefined {
  const url = /^(?:https?|ftp):\/\//i.test(text) ? URL.parse(text) : null
  if (!url) return undefined
  const parameters = [...url.searchParams].filter(([name]) => !languageParameter.test(name)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (parameters.some(([name]) => /^(?:service|request)$/i.test(name))) return undefined
  const path = url.pathname
    .replace(languageSegment, '/$1')
    .replace(/\/{2,}/g, '/')
    .replace(/\/+$/, '')
  // What stands behind a plain # is a place on the page; behind #/ it is the page.
  const place = /^#!?\//.test(url.hash) ? url.hash : ''
  if (!path && parameters.length === 0 && !place) return undefined
  return `${url.host.replace(/^www\./, '')}${path}${parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : ''}${place}`
}

/** A readable, URL-safe piece of an identifier. Empty where nothing Latin is left. */
export function slug(text: string, most = 60): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, most)
    .replace(/-+$/, '')
}

/** A piece of an IRI as people read it (RFC 3986, 2.1). A `%` that begins no code stands for itself; what is no UTF-8 stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))
  } catch {
    return text
  }
}
