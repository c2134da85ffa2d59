import { digest } from '../rdf/digest.ts'
import { add } from '../rdf/graph.ts'
import { isEmail, percentDecoded } from '../rdf/iri.ts'
import { dcat, dct, foaf, rdf, vcard } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, literal, namedNode, type Literal, type NamedNode, type Quad } from '../rdf/terms.ts'
import { latinDigits } from './date-text.ts'
import { inLanguages, repair, statements, swap, type Draft } from './draft.ts'
import { named } from './text.ts'

/** Publishers and creators written as text become agents (DCAT-AP 3.0.1: foaf:Agent with a name). */
export function nameAgents(draft: Draft): void {
  const texts = statements(draft, dct.publisher, dct.creator).filter(({ object }) => isLiteral(object))
  for (const quads of inLanguages(texts)) {
    const agent = mint(draft, 'agent', quads)
    add(draft.graph, agent, rdf.type, foaf.Agent)
    for (const quad of quads) {
      swap(draft, quad, agent)
      add(draft.graph, agent, foaf.name, named(draft, quad.object as Literal))
      repair(draft, 'agent-named', quad, quad.object, agent)
    }
  }
}

/** Contact points as vCard (DCAT-AP 3.0.1: vcard:Kind), e-mail addresses and telephone numbers as IRIs. */
export function writeContacts(draft: Draft): void {
  const texts = statements(draft, dcat.contactPoint).filter(({ object }) => isLiteral(object))
  for (const quads of inLanguages(texts)) {
    const contact = mint(draft, 'contact', quads)
    add(draft.graph, contact, rdf.type, vcard.Kind)
    for (const quad of quads) {
      swap(draft, quad, contact)
      const addresses = addressesIn(quad.object.value)
      for (const address of addresses) add(draft.graph, contact, vcard.hasEmail, literal(address))
      if (addresses.length === 0) add(draft.graph, contact, vcard.fn, named(draft, quad.object as Literal))
      repair(draft, 'contact-named', quad, quad.object, contact)
    }
  }
  for (const quad of statements(draft, vcard.hasEmail, foaf.mbox)) writeAddresses(draft, quad)
  for (const quad of statements(draft, vcard.hasTelephone, foaf.phone, vcard.hasValue)) writeTelephone(draft, quad)
}

function writeAddresses(draft: Draft, quad: Quad): void {
  const value = quad.object.value.trim()
  // Several addresses behind one mailto: are legal with commas between them (RFC 6068, 2).
  if (/^mailto:/i.test(value) && isNamed(quad.object) && !/%20|%3B|;/i.test(value)) return
  const written = isNamed(quad.object) ? percentDecoded(value) : value
  // An address given as a relative IRI was resolved against the page it stood on.
  const addresses = addressesIn(written.replace(/^https?:\/\/.*\//i, ''))
  if (addresses.length === 0) return
  const next = addresses.map(address => namedNode(`mailto:${address}`))
  if (next.length === 1 && next[0]!.equals(quad.object)) return
  swap(draft, quad, ...next)
  repair(draft, 'mailto', quad, quad.object, next.map(each => each.value).join(' '))
}

/**
 * The addresses that a text is made of, one or several: `a@example.org, b@example.org`, `a@example.org ou b@example.org`; none where there is anything else in
 * it.
 */
function addressesIn(text: string): string[] {
  if (text.length > 2000) return []
  const parts = text
    .replace(/^\s*mailto:/i, '')
    .split(/[\s,;/|]+/)
    .map(part => part.replace(/^mailto:/i, ''))
    .filter(part => part && !/^(?:et|ou|and|or|و|أو)$/i.test(part))
  return parts.every(isEmail) ? parts : []
}

/** A telephone number as an IRI (RFC 3966). The zero that is dialled within the country only, `(0)`, is no part of an international number. */
function writeTelephone(draft: Draft, quad: Quad): void {
  if (quad.predicate.equals(vcard.hasValue) && !/^tel:/i.test(quad.object.value)) return
  const written = isNamed(quad.object) ? percentDecoded(quad.object.value) : latinDigits(quad.object.value)
  const bare = written.replace(/^tel:/i, '').trim()
  const digits = (/^(?:\+|00)/.test(bare) ? bare.replace(/\(\s*0\s*\)/, '') : bare).replace(/[\s().-]/g, '')
  // Whether a zero in brackets with other digits is dialled from abroad depends on the country.
  const isSure = !/^(?:\+|00)[^(]*\(\s*0\s*\d/.test(bare)
  if (!isSure || !/^\+?\d{5,15}$/.test(digits) || (isNamed(quad.object) && quad.object.value === `tel:${digits}`)) return
  swap(draft, quad, namedNode(`tel:${digits}`))
  repair(draft, 'telephone', quad, quad.object, `tel:${digits}`)
}

const mint = (draft: Draft, kind: string, [first, ...more]: Quad[]): NamedNode =>
  namedNode(
    `${draft.record}#${kind}-${digest(
      [first!, ...more]
        .map(({ object }) => object.value)
        .sort()
        .join('\n'),
    ).slice(0, 12)}`,
  )
