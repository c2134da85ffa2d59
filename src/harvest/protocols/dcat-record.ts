import type { Repair } from '../../normalise/draft.ts'
import { describe } from '../../rdf/describe.ts'
import { digest } from '../../rdf/digest.ts'
import { isPublicIri, mendIri } from '../../rdf/iri.ts'
import { lines } from '../../rdf/serialise.ts'
import { skolemise } from '../../rdf/skolemise.ts'
import { adms, compact, dct, graph, isBlank, isNamed, namedNode, skos, value, values, type Graph, type Quad, type Subject, type Term } from '../../rdf/terms.ts'
import type { HarvestedRecord } from '../protocol.ts'

/** One dataset of a page, with all it leads to. `mended` holds the IRIs of the page that had to be mended, and how they were written. */
export function recordOf(page: Graph, subject: Subject, mended: Map<string, string>, cut: boolean): HarvestedRecord {
  const described = describe(page, subject)
  return {
    key: keyOf(described, subject), name: nameOf(described, subject), cut,
    payload: { mediaType: 'application/n-triples', body: writtenOut(described) },
    map: mint => {
      const iri = isNamed(subject as Term) ? (mendIri(subject.value) ?? subject.value) : ''
      const dataset = isPublicIri(iri) ? namedNode(iri) : namedNode(mint.dataset)
      const renamed = graph()
      const own = (term: Term) => (term.equals(subject as Term) ? dataset : term)
      for (const quad of described as Iterable<Quad>) renamed.addQuad(own(quad.subject) as never, quad.predicate as never, own(quad.object) as never)
      return { dataset, graph: skolemise(renamed, hash => `${mint.record}#${hash}`), repairs: mendedIn(renamed, mended) }
    },
  }
}

/** The same description is the same text, whatever the labels and the order of the feed. */
const writtenOut = (described: Graph) => lines([...skolemise(described, hash => `urn:blank:${hash}`)] as Quad[], false)

/** What tells the dataset from others in every run: its IRI; else its identifier; else its publisher and title. */
function keyOf(described: Graph, subject: Subject): string {
  if (!isBlank(subject as Term)) return subject.value
  const identifier = value(described, subject, dct.identifier)?.value ?? values(described, subject, adms.identifier).map(each => value(described, each as Subject, skos.notation)?.value).find(Boolean)
  if (identifier) return `identifier:${identifier}`
  const words = [dct.title, dct.publisher].flatMap(property => values(described, subject, property)).filter(each => !isBlank(each)).map(each => each.value).sort()
  return `blank:${digest(words.length > 0 ? words.join('\n') : writtenOut(described))}`
}

function nameOf(described: Graph, subject: Subject): string {
  const identifier = value(described, subject, dct.identifier)?.value ?? ''
  const last = isBlank(subject as Term) ? '' : decodeURIComponentSafely(subject.value.replace(/[/#]+$/, '').split(/[/#]/).pop() ?? '')
  const title = value(described, subject, dct.title)?.value ?? ''
  return [last, identifier.replace(/^https?:.*\//, ''), title].find(name => /[a-z]{3}/i.test(name) && !/^[0-9a-f-]{20,}$/i.test(name)) ?? ''
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** IRIs that had to be mended before the page could be parsed, where this record uses them. */
function mendedIn(described: Graph, mended: Map<string, string>): Repair[] {
  return [...mended].flatMap(([after, before]) => {
    const iri = namedNode(after) as never
    const properties = new Set(described.getQuads(null, null, iri, null).map(quad => compact(quad.predicate.value)))
    if (properties.size === 0 && described.countQuads(iri, null, null, null) > 0) properties.add('rdf:about')
    return [...properties].map(property => ({ rule: 'iri-mended', property, before, after }))
  })
}
