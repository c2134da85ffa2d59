import ipaddr from 'ipaddr.js'

/** Characters that RFC 3987 does not allow in an IRI and that portals send all the same. */
// oxlint-disable-next-line no-control-regex
const illegal = /[\u0000-\u0020<>"{}|\\^`]/g

/** A legal IRI has a scheme and none of the forbidden characters. */
export function isLegalIri(iri: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(iri) && iri.search(illegal) === -1
}

/**
 * Mends an IRI as portals send it: blanks around it, blanks and quotes inside it, a doubled scheme, a missing one before `www.`.
 * Undefined where nothing that could be followed is left.
 */
export function mendIri(text: string): string | undefined {
  let iri = text.trim().replace(/^<(.*)>$/, '$1')
  iri = iri.replace(/^(?:https?(?::\/{0,2}|\/\/))+(?=https?(?::\/|\/\/))/i, '').replace(/^(https?):\/(?=[^/])/i, '$1://').replace(/^(https?)\/\//i, '$1://')
  if (/^www\.[^\s]+\.[a-z]{2,}/i.test(iri)) iri = `http://${iri}`
  iri = iri.replace(illegal, character => encodeURIComponent(character))
  if (!isLegalIri(iri)) return undefined
  if (/^https?:/i.test(iri) && !URL.canParse(iri)) return undefined
  return iri
}

/** True for an absolute http(s) IRI whose host anybody could reach: such an IRI may name a dataset. */
export function isPublicIri(iri: string): boolean {
  if (!/^https?:\/\//i.test(iri) || !URL.canParse(iri)) return false
  const host = new URL(iri).hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'unicast'
  return host.includes('.') && !/\.(local|localhost|internal|lan|home\.arpa)$/i.test(host)
}

/** The same resource written in two ways: scheme, trailing slash and case of the host do not count. For comparing only. */
export function foldIri(iri: string): string {
  return iri.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/+$/, '').toLowerCase()
}

/** A readable, URL-safe piece of an identifier. Empty where nothing Latin is left. */
export function slug(text: string, most = 60): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, most).replace(/-+$/, '')
}
