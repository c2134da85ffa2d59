import { Problem } from '../../../problem.ts'
import { add, Graph, instances, value, values } from '../../../rdf/graph.ts'
import { dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { parse } from '../../../rdf/parse.ts'
import { isBlank, isNamed, isNode, namedNode, textOf, type NamedNode, type Quad, type Subject, type Term } from '../../../rdf/terms.ts'
import type { Page } from '../../http/answer.ts'

const ldes = (term: string) => namedNode(`https://w3id.org/ldes#${term}`)
const tree = (term: string) => namedNode(`https://w3id.org/tree#${term}`)
const as = (term: string) => namedNode(`https://www.w3.org/ns/activitystreams#${term}`)

/** One member of a stream: what it says of which thing, and when. */
export interface Member {
  iri: string
  /** The thing that it is about. */
  about: string
  /** When it was said, as an instant; empty where nothing says it. */
  at: string
  /** It says that the thing is deleted. */
  deletes: boolean
}

/** What a stream says of itself, as far as it is needed (LDES: EventStream, retentionPolicy). */
export interface Stream {
  versionOf?: NamedNode
  timestamp?: NamedNode
  deletePath?: NamedNode
  deleteObject?: Term
  /** Members are dropped after a time, whether or not there are newer ones: what is not there is not gone. */
  fades: boolean
}

/** One page of a stream (a TREE node). */
export interface StreamPage {
  url: string
  whole: Graph
  /** The statements of each graph that has a name. */
  named: Map<string, Quad[]>
  members: Member[]
  /** Members that cannot be told what they are about. */
  problems: Problem[]
  /** Pages that it leads to. */
  links: string[]
  /** It will never change again. */
  closed: boolean
  stream: Stream
}

/** Reads a page; what an earlier page said of the stream holds on. Throws a Problem where it breaks off: half a page would hide members. */
export async function readStreamPage(page: Page, asked: string, before: Stream | undefined): Promise<StreamPage> {
  const { quads, problem } = await parse(page.body, { url: page.url, mediaType: page.mediaType })
  if (problem) throw problem
  const whole = new Graph(quads)
  const named = Map.groupBy(
    quads.filter(({ graph }) => graph.termType === 'NamedNode'),
    ({ graph }) => graph.value,
  )
  const stream = streamOf(whole, before)
  const here = namedNode(page.url)
  const members: Member[] = []
  const problems: Problem[] = []
  for (const object of whole.objects(null, tree('member'))) {
    const read = isNamed(object) ? memberOf(whole, object, stream) : undefined
    if (read) members.push(read)
    else
      problems.push(
        new Problem(
          'bad-record',
          `${page.url} holds the member ${isBlank(object) ? 'without an IRI' : object.value}, which does not say what it is about (as:object, ` +
            `or the stream's ldes:versionOfPath). Ask the portal to say it.`,
          { url: page.url, ...(isNamed(object) && { record: object.value }) },
        ),
      )
  }
  // A stream may have several views of the same members: one is enough, and this page may be it.
  const views = whole
    .objects(null, tree('view'))
    .filter(each => isNamed(each))
    .map(each => each.value)
    .sort()
  const isView = views.some(view => [page.url, asked].includes(view)) || whole.has(null, tree('relation'))
  const links = [...new Set([...whole.objects(null, tree('node')).map(each => each.value), ...(!isView && members.length === 0 ? views.slice(0, 1) : [])])]
    .filter(link => /^https?:/.test(link))
    .map(link => link.replace(/#.*$/, ''))
  const closed = page.immutable === true || [here, namedNode(asked)].some(node => value(whole, node, ldes('immutable'))?.value === 'true')
  return { url: page.url, whole, named, members, problems, links, closed, stream }
}

function streamOf(whole: Graph, before: Stream | undefined): Stream {
  const stream = instances(whole, ldes('EventStream'))[0] ?? whole.subjects(tree('view'))[0]
  if (!stream) return before ?? { fades: false }
  const path = (name: string) => {
    const found = value(whole, stream, ldes(name))
    return isNamed(found) ? found : undefined
  }
  const policies = whole.objects(null, ldes('retentionPolicy'))
  const fades = policies.some(policy => {
    const has = (term: string) => whole.has(policy, ldes(term))
    const is = (type: string) => whole.has(policy, rdf.type, ldes(type))
    const keepsLatest = has('versionAmount') || is('LatestVersionSubset')
    return (
      is('DurationAgoPolicy') ||
      is('PointInTimePolicy') ||
      has('startingFrom') ||
      ((has('fullLogDuration') || has('versionDuration')) && !keepsLatest) ||
      has('versionDeleteDuration')
    )
  })
  const [versionOf, timestamp, deletePath] = [path('versionOfPath'), path('timestampPath'), path('versionDeletePath')]
  const deleteObject = value(whole, stream, ldes('versionDeleteObject'))
  return {
    ...before,
    ...(versionOf && { versionOf }),
    ...(timestamp && { timestamp }),
    ...(deletePath && { deletePath }),
    ...(deleteObject && { deleteObject }),
    fades: fades || before?.fades === true,
  }
}

const activities = ['Create', 'Update', 'Delete'].map(as)

/** An activity (DCAT-AP Feeds), the version of a thing, or the thing itself. */
function memberOf(whole: Graph, member: Subject, { versionOf, timestamp, deletePath, deleteObject }: Stream): Member | undefined {
  const types = values(whole, member, rdf.type)
  const object = value(whole, member, as('object'))
  const isActivity = object !== undefined || activities.some(type => types.some(each => each.equals(type)))
  const said = isActivity ? object : versionOf ? (value(whole, member, versionOf) ?? value(whole, member, dct.isVersionOf)) : member
  if (!isNamed(said)) return undefined
  const moment = [isActivity ? as('published') : timestamp, timestamp].map(path => path && value(whole, member, path)?.value).find(Boolean) ?? ''
  const time = Date.parse(moment)
  return {
    iri: member.value,
    about: said.value,
    at: Number.isNaN(time) ? '' : new Date(time).toISOString(),
    deletes:
      types.some(type => type.equals(as('Delete'))) ||
      (deleteObject !== undefined && values(whole, member, deletePath ?? rdf.type).some(each => each.equals(deleteObject))),
  }
}

/** What a member says of its thing, in the thing's own name: the graph that is named for the member, or what the page says from it on. */
export function payloadOf({ whole, named, stream }: Pick<StreamPage, 'whole' | 'named' | 'stream'>, { iri, about }: Pick<Member, 'iri' | 'about'>): Graph {
  const own = named.get(iri)
  const to = new Graph()
  const aside = new Set([stream.versionOf, stream.timestamp, dct.isVersionOf].map(path => path?.value))
  const renamed = <T extends Term>(term: T) => (term.value === iri && isNamed(term) ? namedNode(about) : term)
  const seen = new Set<string>()
  const queue: Subject[] = [namedNode(iri), namedNode(about)]
  const quads =
    own ??
    (function* () {
      for (let next = queue.pop(); next; next = queue.pop()) {
        if (seen.has(textOf(next))) continue
        seen.add(textOf(next))
        for (const quad of whole.quads(next)) {
          yield quad
          const { object } = quad
          const isMember = whole.has(null, tree('member'), object)
          if (isNode(object) && !isMember && !mentions.has(quad.predicate.value)) queue.push(object)
        }
      }
    })()
  for (const { subject, predicate, object } of quads) {
    if (
      subject.value === iri &&
      aside.has(predicate.value) &&
      iri !== about &&
      (predicate.equals(dct.isVersionOf) || predicate.value === stream.versionOf?.value || !predicate.value.startsWith(dct.iri))
    )
      continue
    if (
      predicate.value.startsWith('https://www.w3.org/ns/activitystreams#') ||
      (predicate.equals(rdf.type) && object.value.startsWith('https://www.w3.org/ns/activitystreams#'))
    )
      continue
    add(to, renamed(subject), predicate, renamed(object))
  }
  return to
}

/** Properties that lead from one dataset to another: they are not followed. */
const mentions = new Set(
  [as('object'), dct.isVersionOf, dct.relation, dct.source, dct.hasPart, dct.isPartOf, dcat.inSeries, dcat.hasVersion, dcat.dataset].map(term => term.value),
)
