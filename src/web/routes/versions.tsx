import { difference, versionsOf, type Version } from '../../ledger/records/versions.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { historyQuads } from '../../outlets/provenance.ts'
import { paths } from '../../config/addresses.ts'
import { recordQuads } from '../../outlets/resource.ts'
import { Problem } from '../../problem.ts'
import { readLines } from '../../rdf/turtle.ts'
import type { Format } from '../../rdf/format.ts'
import { compact } from '../../rdf/namespaces.ts'
import { namedNode, quad, type Quad } from '../../rdf/terms.ts'
import { sendJson, sendPage, sendRdf } from '../http/send.ts'
import { knownRecord } from '../page/dossier.ts'
import { negotiate, resourceFormats, splitExtension } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import { linkFormats } from '../resource.ts'
import type { Handle, Site } from '../site.ts'
import { DifferenceView, VersionsView } from '../views/versions.tsx'

/** A version in the list: the run that made it, and how much it differs from the one before it, where that one is kept. */
const told = (version: Version, at: number, all: Version[]) => {
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
export type ToldVersion = ReturnType<typeof told>

/** Every version of a record that is kept, the newest first: a page, JSON, or as entities and activities (PROV-O). */
export const versions: Handle = async (site, request, response) => {
  const { row, all } = history(site, String(request.params['id']))
  const wished = formatOf(request)
  response.vary('Accept')
  linkFormats(response, paths.versions(row.id), site.addresses.versions(row.id))
  const list = all.map(told).reverse()
  if (wished === 'json') return sendJson(response, { id: row.id, source: row.source, versions: list })
  if (wished !== 'html') {
    const { graph, record } = site.addresses
    return await sendRdf(response, inGraph(historyQuads(site.publication, all), wished, graph('provenance')), wished, namedNode(record(row.id)))
  }
  const page = pageOf(site, request)
  sendPage(page, response, <VersionsView page={page} record={row} versions={list} />)
}

/** The extension, or what the `Accept` header wishes for. Plain JSON is our own: as JSON-LD the history is asked for by its name. */
function formatOf(request: Parameters<Handle>[1]): Format | 'html' | 'json' {
  const { extension } = request.params
  if (extension === 'json') return 'json'
  if (extension === undefined)
    return request.accepts(['text/html', 'application/json', ...resourceFormats.map(format => format.mediaType)]) === 'application/json'
      ? 'json'
      : (negotiate(request, ['html', ...resourceFormats]) as Format | 'html')
  const format = resourceFormats.find(each => each.extension === extension)
  if (format) return format
  throw new Problem(
    'not-found',
    `The history has no format "${String(extension)}"; there are: json, ${resourceFormats.map(each => each.extension).join(', ')}.`,
  )
}

const inGraph = (quads: Quad[], format: Format, name: string) =>
  format.quads ? quads.map(each => quad(each.subject, each.predicate, each.object, namedNode(name))) : quads

/** One version as RDF, as it was published. */
export const version: Handle = async (site, request, response) => {
  const { name, format } = splitExtension(String(request.params['n']))
  const { row, all } = history(site, String(request.params['id']))
  const asked = pick(row, all, name)
  const wished = format ?? (negotiate(request, resourceFormats) as Format)
  if (asked.shown_from === null) throw new Problem('not-found', `Version ${name} of "${row.id}" was never published.`)
  await sendRdf(response, inGraph(recordQuads(site.publication, asked), wished, site.addresses.record(row.id)), wished, namedNode(asked.dataset))
}

/** What a version changed, or what lies between any two (`from`, `to`): statements that came and went, by property. */
export const versionDifference: Handle = (site, request, response) => {
  const { row, all } = history(site, String(request.params['id']))
  const to = pick(row, all, String(request.params['n'] ?? request.query['to'] ?? all.at(-1)!.number))
  const from = request.query['from'] === undefined ? all[all.indexOf(to) - 1] : pick(row, all, String(request.query['from']))
  if (!from && to.number > 1) throw new Problem('pruned', `The version before ${to.number} of "${row.id}" is kept no longer: name another with ?from=.`)
  const { added, removed } = difference(from, to)
  const came = Map.groupBy(readLines(added.join('\n')), each => compact(each.predicate.value))
  const went = Map.groupBy(readLines(removed.join('\n')), each => compact(each.predicate.value))
  const properties = [...new Set([...came.keys(), ...went.keys()])]
    .sort()
    .map(property => ({ property, removed: went.get(property) ?? [], added: came.get(property) ?? [] }))
  if (wishesJson(request)) {
    const bare = ({ subject, object }: Quad) => ({
      subject: subject.value,
      value: object.value,
      ...('language' in object && object.language && { language: object.language }),
    })
    return sendJson(response, {
      id: row.id,
      version: to.number,
      before: from?.number ?? null,
      properties: properties.map(each => ({ property: each.property, removed: each.removed.map(bare), added: each.added.map(bare) })),
    })
  }
  const page = pageOf(site, request)
  sendPage(
    page,
    response,
    <DifferenceView page={page} record={row} from={from?.number} to={to.number} numbers={all.map(each => each.number)} properties={properties} />,
  )
}

function history(site: Site, id: string): { row: RecordRow; all: Version[] } {
  const row = knownRecord(site, id)
  if (row.admission === 'removed') throw new Problem('gone', `The record "${id}" was removed on ${row.modified}: its portal no longer lists the dataset.`)
  return { row, all: versionsOf(site.publication.ledger, row.n) }
}

function pick(row: RecordRow, all: Version[], name: string): Version {
  const found = all.find(each => String(each.number) === name)
  if (found) return found
  const newest = all.at(-1)?.number ?? 0
  if (/^[1-9]\d*$/.test(name) && Number(name) < newest)
    throw new Problem('pruned', `Version ${name} of "${row.id}" is kept no longer: the catalogue lets former versions go after a time.`)
  throw new Problem('not-found', `The record "${row.id}" has no version "${name}"; the newest is ${newest}.`)
}

function wishesJson(request: Parameters<Handle>[1]): boolean {
  const wished = request.accepts(['text/html', 'application/json'])
  if (wished) return wished === 'application/json'
  throw new Problem('not-acceptable', 'This is served as text/html and application/json.')
}
