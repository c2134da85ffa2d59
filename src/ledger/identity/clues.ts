import { addressesOf } from '../../config/addresses.ts'
import { digest } from '../../rdf/digest.ts'
import { values, type Graph } from '../../rdf/graph.ts'
import { foldIri, foldUrl } from '../../rdf/iri.ts'
import { adms, dcat, dct, skos } from '../../rdf/namespaces.ts'
import { isLiteral, isNamed, type NamedNode, type Subject } from '../../rdf/terms.ts'

/** By what a dataset is known again in another source, the surest first. */
export const clueKinds = ['iri', 'identifier', 'page', 'file'] as const
export type ClueKind = (typeof clueKinds)[number]

/** One thing said of a dataset that is said of no other; folded, so that two ways of writing it are one. */
export interface Clue {
  kind: ClueKind
  value: string
}

/** A number to look a clue up by. */
export const hashOf = ({ kind, value }: Clue): number => Buffer.from(digest(`${kind} ${value}`), 'base64url').readUIntBE(0, 6)

/** Addresses of one record that are kept: a dataset of ten thousand files is known by some of them. */
const most = 50

/** What tells a dataset from all others, in whatever source it stands. IRIs that we minted tell nothing. */
export function cluesOf(graph: Graph, dataset: Subject, base: string): Clue[] {
  const distributions = values(graph, dataset, dcat.distribution).filter(isNamed)
  const addresses = (subjects: Subject[], ...properties: NamedNode[]) =>
    [
      ...new Set(
        subjects
          .flatMap(subject => properties.flatMap(property => values(graph, subject, property)))
          .map(({ value }) => foldUrl(value))
          .filter(value => value !== undefined),
      ),
    ]
      .sort()
      .slice(0, most)
  return [
    ...(addressesOf(base).isMinted(dataset.value) ? [] : [{ kind: 'iri' as const, value: foldIri(dataset.value) }]),
    ...[...new Set(identifiersOf(graph, dataset, base))].slice(0, most).map(value => ({ kind: 'identifier' as const, value })),
    ...addresses([dataset], dcat.landingPage).map(value => ({ kind: 'page' as const, value })),
    ...addresses(distributions, dcat.downloadURL, dcat.accessURL).map(value => ({ kind: 'file' as const, value })),
  ]
}

function identifiersOf(graph: Graph, dataset: Subject, base: string): string[] {
  const other = values(graph, dataset, adms.identifier).flatMap(each => (isLiteral(each) ? [each] : [each, ...values(graph, each, skos.notation)]))
  const { isMinted, isRecord } = addressesOf(base)
  const publishers = values(graph, dataset, dct.publisher).filter(each => isNamed(each) && !isRecord(each.value))
  return [...values(graph, dataset, dct.identifier), ...other]
    .map(({ value }) => value.trim())
    .filter(text => !isMinted(text))
    .flatMap(text => known(text) ?? (isSpecific(text) ? publishers.map(publisher => `${publisher.value} ${text.toLowerCase()}`) : []))
    .sort()
}

/** An identifier that is one in the whole world: a UUID, a DOI, an IRI. */
function known(text: string): string[] | undefined {
  const uuid = /^(?:urn:uuid:)?\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text)?.[1]
  if (uuid) return /^[0-]+$/.test(uuid) ? [] : [uuid.toLowerCase()]
  const doi = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i.exec(text)?.[1]
  if (doi) return [`doi:${doi.toLowerCase()}`]
  if (/^urn:[a-z0-9][a-z0-9-]+:\S+$/i.test(text)) return [text.toLowerCase()]
  if (/^https?:\/\//i.test(text)) return foldUrl(text) === undefined ? [] : [foldIri(text)]
  return undefined
}

/** Whether one publisher would give an identifier to one dataset only: never "1", "TODO" or "A REMPLIR". */
const isSpecific = (text: string) =>
  /\d/.test(text) &&
  text.length >= 6 &&
  (!/^\d+$/.test(text) || text.length >= 9) &&
  new Set(text).size >= 4 &&
  !/\s/.test(text) &&
  !/^(?:test|todo|dataset|xxx|id)[-_]?\d*$/i.test(text)
