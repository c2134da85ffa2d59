import { dct, foaf, rdfs, skos, vcard } from '../../rdf/namespaces.ts'
import { isLiteral, type Term } from '../../rdf/terms.ts'
import type { Page } from '../page/page.ts'
import type { Reading } from '../page/reading.ts'
import { Away, isLink, Said } from './parts.tsx'

/*
 * What takes from a reading is a function, called while a page is put together, and no component, which would run only when it is written out:
 * by then the rest of the statements has been listed.
 */

/** A value that is a concept of a list, a node the portal describes itself, an address or a text: shown by its name, and linked where there is something to see. */
export function named(page: Page, reading: Reading, term: Term, to?: (slug: string) => string) {
  const {
    addresses,
    publication: { vocabulary },
  } = page.site
  if (isLiteral(term)) return <Said page={page} texts={{ [term.language || 'und']: term.value }} />
  const concept = vocabulary.concepts.get(term.value)
  if (concept) {
    const label = <bdi>{vocabulary.label(term.value, page.reading) ?? concept.slug}</bdi>
    const own = addresses.isConcept(term.value)
    const address = to?.(concept.slug) ?? (own ? addresses.pathOf(term.value) : undefined)
    return address ? <a href={page.to(address)}>{label}</a> : label
  }
  const names = [foaf.name, vcard.fn, skos.prefLabel, dct.title, rdfs.label]
    .map(property => reading.texts(term, property))
    .find(texts => Object.keys(texts).length > 0)
  if (names) return <Said page={page} texts={names} />
  return isLink(term.value) ? <Away href={term.value} /> : <bdi dir="ltr">{term.value}</bdi>
}

/** Several of them; null where there are none, so that the line of facts is left out. */
export function namedAll(page: Page, reading: Reading, terms: Term[], to?: (slug: string) => string) {
  if (terms.length === 0) return null
  if (terms.length === 1) return named(page, reading, terms[0]!, to)
  return (
    <ul class="plain">
      {terms.map(term => (
        <li>{named(page, reading, term, to)}</li>
      ))}
    </ul>
  )
}
