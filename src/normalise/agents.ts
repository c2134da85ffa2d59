import { digest } from '../rdf/digest.ts'
import { add } from '../rdf/graph.ts'
import { isEmail } from '../rdf/iri.ts'
import { dcat, dct, foaf, rdf, vcard } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, literal, namedNode, type NamedNode } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { named } from './text.ts'

/** Publishers and creators written as text become agents (DCAT-AP 3.0.1: foaf:Agent with a name). */
export function nameAgents(draft: Draft): void {
  for (const quad of statements(draft, dct.publisher, dct.creator)) {
    if (!isLiteral(quad.object)) continue
    const agent = mint(draft, 'agent', quad.object.value)
    swap(draft, quad, agent)
    add(draft.graph, agent, rdf.type, foaf.Agent)
    add(draft.graph, agent, foaf.name, named(draft, quad.object))
    repair(draft, 'agent-named', quad, quad.object, agent)
  }
}

/** Contact points as vCard (DCAT-AP 3.0.1: vcard:Kind), e-mail addresses and telephone numbers as IRIs. */
export function writeContacts(draft: Draft): void {
  for (const quad of statements(draft, dcat.contactPoint)) {
    if (!isLiteral(quad.object)) continue
    const { value } = quad.object
    const contact = mint(draft, 'contact', value)
    swap(draft, quad, contact)
    add(draft.graph, contact, rdf.type, vcard.Kind)
    if (isEmail(value)) add(draft.graph, contact, vcard.hasEmail, literal(value))
    else add(draft.graph, contact, vcard.fn, named(draft, quad.object))
    repair(draft, 'contact-named', quad, quad.object, contact)
  }
  for (const quad of statements(draft, vcard.hasEmail, foaf.mbox)) {
    const value = quad.object.value.trim()
    if (/^mailto:/i.test(value) && isNamed(quad.object)) continue
    // An address given as a relative IRI was resolved against the page it stood on.
    const address = value
      .replace(/^mailto:/i, '')
      .replace(/^https?:\/\/.*\//i, '')
      .trim()
    if (!isEmail(address)) continue
    const next = namedNode(`mailto:${address}`)
    swap(draft, quad, next)
    repair(draft, 'mailto', quad, quad.object, next)
  }
  for (const quad of statements(draft, vcard.hasTelephone)) {
    const digits = quad.object.value.replace(/^tel:/i, '').replace(/[\s().-]/g, '')
    if (!/^\+?\d{5,15}$/.test(digits) || (isNamed(quad.object) && quad.object.value === `tel:${digits}`)) continue
    swap(draft, quad, namedNode(`tel:${digits}`))
    repair(draft, 'telephone', quad, quad.object, `tel:${digits}`)
  }
}

const mint = (draft: Draft, kind: string, text: string): NamedNode => namedNode(`${draft.record}#${kind}-${digest(text).slice(0, 12)}`)
