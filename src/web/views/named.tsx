import { foaf, isLiteral, rdfs, skos, vcard, type Subject, type Value } from '../../rdf/terms.ts'
import { choose, type Page } from '../page.ts'
import type { Reading } from '../reading.ts'
import { Away, isLink, Said } from './parts.tsx'

/** A value that is a concept of a list, a node the portal describes itself, an address or a text: shown by its name, and linked where there is something to see. */
export function Named({ page, reading, term, to }: { page: Page, reading: Reading, term: Value, to?: (slug: string) => string }) {
  const { vocabulary, catalogue } = page.site.publication
  if (isLiteral(term)) return <Said page={page} texts={{ [term.language || 'und']: term.value }} />
  const concept = vocabulary.concepts.get(term.value)
  if (concept) {
    const label = <bdi>{vocabulary.label(term.value, page.reading) ?? concept.slug}</bdi>
    const own = term.value.startsWith(`${catalogue.base}/id/`)
    const address = to?.(concept.slug) ?? (own ? term.value.slice(catalogue.base.length) : undefined)
    return address ? <a href={page.to(address)}>{label}</a> : label
  }
  const names = [foaf.name, vcard.fn, skos.prefLabel, rdfs.label].map(property => reading.texts(term as Subject, property)).find(texts => Object.keys(texts).length > 0)
  if (names) return <Said page={page} texts={names} />
  return isLink(term.value) ? <Away href={term.value} /> : <bdi dir="ltr">{term.value}</bdi>
}

/** Several of them. */
export function NamedAll({ page, reading, terms, to }: { page: Page, reading: Reading, terms: Value[], to?: (slug: string) => string }) {
  if (terms.length === 0) return null
  if (terms.length === 1) return <Named page={page} reading={reading} term={terms[0]!} to={to} />
  return <ul class="plain">{terms.map(term => <li><Named page={page} reading={reading} term={term} to={to} /></li>)}</ul>
}

/** The label of a concept, or the text itself. */
export function nameOf(page: Page, term: Value): string {
  return (isLiteral(term) ? term.value : page.site.publication.vocabulary.label(term.value, page.reading)) ?? choose(page, {})?.text ?? term.value
}
