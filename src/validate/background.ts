import { skos } from '../rdf/namespaces.ts'
import { isNamed, namedNode, quad, type NamedNode, type Term } from '../rdf/terms.ts'
import { remembering } from '../remembering.ts'
import { euLists } from '../vocabulary/lists.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import type { Data } from './shacl/data.ts'

/**
 * A graph together with what the reference lists say of the concepts that it names: shapes ask whether a value is in a list. The graph itself stays as it is.
 */
export function withLists(data: Data, lists: Lists): Data {
  const schemes = new Map<string, NamedNode>()
  for (const { object } of data.quads()) {
    if (!isNamed(object) || schemes.has(object.value)) continue
    const scheme = lists.concepts.get(object.value)?.scheme ?? europeanScheme(object.value)
    if (scheme && !data.objects(object, skos.inScheme).some(said => isNamed(said) && said.value === scheme)) schemes.set(object.value, namedNode(scheme))
  }
  if (schemes.size === 0) return data
  const added = [...schemes].map(([concept, scheme]) => quad(namedNode(concept), skos.inScheme, scheme))
  const isAsked = (property: Term) => property.value === skos.inScheme.value
  return {
    objects(subject, property) {
      const scheme = isAsked(property) && isNamed(subject) && schemes.get(subject.value)
      return scheme ? [...data.objects(subject, property), scheme] : data.objects(subject, property)
    },
    subjects: (property, object) => [
      ...data.subjects(property, object),
      ...added.filter(each => isAsked(property) && each.object.equals(object)).map(({ subject }) => subject),
    ],
    quads: subject => [...data.quads(subject), ...(subject ? added.filter(each => each.subject.equals(subject)) : added)],
  }
}

const europeanSchemes = new Set<string>(Object.values(euLists))

/** Our selection of a European authority list is not the whole list: whatever lies in its namespace is taken to be in it. */
const europeanScheme = remembering((iri: string): string | undefined => {
  const scheme = iri.slice(0, Math.max(0, iri.lastIndexOf('/')))
  return europeanSchemes.has(scheme) && /^[\w-]+$/.test(iri.slice(scheme.length + 1)) ? scheme : undefined
})
