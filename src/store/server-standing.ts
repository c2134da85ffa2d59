import { addressesOf } from '../config/addresses.ts'
import { version } from '../files.ts'
import type { Publication } from '../outlets/publication.ts'
import { digest } from '../rdf/digest.ts'
import { fihrist } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad } from '../rdf/terms.ts'
import { levelOf } from './judged.ts'

/** Where a server stands; it is written into its catalogue graph, so that whoever follows next goes on from there. */
export interface ServerStanding {
  revision: number
  /** When that revision was written: another ledger may count alike. */
  at: string
  /** The mark of the last judgement, and the revision, that its quality graph tells of. */
  judged: number
  judgedAt: number
  /** Digests of what records' graphs are made of beside the ledger, and of the reference lists. */
  key: string
  lists: string
}

export function marksOf(publication: Publication): Pick<ServerStanding, 'key' | 'lists'> {
  const { catalogue, sources, vocabulary } = publication
  const made = [version, catalogue.base, catalogue.store.findings, levelOf(publication), sources.map(({ id, url }) => [id, url])]
  return { key: digest(JSON.stringify(made)).slice(0, 16), lists: vocabulary.index.digest.slice(0, 16) }
}

/** What a catalogue graph says of where the server stands. */
export const standingQuad = (base: string, { revision, judged, judgedAt, at, key, lists }: ServerStanding): Quad =>
  quad(namedNode(addressesOf(base).catalogue), fihrist.standing, literal([revision, judged, judgedAt, at, key, lists].join(' ')))

export const standingQuery = (base: string): string =>
  `SELECT ?s { GRAPH <${addressesOf(base).graph('catalogue')}> { <${addressesOf(base).catalogue}> <${fihrist.standing.value}> ?s } }`

/** What a server answers to that, as JSON; undefined where it holds nothing of ours. */
export function readStanding(json: string): ServerStanding | undefined {
  const { results } = JSON.parse(json) as { results: { bindings: { s: { value: string } }[] } }
  const [revision, judged, judgedAt, at, key, lists] = results.bindings[0]?.s.value.split(' ') ?? []
  if (!lists) return undefined
  return { revision: Number(revision), judged: Number(judged), judgedAt: Number(judgedAt), at: at!, key: key!, lists }
}
