import type { Link } from './outlet.ts'

/** What an address may hold in a header: what is not ASCII is written by its bytes (RFC 3987, section 3.1), and nothing ends it but its end. */
const addressText = (iri: string): string => iri.toWellFormed().replace(/[^\x21-\x7E]|[<>"\\]/gu, sign => encodeURIComponent(sign))

/** A media type and its parameters are a portal's word: what is none is not repeated. */
const isMediaType = (text: string): boolean => /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(text)

/** A link as it stands in a header (RFC 8288), or in a link set (RFC 9264), which says what it is of. */
export const linkText = ({ href, rel, type, profile }: Link, anchor?: string): string =>
  [
    `<${addressText(href)}>`,
    `rel="${rel}"`,
    ...(anchor === undefined ? [] : [`anchor="${addressText(anchor)}"`]),
    ...(type !== undefined && isMediaType(type) ? [`type="${type}"`] : []),
    ...(profile === undefined ? [] : [`profile="${addressText(profile)}"`]),
  ].join('; ')
