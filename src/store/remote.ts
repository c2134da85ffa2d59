import { addressesOf } from '../config/addresses.ts'
import { changesBetween, type VisibleChange } from '../ledger/records/changes.ts'
import { lastJudged } from '../ledger/records/judged.ts'
import { currentRevision, momentOf } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import { Problem, sentence } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import { dcat, rdf } from '../rdf/namespaces.ts'
import { lines } from '../rdf/serialise.ts'
import { saidProblem } from '../words/said.ts'
import { openAsking } from './asking.ts'
import { graphOf, overviewGraphs, type Change } from './follower.ts'
import { levelOf, qualitySince } from './judged.ts'
import { marksOf, readStanding, standingQuad, standingQuery, type ServerStanding } from './server-standing.ts'
import { sparqlServer, type ServerConfiguration } from './server.ts'
import { textOf, type Store } from './store.ts'

/** Milliseconds between two looks at the ledger and the server. */
const turnMs = 1000
/** Changes that are read at once. */
const page = 500
/** Graphs, and characters, of one request, and requests that are made at once. Who reads one of these graphs waits until all of them are written. */
const together = 25
const longest = 500_000
const atOnce = 2

/**
 * A SPARQL 1.1 server that follows the ledger. Each turn asks it where it stands, so that one that was away, was emptied, or was set back to an older backup is
 * brought up to date by itself. Its default graph must be the union of all, as Virtuoso's is.
 */
export function openRemote(configuration: ServerConfiguration, publication: Publication): Store {
  const { ledger, catalogue } = publication
  const { base } = catalogue
  const { graph } = addressesOf(base)
  const server = sparqlServer(configuration)
  const { key, lists } = marksOf(publication)
  let standing: ServerStanding | undefined
  let failure: Problem | undefined
  let following: Promise<void> | undefined
  let closed = false
  let told = ''

  /** Where the server says that it stands; undefined where it holds nothing of ours. */
  const held = async (): Promise<ServerStanding | undefined> => {
    const answer = await server.ask(standingQuery(base), { mediaType: 'application/sparql-results+json', timeoutS: configuration.timeoutS })
    return readStanding(textOf({ revision: 0, ...answer }))
  }

  /** Writes where it stands, and with it the graph of the catalogue. */
  const note = async (now: ServerStanding) => {
    const [overview] = overviewGraphs(publication, now.revision, false)
    await server.put(overview!.graph, overview!.text + lines([standingQuad(base, now)]))
    standing = now
  }

  /** Graphs of records that another ledger left there. */
  const clear = async () => {
    for (;;) {
      if (closed) return
      const found = await server.ask(
        `SELECT DISTINCT ?g { GRAPH ?g { ?r <${rdf.type.value}> <${dcat.CatalogRecord.value}> } FILTER (STRSTARTS(STR(?g), "${addressesOf(base).record('')}")) }
         LIMIT ${page}`,
        { mediaType: 'application/sparql-results+json' },
      )
      const { results } = JSON.parse(textOf({ revision: 0, ...found })) as { results: { bindings: { g: { value: string } }[] } }
      if (results.bindings.length === 0) return server.put(graph('quality'), undefined)
      await each(inPieces(results.bindings.map(({ g }) => ({ graph: g.value, text: undefined }))), server.replace)
    }
  }

  function* graphsOf(changes: VisibleChange[]): Generator<Change> {
    for (const change of changes) yield { graph: addressesOf(base).record(change.id), text: graphOf(publication, change) }
  }

  const follow = async () => {
    let now = await held()
    standing = now
    const fits = now && now.revision <= currentRevision(ledger) && now.at === (momentOf(ledger, now.revision) ?? '-')
    if (!fits) await clear()
    // What was written by other rules is written over.
    if (!now || !fits || now.key !== key) now = { revision: 0, at: '-', judged: 0, judgedAt: 0, key, lists: '-' }

    const [target, judged] = [currentRevision(ledger), lastJudged(ledger)]
    const from = now.revision
    for (let after: { revision: number; n: number } | undefined; ;) {
      const changes: VisibleChange[] = [...changesBetween(ledger, from, target, { last: true, most: page, ...(after && { after }) })]
      if (closed || changes.length === 0) break
      await each(inPieces(graphsOf(changes.filter(({ version: seen }) => fits || seen !== null))), server.replace)
      after = changes.at(-1)!
      // A page may end within a revision.
      const whole: number = changes.length < page ? target : after.revision - 1
      if (whole > now.revision) await note((now = { ...now, revision: whole, at: momentOf(ledger, whole) ?? '-' }))
    }
    if (closed) return
    now = { ...now, revision: target, at: momentOf(ledger, target) ?? '-' }

    if (now.judged !== judged || now.judgedAt !== target) {
      if (now.judged === 0 && now.judgedAt === 0) await server.put(graph('quality'), undefined)
      for (const { graph: name, update, text } of qualitySince(publication, { revision: now.judgedAt, judged: now.judged }, levelOf(publication))) {
        if (closed) return
        if (update) await server.update(update)
        if (text) await server.add(name, text)
      }
    }
    const overview = [...overviewGraphs(publication, target, now.lists !== lists)].slice(1)
    const mark = digest(overview.map(({ text }) => text ?? '').join('\n'))
    if (mark !== told || now.lists !== lists) for (const each of overview) await server.put(each.graph, each.text)
    told = mark
    const next = { ...now, judged, judgedAt: target, lists }
    if (JSON.stringify(next) !== JSON.stringify(standing)) await note(next)
    standing = next
  }

  /** One at a time; a server that is away is tried again at the next turn. */
  const turn = () =>
    (following ??= follow()
      .then(
        () => (failure = undefined),
        (error: unknown) => {
          failure = error instanceof Problem ? error : saidProblem('store-busy', 'query_problem.store_unfollowed', { reason: sentence(error) }, {}, error)
          throw failure
        },
      )
      .then(() => {})
      .finally(() => {
        following = undefined
      }))
  const timer = setInterval(() => void turn().catch(() => {}), turnMs)
  void turn().catch(() => {})

  const asking = openAsking(configuration.atOnce, async (sparql, wanted) => {
    const revision = standing?.revision ?? 0
    return { revision, ...(await server.ask(sparql, wanted)) }
  })

  return {
    query: asking.query,
    /** It answers where it is up and holds all graphs about the whole: what it has yet to follow is told beside. */
    copies: async () => {
      const target = currentRevision(ledger)
      const revision = standing?.revision ?? 0
      const away = await server.ask('ASK {}', { mediaType: 'application/sparql-results+json', timeoutS: 5 }).then(
        () => undefined,
        (error: unknown) => sentence(error),
      )
      const problem = away ?? failure?.message
      const waiting = revision < target ? momentOf(ledger, revision + 1) : undefined
      return [
        {
          revision,
          ready: away === undefined && standing?.lists === lists,
          behind: { revisions: target - revision, seconds: waiting ? Math.max(0, Math.round((Date.now() - Date.parse(waiting)) / 1000)) : 0 },
          ...(problem && { problem }),
        },
      ]
    },
    get waiting() {
      return asking.waiting.length
    },
    // Its publication is ours, whose sources have changed with them.
    learn() {},
    get revision() {
      return standing?.revision ?? 0
    },
    async ready() {
      const target = currentRevision(ledger)
      do await turn()
      while (!closed && (!standing || standing.revision < target || standing.lists !== lists))
    },
    async close() {
      closed = true
      asking.close()
      clearInterval(timer)
      await following?.catch(() => {})
    },
  }
}

/** Graphs as they are written together. */
function* inPieces(graphs: Iterable<Change>): Generator<Change[]> {
  let piece: Change[] = []
  let length = 0
  for (const change of graphs) {
    const own = change.text?.length ?? 0
    if (piece.length === together || (piece.length > 0 && length + own > longest)) {
      yield piece
      piece = []
      length = 0
    }
    piece.push(change)
    length += own
  }
  if (piece.length > 0) yield piece
}

/** Does a few at once. */
async function each<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = Iterator.from(all)
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one)
    }),
  )
}
