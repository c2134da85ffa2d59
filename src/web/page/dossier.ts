import { paths } from '../../config/addresses.ts'
import { isKept } from '../../config/sources.ts'
import { linksOf, type Link } from '../../ledger/links/links.ts'
import { lastAsked, usesOf } from '../../ledger/links/uses.ts'
import { contributionOf, type Contribution } from '../../ledger/programme/contributions.ts'
import { requestBehind } from '../../ledger/programme/inventory.ts'
import { publicStates } from '../../ledger/programme/kinds.ts'
import { naming } from '../../ledger/programme/lists.ts'
import { correctionsOf, type MadeCorrection } from '../../ledger/records/corrections.ts'
import { findingsOf, repairsOf } from '../../ledger/records/judgement.ts'
import { measuredOf, type MeasuredNow } from '../../ledger/records/measurements.ts'
import { type RecordRow, recordById } from '../../ledger/records/records.ts'
import { relatedTo } from '../../ledger/records/related.ts'
import { type Shown, newestVersion } from '../../ledger/records/shown.ts'
import { siblingsOf, type Sibling } from '../../ledger/records/siblings.ts'
import { versionInView, type Version } from '../../ledger/records/versions.ts'
import type { Repair } from '../../normalise/draft.ts'
import { filledGraph } from '../../outlets/resource.ts'
import { Problem } from '../../problem.ts'
import { Graph } from '../../rdf/graph.ts'
import { namedNode, type Subject } from '../../rdf/terms.ts'
import type { Finding } from '../../validate/finding.ts'
import { dayOf } from '../../validate/quality/freshness.ts'
import { saidProblem } from '../../words/said.ts'
import type { Site } from '../site/site.ts'

/** A record that may be spoken of. */
export interface Entry {
  record: RecordRow
  /** The version that the public sees; undefined where it sees none. */
  inView: Version | undefined
  /** The records of other sources about the same dataset, the canonical one first. */
  siblings: Sibling[]
  /** What people made of the dataset, and what they asked for that it answers. */
  reuses: Contribution[]
  requests: Contribution[]
  /** What stewards say of it in the place of its portal. */
  corrections: MadeCorrection[]
  /** When an address of its files was asked last; empty where none was. */
  asked: string
}

/** All we hold about one record. */
export interface Dossier extends Entry {
  /** The version on the page: what the public sees or, where it sees none, what waits in quarantine. */
  version: Shown
  graph: Graph
  dataset: Subject
  findings: Finding[]
  repairs: Repair[]
  measured: MeasuredNow
  /** Other datasets that have most in common with it. */
  related: RecordRow[]
  /** What was seen of the addresses of its files, by address. */
  links: Map<string, Link>
}

/** The row of a record that may be spoken of. Throws `not-found` for an unknown or withheld one. */
export function knownRecord(site: Site, id: string): RecordRow {
  const record = recordById(site.publication.ledger, id)
  if (record && record.admission !== 'withheld') return record
  throw saidProblem('not-found', 'missing.record', { id: id.slice(0, 200) })
}

export function knownEntry(site: Site, id: string): Entry {
  const { ledger } = site.publication
  const record = knownRecord(site, id)
  return {
    record,
    inView: versionInView(ledger, record.n),
    siblings: siblingsOf(ledger, record),
    reuses: naming(ledger, 'reuse', record.id),
    requests: [...naming(ledger, 'request', record.id), ...plannedIn(site, record)],
    corrections: correctionsOf(ledger, record.n),
    asked: lastAsked(ledger, record.n),
  }
}

/** The request that a dataset of the inventory was written down for. */
function plannedIn({ publication: { ledger, sources } }: Site, { key, source }: RecordRow): Contribution[] {
  const request = sources.some(each => each.id === source && isKept(each)) ? requestBehind(ledger, key) : undefined
  const found = request === undefined ? undefined : contributionOf(ledger, request)
  return found && publicStates('request').includes(found.state) ? [found] : []
}

/** The record that stands for the dataset of an entry: itself, or the one for which it stands back. */
export const canonicalOf = ({ record, siblings }: Entry): RecordRow => (record.canonical === null ? record : siblings[0]!.record)

/** What the public sees of a record. Throws `gone` for a removed one, and `not-found` where nothing was ever good enough to show. */
export function publicVersion(site: Site, { record, inView }: Entry): Version {
  if (inView) return inView
  if (record.admission === 'removed') {
    const why = site.source(record.source)?.enabled ? 'removed' : 'forgotten'
    throw saidProblem('gone', `missing.${why}`, { id: record.id, date: record.modified.slice(0, 10) })
  }
  throw saidProblem('not-found', 'missing.quarantined', { id: record.id, path: paths.record(record.id) })
}

/** Changes with all that is published of a record; with `onPage` also with what a page says beside: when it was seen, what others say of the same dataset. */
export function stateOf({ record, siblings, reuses, requests, corrections, asked }: Entry, onPage: boolean): string {
  const published = `${Math.max(record.modified_revision, record.linked_revision)}-${record.score}`
  if (!onPage) return published
  const seen = Date.parse(record.seen_at).toString(36)
  // Whether it is on time depends on the day.
  const others = siblings.map(sibling => sibling.record.modified_revision).join('.')
  const steps = [...reuses, ...requests].map(({ step }) => step)
  const moments = [asked, ...corrections.map(({ at }) => at)].map(at => at && Date.parse(at).toString(36))
  return [`${published}${record.admission[0]}`, seen, dayOf(new Date()), others, ...moments, ...steps].join('-')
}

export function openDossier(site: Site, entry: Entry): Dossier {
  const { ledger } = site.publication
  const { record } = entry
  const version = entry.inView ?? newestVersion(ledger, record.n)
  if (!version) throw new Problem('not-found', `The catalogue has no version of "${record.id}".`)
  return {
    ...entry,
    version,
    graph: new Graph(filledGraph(version)),
    dataset: namedNode(version.dataset),
    findings: findingsOf(ledger, record.n),
    repairs: repairsOf(ledger, record.n),
    measured: measuredOf(ledger, record.n),
    related: relatedTo(ledger, record.n),
    links: linksOf(
      ledger,
      usesOf(ledger, record.n).map(({ url }) => url),
    ),
  }
}
