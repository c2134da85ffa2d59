import type { Repair } from '../../../normalise/draft.ts'
import { Problem } from '../../../problem.ts'
import { describe, schemaDatasets } from '../../../rdf/describe.ts'
import { digest } from '../../../rdf/digest.ts'
import { add, Graph, renamed, value, values } from '../../../rdf/graph.ts'
import { isLegalIri, isPublicIri, mendIri, percentDecoded } from '../../../rdf/iri.ts'
import { adms, compact, dcat, dct, rdf, schema, skos } from '../../../rdf/namespaces.ts'
import { lines } from '../../../rdf/serialise.ts'
import { skolemise } from '../../../rdf/skolemise.ts'
import { blankNode, isBlank, isNamed, namedNode, type NamedNode, type Subject, type Term } from '../../../rdf/terms.ts'
import type { HarvestedRecord, Kept, Mapped, Mint } from '../../protocol.ts'
import { fromSchemaOrg } from '../schema-org/rdf.ts'
import { readKept } from './kept-lines.ts'
import { isDoubtful, isResolved, readReferences } from './references.ts'

/** The name of a dataset without an IRI, within its payload. */
const unnamed = namedNode('urn:blank:dataset')

/** One dataset of a page, with all it leads to. `mended` holds the IRIs of the page that had to be mended, and how they were written. */
export const recordOf = (page: Graph, subject: Subject, mended: Map<string, string>, cut: boolean): HarvestedRecord =>
  describedRecord(describe(page, subject), subject, mended, cut)

/** One dataset of which the description was cut out before. */
export function describedRecord(described: Graph, subject: Subject, mended: Map<string, string>, cut: boolean): HarvestedRecord {
  const named = isBlank(subject) ? renamed(described, subject, unnamed) : described
  const kept = { key: keyOf(described, subject), payload: { mediaType: 'application/n-triples', body: header(named, mended) + writtenOut(named) } }
  return { ...kept, name: nameOf(described, subject), cut, map: mint => mapped(kept, mint) }
}

/** A dataset out of its payload. */
export function replay(kept: Kept): HarvestedRecord {
  return { ...kept, map: mint => mapped(kept, mint) }
}

/** Maps the payload itself, not what it was written from: so that it can be mapped again to the same graph. */
function mapped({ key, payload: { body } }: Kept, mint: Mint): Mapped {
  const described = readPayload(body)
  const subject = [unnamed, namedNode(key)].find(each => described.has(each))
  if (!subject)
    throw new Problem('bad-record', `What was kept of the record ${key} cannot be read again: harvest it anew.`, { record: key, excerpt: body.slice(0, 300) })
  const iri = subject === unnamed ? '' : (mendIri(subject.value) ?? subject.value)
  const dataset = isPublicIri(iri) ? namedNode(iri) : namedNode(mint.dataset)
  const said = renamed(described, subject, dataset)
  const named = skolemise(said, hash => `${mint.record}#${hash}`)
  const mended = mendedBy(body)
  const references = readReferences(named, mended)
  const own = isOfSchemaOrg(named, dataset) ? fromSchemaOrg(named, dataset, mint) : named
  return { dataset, graph: own, repairs: [...renaming(subject, dataset), ...references, ...mendedIn(own, mended)] }
}

const isOfSchemaOrg = (said: Graph, dataset: NamedNode) => {
  const types = values(said, dataset, rdf.type)
  return types.some(type => schemaDatasets.some(each => each.equals(type))) && !types.some(type => type.value.startsWith(dcat.iri))
}

/** A dataset named by an address that is misspelt, or that nobody beyond the portal can reach (`http://localhost:8080/…`), is named anew. */
function renaming(subject: Subject, dataset: NamedNode): Repair[] {
  if (subject === unnamed || subject.value === dataset.value || !isLegalIri(subject.value)) return []
  return [{ rule: mendIri(subject.value) === dataset.value ? 'iri-mended' : 'iri-private', property: 'rdf:about', before: subject.value, after: dataset.value }]
}

/** The graph of a payload, with its blank nodes. */
function readPayload(body: string): Graph {
  const blank = <T extends Term>(term: T) => (isNamed(term) && /^urn:blank:.{12}$/.test(term.value) ? blankNode(term.value.slice(10)) : term)
  const read = new Graph()
  for (const { subject, predicate, object } of readKept(body)) add(read, blank(subject), predicate, blank(object))
  return read
}

/**
 * The IRIs of the record that were mended, or resolved though they may be words, with how the portal wrote them: as comments, because N-Triples has no other
 * place for what is no IRI.
 */
function header(described: Graph, mended: Map<string, string>): string {
  const used = new Set<string>()
  for (const quad of described) {
    for (const { value } of [quad.subject, ...(isNamed(quad.object) ? [quad.object] : [])]) {
      const written = mended.get(value)
      if (written !== undefined && (!isResolved(value, written) || isDoubtful(quad, written, described))) used.add(value)
    }
  }
  return [...used]
    .sort()
    .map(iri => `# mended ${JSON.stringify([iri, mended.get(iri)])}\n`)
    .join('')
}

const mendedBy = (body: string) => new Map([...body.matchAll(/^# mended (.*)$/gm)].map(([, pair]) => JSON.parse(pair!) as [string, string]))

/** A description as N-Triples: the same text whatever its blank nodes are called and however the feed is ordered. */
const writtenOut = (described: Graph) => lines(skolemise(described, hash => `urn:blank:${hash}`))

/** What tells the dataset from others in every run: its IRI; else its identifier; else its publisher and title. */
function keyOf(described: Graph, subject: Subject): string {
  if (!isBlank(subject)) return subject.value
  const identifier =
    (value(described, subject, dct.identifier) ?? bySchemaOrg(described, subject, 'identifier'))?.value ??
    values(described, subject, adms.identifier)
      .map(each => value(described, each, skos.notation)?.value)
      .find(Boolean)
  if (identifier) return `identifier:${identifier}`
  const words = [dct.title, dct.publisher, ...schemaOrg('name'), ...schemaOrg('url')]
    .flatMap(property => values(described, subject, property))
    .filter(each => !isBlank(each))
    .map(each => each.value)
    .sort()
  return `blank:${digest(words.length > 0 ? words.join('\n') : writtenOut(described))}`
}

const schemaOrg = (name: string) => [namedNode(schema.iri + name), namedNode(`https://schema.org/${name}`)]
const bySchemaOrg = (described: Graph, subject: Subject, name: string) =>
  schemaOrg(name)
    .map(property => value(described, subject, property))
    .find(each => each && !isBlank(each))

function nameOf(described: Graph, subject: Subject): string {
  const identifier = value(described, subject, dct.identifier)?.value ?? ''
  const last = isBlank(subject)
    ? ''
    : percentDecoded(
        subject.value
          .replace(/(?<![/#])[/#]+$/, '')
          .split(/[/#]/)
          .pop() ?? '',
      )
  const title = (value(described, subject, dct.title) ?? bySchemaOrg(described, subject, 'name'))?.value ?? ''
  return [last, identifier.replace(/^https?:.*\//, ''), title].find(name => /[a-z]{3}/i.test(name) && !/^[0-9a-f-]{20,}$/i.test(name)) ?? ''
}

/** IRIs that had to be mended before the page could be parsed, where this record uses them. */
function mendedIn(described: Graph, mended: Map<string, string>): Repair[] {
  return [...mended].flatMap(([after, before]) => {
    if (isResolved(after, before)) return []
    const iri = namedNode(after)
    const properties = new Set(described.quads(null, null, iri).map(quad => compact(quad.predicate.value)))
    if (properties.size === 0 && described.has(iri)) properties.add('rdf:about')
    return [...properties].map(property => ({ rule: 'iri-mended', property, before, after }))
  })
}
