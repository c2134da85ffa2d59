import type { Graph } from '../../../rdf/graph.ts'
import { isLiteral, type Term } from '../../../rdf/terms.ts'
import type { Page } from '../../page/page.ts'
import { labelText, textsOf } from '../../page/reading.ts'
import { nameProperties } from '../../page/shown.ts'
import { Away, isLink, PortalText } from '../parts.tsx'

interface NamedTerm {
  page: Page
  graph: Graph
  term: Term
  /** Where a concept leads, by its slug. */
  to?: (slug: string) => string
}

/**
 * A value that is a concept of a list, a node the portal describes itself, an address or a text: shown by its name, and linked where there is something to see.
 */
export function Named({ page, graph, term, to }: NamedTerm) {
  const {
    addresses,
    publication: { vocabulary },
  } = page.site
  if (isLiteral(term)) return <PortalText page={page} texts={{ [term.language || 'und']: term.value }} />
  const concept = vocabulary.concepts.get(term.value)
  if (concept) {
    const label = <bdi>{labelText(page, concept.labels) ?? concept.slug}</bdi>
    const address = to?.(concept.slug) ?? (addresses.isConcept(term.value) ? addresses.pathOf(term.value) : undefined)
    return address ? <a href={page.to(address)}>{label}</a> : label
  }
  const names = nameProperties.map(property => textsOf(graph, term, property)).find(texts => Object.keys(texts).length > 0)
  if (names) return <PortalText page={page} texts={names} />
  return isLink(term.value) ? <Away href={term.value} /> : <bdi dir="ltr">{term.value}</bdi>
}

/** Several of them, as a list where there is more than one. */
export function NamedAll({ page, graph, terms }: { page: Page; graph: Graph; terms: Term[] }) {
  if (terms.length === 1) return <Named page={page} graph={graph} term={terms[0]!} />
  return (
    <ul class="plain">
      {terms.map(term => (
        <li>
          <Named page={page} graph={graph} term={term} />
        </li>
      ))}
    </ul>
  )
}
