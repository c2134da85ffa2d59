import { addressesOf, paths } from '../../config/addresses.ts'
import { changesBetween } from '../../ledger/records/changes.ts'
import type { Format, Part } from '../../rdf/format.ts'
import { formatByName } from '../../rdf/formats.ts'
import { as, dct, ldes as terms, rdf, tree, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'
import { literalsOf } from '../../rdf/texts.ts'
import type { Outlet } from '../outlet.ts'
import type { Publication } from '../publication.ts'
import { activitiesOf, namedPage, type Activity } from './activities.ts'
import { findFragment, type Branch, type Fragment } from './fragment.ts'

/**
 * DCAT-AP Feeds (semiceu.github.io/LDES-DCAT-AP-feeds), an event stream by LDES and TREE: who follows it holds what the public sees here, deletions included.
 * The stream is the log of the ledger, in a search tree by months, days and pages; a page that is full never changes.
 */
export const ldes: Outlet<Fragment, Format> = {
  path: paths.ldes,
  about: 'DCAT-AP Feeds (LDES): what was created, updated and deleted, as a stream of events.',
  parameters: { at: 'A month or a day: 2026-11, 2026-11-30.', page: 'A page of a day.' },
  forms: ['trig', 'nquads'].map(name => formatByName(name)!),
  find: findFragment,
  revision: ({ revision }) => revision,
  state: fragment => `${fragment.wholeFrom}${fragment.closed ? '-closed' : ''}`,
  cache: ({ closed }) => (closed ? 'public, max-age=604800, immutable' : 'no-cache'),
  write: (publication, fragment, format) => format.writeParts(parts(publication, fragment)),
}

/** The node first; then each member, and what it says in the graph that is named for it. */
function* parts(publication: Publication, fragment: Fragment): Generator<Part> {
  const stream = namedNode(`${addressesOf(publication.catalogue.base).ldes}#stream`)
  yield { graph: '', quads: nodeQuads(publication, fragment, stream) }
  if (!fragment.members) return
  const { from, after, to, most } = fragment.members
  const page = namedPage(publication, fragment.address)
  // All of them at once: a reader who takes his time keeps nothing of the ledger open.
  const changes = Array.from(changesBetween(publication.ledger, from, to, { after, most }))
  for (const change of changes)
    for (const activity of activitiesOf(publication, change, page)) {
      yield { graph: '', quads: memberQuads(activity, stream) }
      if (activity.payload) yield { graph: activity.iri, quads: activity.payload }
    }
}

function nodeQuads(publication: Publication, { address, isRoot, branches, closed }: Fragment, stream: NamedNode): Quad[] {
  const node = namedNode(address)
  const root = namedNode(address.replace(/\?.*$/, ''))
  return [
    quad(stream, rdf.type, terms.EventStream),
    quad(stream, tree.view, root),
    quad(node, rdf.type, tree.Node),
    quad(stream, terms.timestampPath, as.published),
    quad(stream, terms.versionOfPath, as.object),
    quad(stream, terms.versionCreateObject, as.Create),
    quad(stream, terms.versionUpdateObject, as.Update),
    quad(stream, terms.versionDeleteObject, as.Delete),
    ...(isRoot ? streamQuads(publication, stream) : []),
    ...(closed ? [quad(node, terms.immutable, literal('true', xsd.boolean))] : []),
    ...branches.flatMap(branch => branchQuads(node, branch)),
  ]
}

/** What the stream is, and what of it stays: at least the last that was said of each dataset, deletions too. */
function streamQuads({ catalogue }: Publication, stream: NamedNode): Quad[] {
  const retention = namedNode(`${addressesOf(catalogue.base).ldes}#retention`)
  const one = literal('1', xsd.integer)
  return [
    ...literalsOf(catalogue.title).map(title => quad(stream, dct.title, title)),
    quad(stream, tree.shape, namedNode('https://semiceu.github.io/LDES-DCAT-AP-feeds/shape.ttl#ActivityShape')),
    quad(stream, terms.retentionPolicy, retention),
    quad(retention, rdf.type, terms.LatestVersionSubset),
    quad(retention, terms.amount, one),
    quad(retention, terms.versionKey, as.object),
    quad(retention, terms.versionAmount, one),
  ]
}

function branchQuads(node: NamedNode, { address, from, before, until }: Branch): Quad[] {
  const bounds: [NamedNode, string | undefined][] = [
    [tree.GreaterThanOrEqualToRelation, from],
    [tree.LessThanRelation, before],
    [tree.LessThanOrEqualToRelation, until],
  ]
  return bounds.flatMap(([type, value]) => {
    if (value === undefined) return []
    const relation = namedNode(`${address}#${type === tree.GreaterThanOrEqualToRelation ? 'from' : 'until'}`)
    return [
      quad(node, tree.relation, relation),
      quad(relation, rdf.type, type),
      quad(relation, tree.node, namedNode(address)),
      quad(relation, tree.path, as.published),
      quad(relation, tree.value, literal(value, xsd.dateTime)),
    ]
  })
}

function memberQuads({ iri, type, object, at }: Activity, stream: NamedNode): Quad[] {
  const member = namedNode(iri)
  return [
    quad(stream, tree.member, member),
    quad(member, rdf.type, as[type]),
    quad(member, as.object, namedNode(object)),
    quad(member, as.published, literal(at, xsd.dateTime)),
  ]
}
