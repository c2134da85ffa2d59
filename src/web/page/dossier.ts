import { paths } from '../../config/addresses.ts'
import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import { type RecordRow, recordById } from '../../ledger/records/records.ts'
import { Graph } from '../../rdf/graph.ts'
import { namedNode, type Subject } from '../../rdf/terms.ts'
import { versionGraph } from '../../outlets/resource.ts'
import { Problem } from '../../problem.ts'
import type { Site } from '../site.ts'
import { shownVersion, type Shown, newestVersion } from '../../ledger/records/shown.ts'
import { findingsOf, repairsOf } from '../../ledger/records/judgement.ts'
import { siblingsOf, type Sibling } from '../../ledger/records/siblings.ts'
import { measurementsOf } from '../../ledger/records/measurements.ts'

/** All we hold about one record. */
export interface Dossier {
  record: RecordRow
  /** The version on view: what the public sees or, where it sees none, what waits in quarantine. */
  version: Shown
  graph: Graph
  dataset: Subject
  findings: Finding[]
  repairs: Repair[]
  measurements: Record<string, number | null>
  /** The records of other sources about the same dataset. */
  siblings: Sibling[]
}

/** The row of a record that may be spoken of. Throws `not-found` for an unknown or withheld one. */
export function knownRecord(site: Site, id: string): RecordRow {
  const record = recordById(site.publication.ledger, id)
  if (record && record.admission !== 'withheld') return record
  throw new Problem('not-found', `The catalogue has no record "${id}".`)
}

/** What the public sees of a record. Throws `gone` for a removed one, and `not-found` where nothing was ever good enough to show. */
export function publicVersion(site: Site, record: RecordRow): Shown {
  const shown = shownVersion(site.publication.ledger, record.n)
  if (shown) return shown
  if (record.admission === 'removed')
    throw new Problem(
      'gone',
      `The record "${record.id}" was removed on ${record.modified}: ${site.publication.sources.some(({ id, enabled }) => id === record.source && enabled) ? 'its portal no longer lists the dataset' : 'its portal is harvested no more'}.`,
    )
  throw new Problem('not-found', `The record "${record.id}" is in quarantine: ${paths.record(record.id)} says what has to be mended.`)
}

export function openDossier(site: Site, record: RecordRow): Dossier {
  const { ledger } = site.publication
  const version = shownVersion(ledger, record.n) ?? newestVersion(ledger, record.n)
  if (!version) throw new Problem('not-found', `The catalogue has no version of "${record.id}".`)
  return {
    record,
    version,
    graph: new Graph(versionGraph(version)),
    dataset: namedNode(version.dataset),
    findings: findingsOf(ledger, record.n),
    repairs: repairsOf(ledger, record.n),
    measurements: measurementsOf(ledger, record.n),
    siblings: siblingsOf(ledger, record),
  }
}
