import { paths } from '../../config/addresses.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { difference, versionsOf, type Version } from '../../ledger/records/versions.ts'
import { Problem } from '../../problem.ts'
import { compact } from '../../rdf/namespaces.ts'
import { readLines } from '../../rdf/own-lines.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { Site } from '../site/site.ts'
import { knownRecord } from './dossier.ts'

/** A record and every version of it that is kept, the first first. */
export interface History {
  record: RecordRow
  versions: Version[]
}

/** Throws `not-found`, and `gone` for a record that was removed: of what was let go nothing former is shown. */
export function historyOf(site: Site, id: string): History {
  const record = knownRecord(site, id)
  if (record.admission === 'removed') throw new Problem('gone', `The record "${id}" was removed on ${record.modified}: its portal no longer lists the dataset.`)
  return { record, versions: versionsOf(site.publication.ledger, record.n) }
}

/** A version by its number. Throws `not-found`, and `pruned` for one that was let go. */
export function versionNamed({ record, versions }: History, name: string): Version {
  const found = versions.find(each => String(each.number) === name)
  if (found) return found
  const newest = versions.at(-1)?.number ?? 0
  if (/^[1-9]\d*$/.test(name) && Number(name) < newest)
    throw new Problem('pruned', `Version ${name} of "${record.id}" is kept no longer: the catalogue lets former versions go after a time.`)
  throw new Problem('not-found', `The record "${record.id}" has no version "${name}"; the newest is ${newest}.`)
}

/** The versions of a record, the newest first, each with the run that made it, and how much it differs from the one before it, where that one is kept. */
export const listed = ({ versions }: History): ListedVersion[] => versions.map(listedVersion).reverse()

export type ListedVersion = ReturnType<typeof listedVersion>

function listedVersion(version: Version, at: number, all: Version[]) {
  const { number, revision, run, at: made, modified, portal_modified: portalModified, shown_from: shownFrom, shown_until: shownUntil, source } = version
  const before = all[at - 1]
  const { added, removed } = number === 1 || before ? difference(before, version) : { added: undefined, removed: undefined }
  return {
    number,
    revision,
    run,
    runAddress: paths.run(source, run),
    at: made,
    modified,
    portalModified,
    shownFrom,
    shownUntil,
    added: added?.length ?? null,
    removed: removed?.length ?? null,
  }
}

/** What came and went between two versions, by property. */
export interface Comparison {
  history: History
  from: Version | undefined
  to: Version
  properties: { property: string; removed: Quad[]; added: Quad[] }[]
}

/** Compares two versions by their numbers: the newest, and the one before, where none is named. Throws `pruned` where that one is kept no longer. */
export function compare(history: History, names: { from?: string | null; to?: string | null }): Comparison {
  const { record, versions } = history
  const to = versionNamed(history, names.to ?? String(versions.at(-1)!.number))
  const from = names.from == null ? versions[versions.indexOf(to) - 1] : versionNamed(history, names.from)
  if (!from && to.number > 1) throw new Problem('pruned', `The version before ${to.number} of "${record.id}" is kept no longer: name another with ?from=.`)
  const { added, removed } = difference(from, to)
  const [came, went] = [byProperty(added), byProperty(removed)]
  const properties = [...new Set([...came.keys(), ...went.keys()])]
    .sort()
    .map(property => ({ property, removed: went.get(property) ?? [], added: came.get(property) ?? [] }))
  return { history, from, to, properties }
}

const byProperty = (lines: string[]) => Map.groupBy(readLines(lines.join('\n')), each => compact(each.predicate.value))
