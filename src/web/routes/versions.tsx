import { difference, versionsOf, type Version } from '../../ledger/history.ts'
import type { RecordRow } from '../../ledger/records.ts'
import { recordQuads } from '../../outlets/resource.ts'
import { Problem } from '../../problem.ts'
import { readLines } from '../../rdf/parse.ts'
import type { Format } from '../../rdf/formats.ts'
import { compact, namedNode, quad, type Quad } from '../../rdf/terms.ts'
import { sendJson, sendPage, sendRdf } from '../answer.ts'
import { knownRecord } from '../dossier.ts'
import { negotiate, resourceFormats, splitExtension } from '../negotiation.ts'
import { pageOf } from '../page.ts'
import type { Handle, Site } from '../site.ts'
import { DifferenceView, VersionsView } from '../views/versions.tsx'

/** A version in the list: how much it differs from the one before it. */
const told = (version: Version, at: number, all: Version[]) => {
  const { number, revision, run, modified, portal_modified: portalModified, shown_from: shownFrom, shown_until: shownUntil } = version
  const { added, removed } = difference(all[at - 1], version)
  return { number, revision, run, modified, portalModified, shownFrom, shownUntil, added: added.length, removed: removed.length }
}
export type ToldVersion = ReturnType<typeof told>

/** Every version of a record, the newest first. */
export const versions: Handle = (site, request, response) => {
  const { row, all } = history(site, String(request.params['id']))
  const list = all.map(told).reverse()
  if (wishesJson(request)) return sendJson(response, { id: row.id, source: row.source, versions: list })
  const page = pageOf(site, request)
  sendPage(page, response, <VersionsView page={page} record={row} versions={list} />)
}

/** One version as RDF, as it was published. */
export const version: Handle = async (site, request, response) => {
  const { name, format } = splitExtension(String(request.params['n']))
  const { row, all } = history(site, String(request.params['id']))
  const asked = pick(row, all, name)
  const wished = format ?? negotiate(request, resourceFormats) as Format
  if (asked.shown_from === null) throw new Problem('not-found', `Version ${name} of "${row.id}" was never published.`)
  const quads = recordQuads(site.publication, asked)
  const graph = namedNode(`${site.publication.catalogue.base}/record/${row.id}`)
  await sendRdf(response, wished.quads ? quads.map(each => quad(each.subject, each.predicate, each.object, graph) as Quad) : quads, wished, namedNode(asked.dataset))
}

/** What a version changed: statements that came and went, by property. */
export const versionDifference: Handle = (site, request, response) => {
  const { row, all } = history(site, String(request.params['id']))
  const asked = pick(row, all, String(request.params['n']))
  const { added, removed } = difference(all[asked.number - 2], asked)
  const came = Map.groupBy(readLines(added.join('\n')), each => compact(each.predicate.value))
  const went = Map.groupBy(readLines(removed.join('\n')), each => compact(each.predicate.value))
  const properties = [...new Set([...came.keys(), ...went.keys()])].sort().map(property => ({ property, removed: went.get(property) ?? [], added: came.get(property) ?? [] }))
  if (wishesJson(request)) {
    const bare = ({ subject, object }: Quad) => ({ subject: subject.value, value: object.value, ...('language' in object && object.language && { language: object.language }) })
    return sendJson(response, { id: row.id, version: asked.number, before: asked.number > 1 ? asked.number - 1 : null, properties: properties.map(each => ({ property: each.property, removed: each.removed.map(bare), added: each.added.map(bare) })) })
  }
  const page = pageOf(site, request)
  sendPage(page, response, <DifferenceView page={page} record={row} number={asked.number} properties={properties} />)
}

function history(site: Site, id: string): { row: RecordRow, all: Version[] } {
  const row = knownRecord(site, id)
  if (row.admission === 'removed') throw new Problem('gone', `The record "${id}" was removed on ${row.modified}: its portal no longer lists the dataset.`)
  return { row, all: versionsOf(site.publication.ledger, row.n) }
}

function pick(row: RecordRow, all: Version[], name: string): Version {
  const found = all.find(each => String(each.number) === name)
  if (found) return found
  throw new Problem('not-found', `The record "${row.id}" has no version "${name}"; it has ${all.length}.`)
}

function wishesJson(request: Parameters<Handle>[1]): boolean {
  const wished = request.accepts(['text/html', 'application/json'])
  if (wished) return wished === 'application/json'
  throw new Problem('not-acceptable', 'This is served as text/html and application/json.')
}
