import { addressesOf } from '../config/addresses.ts'
import { visibleScores, type RecordRow } from '../ledger/records/records.ts'
import { currentRevision, momentOf } from '../ledger/records/revisions.ts'
import { scoreNode, scoreOf } from '../outlets/judgement.ts'
import type { Publication } from '../outlets/publication.ts'
import { digest } from '../rdf/digest.ts'
import { dqv } from '../rdf/namespaces.ts'
import { lines } from '../rdf/serialise.ts'
import type { Engine } from './engine.ts'
import { changesSince, overviewGraphs, type Change } from './follower.ts'

/** How far a copy has come. */
export interface Standing {
  revision: number
  /** When that revision was written: another ledger may count alike. */
  at: string
  /** Of the runs and of the revision that the graphs about the whole tell of. */
  runs: string
  overview: number
  /** Digest of the reference lists that it holds. */
  vocabulary: string
  /** Records that were written, and written in the place of others: what those were is kept by the engine, unseen. */
  records: number
  replaced: number
}

const nothing = (): Standing => ({ revision: 0, at: '', runs: '', overview: -1, vocabulary: '', records: 0, replaced: 0 })

type Score = Pick<RecordRow, 'id' | 'dataset' | 'score'>

/** One copy of what is published, in an engine: what it held before, and how it follows the ledger. `pause` is called between two graphs. */
export function openReplica(engine: Engine, publication: Publication, held: Standing = nothing(), pause: () => void = () => {}) {
  const { ledger, catalogue, vocabulary } = publication
  const { base } = catalogue
  const { graph } = addressesOf(base)
  const { namedNode } = engine.oxigraph
  const lists = digest(lines(vocabulary.graph))
  const standing = { ...held }
  let scores: Map<string, string> | undefined
  let overviewAt = 0

  const load = (text: string, name: string) =>
    engine.store.load(text, { format: 'application/n-triples', to_graph_name: namedNode(name), no_transaction: true, lenient: true })

  const replace = ({ graph: name, text }: Change, fresh: boolean) => {
    pause()
    if (!fresh) engine.store.update(`DROP SILENT GRAPH <${name}>`)
    if (text) load(text, name)
  }

  /** Makes a small graph what it should be by the lines in which it differs. */
  const amend = ({ graph: name, text = '' }: Change) => {
    const wanted = linesOf(text)
    const now = linesOf(engine.store.dump({ format: 'application/n-triples', from_graph_name: namedNode(name) }))
    const gone = [...now.difference(wanted)]
    if (gone.length > 0) engine.store.update(`DELETE DATA { GRAPH <${name}> { ${gone.join('\n')} } }`)
    load([...wanted.difference(now)].join('\n'), name)
  }

  /** Writes the scores that have changed: there is one for each record, and most stay what they are. */
  const followScores = () => {
    const quality = graph('quality')
    scores ??= heldScores(quality)
    const now = new Map(visibleScores(ledger).map(row => [scoreNode(base, row.id).value, row]))
    const changed = [...now].filter(([node, row]) => scores!.get(node) !== said(row))
    const gone = [...scores.keys()].filter(node => !now.has(node))
    const stale = [...gone, ...changed.map(([node]) => node).filter(node => scores!.has(node))]
    for (const nodes of slices(stale, 500)) engine.store.update(nodes.map(node => `DELETE WHERE { GRAPH <${quality}> { <${node}> ?p ?o } }`).join(';\n'))
    for (const rows of slices(changed, 5000)) load(lines(rows.flatMap(([, row]) => scoreOf(base, row))), quality)
    for (const node of gone) scores.delete(node)
    for (const [node, row] of changed) scores.set(node, said(row))
  }

  const said = ({ dataset, score }: Pick<Score, 'dataset' | 'score'>) => `<${dataset}>\t${score}`

  function heldScores(quality: string): Map<string, string> {
    const rows = engine.store.query(`SELECT ?m ?d ?v { GRAPH <${quality}> { ?m <${dqv.computedOn.value}> ?d ; <${dqv.value.value}> ?v } }`, {
      results_format: 'text/tab-separated-values',
    }) as string
    return new Map(
      rows
        .split('\n')
        .slice(1, -1)
        .map(row => [row.slice(1, row.indexOf('>')), row.slice(row.indexOf('\t') + 1)]),
    )
  }

  return {
    standing: standing as Readonly<Standing>,
    /** Whether it holds what this ledger held. */
    fits: () => standing.revision <= currentRevision(ledger) && momentOf(ledger, standing.revision) === (standing.at || undefined),
    /**
     * Applies what has changed in the ledger since the last time, all of one moment; the first time, everything. The graphs about the whole wait until a run
     * pauses for breath, unless everything is wanted `now`.
     */
    follow(now: boolean): void {
      const letGo = ledger.hold()
      try {
        pause()
        const { revision, runs, changes } = changesSince(publication, standing.revision)
        const fresh = standing.revision === 0
        for (const change of changes) {
          replace(change, fresh)
          standing.records++
          if (!fresh) standing.replaced++
        }
        const quiet = revision === standing.revision
        Object.assign(standing, { revision, at: momentOf(ledger, revision) ?? '' })
        const stale = runs !== standing.runs || standing.overview !== revision || standing.vocabulary !== lists
        if (!stale || !(now || quiet || standing.overview < 0 || Date.now() - overviewAt > 30_000)) return
        for (const change of overviewGraphs(publication, revision, standing.vocabulary !== lists)) {
          pause()
          amend(change)
        }
        followScores()
        Object.assign(standing, { runs, overview: revision, vocabulary: lists })
        overviewAt = Date.now()
      } finally {
        letGo()
      }
    },
  }
}

const linesOf = (text: string) => new Set(text.split('\n').filter(Boolean))

function* slices<T>(all: T[], most: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += most) yield all.slice(at, at + most)
}
