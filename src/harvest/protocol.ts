import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Source } from '../config/sources.ts'
import type { Values } from '../inventory/values.ts'
import type { Repair } from '../normalise/draft.ts'
import type { Problem } from '../problem.ts'
import type { Graph } from '../rdf/graph.ts'
import type { NamedNode, Quad } from '../rdf/terms.ts'
import type { Fetch, Open } from './http/fetch.ts'

/** One dataset as the portal describes it. */
export interface HarvestedRecord {
  /** The portal's own identifier: the same in every run. */
  key: string
  /** Words for our readable id; the key where there are none. */
  name?: string
  modified?: string
  /** The payload broke off, so that statements may be missing: it is taken where nothing is held of the record, and does not replace what is. */
  cut?: boolean
  /** It is described within another record: where it was shown before, that is what counts. */
  within?: boolean
  /** What the portal sent, as it sent it. */
  payload: { mediaType: string; body: string }
  /** Maps the payload. Called only where the payload is new; `mint` names what the portal left unnamed. */
  map(mint: Mint): Mapped
}

/** A record as triples: the dataset's IRI, its graph (blank nodes allowed), and what had to be repaired to read it. */
export interface Mapped {
  dataset: NamedNode
  graph: Graph
  repairs?: Repair[]
}

/** The IRIs that a record may mint. */
export interface Mint {
  base: string
  /** IRI of the record (its named graph). */
  record: string
  /** IRI for a dataset that has none of its own. */
  dataset: string
}

/** What a protocol may use of the outside world; nothing else. */
export interface Harvest {
  /** An answer, whole. Within a run the same address is asked once; one that an earlier run read is asked only whether it has changed. */
  fetch: Fetch
  /** An answer as it comes: for what is larger than memory, or of which the head is enough. */
  open: Open
  /** What time it is. */
  now: Clock
  base: string
  /** The key of the one record that is wanted: somebody told that it changed. A protocol that cannot ask for one reads all. */
  only?: string
  /** What the protocol noted at the end of the last complete run, and what the next one is to know. */
  notes: { last?: unknown; next?: unknown }
  /** Only what changed since then is asked for, where the protocol can: an incremental run. */
  since?: string
  /** The inventory that stewards keep in the ledger, row by row; where there is a ledger. */
  kept?(): Values[]
  /** How many records of the source we hold: an incremental run checks it against what the portal counts. */
  known: number
  /** Whether we hold the record of this key: an incremental run says by it how many it did not ask for. */
  holds(key: string): boolean
  /** Says how many records the portal has, for the progress bar. */
  expect(total: number): void
}

/**
 * What a protocol yields: a record; a record that could not be read; a part of the source that could not be read, so that others may be missed;
 * what the portal says of its catalogue; how many others it vouches have not changed; how many it showed that the source's options, or the portal's own word
 * (private, deleted), leave out; or the key of a record that it says is deleted.
 */
export type Harvested =
  | HarvestedRecord
  | { problem: Problem; key?: string }
  | { lost: Problem }
  | { catalogue: Quad[] }
  | { unchanged: number }
  | { leftOut: number }
  | { gone: string }

/** A portal that is asked which protocol it speaks. */
export interface Candidate {
  /** The address as it was given. */
  url: string
  /** Addresses that the paths of an API may be relative to, the likeliest first; each ends with a slash. */
  bases: string[]
  /** Addresses of RDF that its page names as another form of itself. */
  feeds: string[]
  /** Asks for an answer, whole. An address that another protocol has asked is not asked again. */
  fetch: Fetch
  /** Asks for an answer that is read as it comes, no further than needed. */
  open: Open
}

/** What a portal was found to speak, and what it says of itself. */
export interface Recognised {
  /** The source's `url`, and the options that it needs. */
  url: string
  options?: Record<string, unknown>
  /** Beyond doubt: no other protocol is tried. */
  sure: boolean
  /** How many datasets it counts; `more` where it was not read to the end. */
  datasets?: number
  more?: boolean
  /** Its own title; `und` where its language is not known. */
  title?: Record<string, string>
  /** Languages that it says it has, as codes. */
  languages?: string[]
  /** What some of its datasets name as their licence. */
  licences?: string[]
}

/** A row of a table by which a protocol or a format maps: where a value may stand in what the portal sends, the property it becomes, and how it is read. */
export type Row<Place = string | Record<string, string>, Kind extends string = string> = [places: Place[], property: NamedNode, kind: Kind]

/** Such a table as docs/mapping.md shows it. */
export interface MappingTable {
  /** What its first column is called. */
  heading: string
  rows: Row[]
}

/** A source, with the options that its protocol's schema made of what its file says. */
export type SourceOf<Options> = Source & { options: Options }

/** How a source is asked. Yields a problem for one bad record and goes on; throws a Problem only when the source itself is lost. */
export interface Protocol<Options = unknown> {
  /** Heeds robots.txt unless the source says otherwise. An API is made for programs, and portals that welcome them often disallow it to crawlers. */
  robots: boolean
  /** The url of a source may be a file of the edition's own: `file:` and its path from catalogue.yaml. */
  files?: true
  /** The url of a source may be `ledger:inventory`. */
  kept?: true
  /** The protocol knows by itself which pages may have changed: the run does not ask its pages whether they have. */
  ownPages?: true
  /** The protocol's own options: checks the YAML, and with their descriptions (`.describe`) is the help and the tables of docs/configuration.md. */
  options: z.ZodType<Options>
  harvest(source: SourceOf<Options>, harvest: Harvest): AsyncGenerator<Harvested>
  /**
   * Its place among those that `fihrist probe` tries, the smallest first: by how many portals speak it, and which of several that a portal speaks says most.
   */
  rank: number
  /** The tables it maps by, for docs/mapping.md. A protocol whose records come in a format of formats/ has none. */
  tables?: Record<string, MappingTable>
  /** Finds out, with as few questions as can be, whether a portal speaks this. A portal that does not, or answers nonsense, is undefined. */
  recognise(portal: Candidate): Promise<Recognised | undefined>
  /**
   * Makes a record of a payload that was kept, without asking the portal: mapped by the same lists, options and program it is the same graph, bit for bit.
   * Throws a Problem where it cannot.
   */
  replay(kept: Kept, source: SourceOf<Options>): HarvestedRecord
}

/** A payload of an earlier run. */
export type Kept = Pick<HarvestedRecord, 'key' | 'payload'>
