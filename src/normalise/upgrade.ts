import { add } from '../rdf/graph.ts'
import { adms, dcat, dct, owl } from '../rdf/namespaces.ts'
import { isNamed, namedNode, type NamedNode } from '../rdf/terms.ts'
import { entry } from '../table.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

const dcElements = 'http://purl.org/dc/elements/1.1/'

/** Properties of older profiles, and what DCAT-AP 3 calls them (DCAT-AP 3.0.1, change log; DCAT 3, section 14). */
const renamed: [old: NamedNode, now: NamedNode][] = [
  [owl.versionInfo, dcat.version],
  [dct.hasVersion, dcat.hasVersion],
  [namedNode('http://schema.org/startDate'), dcat.startDate],
  [namedNode('https://schema.org/startDate'), dcat.startDate],
  [namedNode('http://schema.org/endDate'), dcat.endDate],
  [namedNode('https://schema.org/endDate'), dcat.endDate],
  [namedNode(`${dcElements}isReferencedBy`), dct.isReferencedBy],
  [namedNode(`${dcElements}title`), dct.title],
  [namedNode(`${dcElements}description`), dct.description],
  [namedNode('http://www.w3.org/ns/dcat#mediatype'), dcat.mediaType],
]

const euStatus = 'http://publications.europa.eu/resource/authority/distribution-status/'
const statuses: Record<string, string> = { Completed: 'COMPLETED', Deprecated: 'DEPRECATED', UnderDevelopment: 'DEVELOP', Withdrawn: 'WITHDRAWN' }

/** Rewrites terms of DCAT-AP 1 and 2 into those of DCAT-AP 3. */
export function upgrade(draft: Draft): void {
  for (const [old, now] of renamed) {
    for (const quad of statements(draft, old)) {
      draft.graph.remove(quad)
      add(draft.graph, quad.subject, now, quad.object)
      repair(draft, 'renamed-property', quad, old, now)
    }
  }
  for (const quad of statements(draft, adms.status)) {
    const code = isNamed(quad.object) ? entry(statuses, /^https?:\/\/purl\.org\/adms\/status\/(\w+)$/.exec(quad.object.value)?.[1] ?? '') : undefined
    if (!code) continue
    const now = namedNode(euStatus + code)
    swap(draft, quad, now)
    repair(draft, 'renamed-concept', adms.status, quad.object, now)
  }
}
