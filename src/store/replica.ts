import { lastJudged } from '../ledger/records/judged.ts'
import { currentRevision, momentOf } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import type { Engine } from './engine.ts'
import { changesSince, overviewGraphs, type Change } from './follower.ts'
import { levelOf, qualitySince } from './judged.ts'

/** How far a copy has come. */
export interface Standing {
  revision: number
  /** When that revision was written: another ledger may count alike. */
  at: string
  /** Of the runs and of the revision that the graphs about the whole tell of. */
  runs: string
  overview: number
  /** The mark of the last judgement, and the revision, that the quality graph tells of. */
  judged: number
  judgedAt: number
  /** How much of what is measured the quality graph holds. */
  level: string
  /** Digest of the reference lists that it holds. */
  vocabulary: string
  /** Records that were written, and written in the place of others: what those were is kept by the engine, unseen. */
  records: number
  replaced: number
}

const nothing = (): Standing => ({ revision: 0, at: '', runs: '', overview: -1, judged: 0, judgedAt: 0, level: '', vocabulary: '', records: 0, replaced: 0 })

/** Without a transaction a load takes half the time, and the engine reserves 160 MB once for it: that is for catalogues of more records than these. */
const manyRecords = 2000

/** One copy of what is published, in an engine: what it held before, and how it follows the ledger. `pause` is called between two graphs. */
export function openReplica(engine: Engine, publication: Publication, held: Standing = nothing(), pause: () => void = () => {}) {
  const { ledger, vocabulary } = publication
  const { namedNode } = engine.oxigraph
  const lists = vocabulary.index.digest
  const standing = { ...held }
  let overviewAt = 0

  const load = (text: string, name: string) => {
    const no_transaction = standing.records > manyRecords
    if (text) engine.store.load(text, { format: 'application/n-triples', to_graph_name: namedNode(name), no_transaction, lenient: true })
  }

  const replace = ({ graph: name, text }: Change, fresh: boolean) => {
    pause()
    if (!fresh) engine.store.update(`DROP SILENT GRAPH <${name}>`)
    load(text ?? '', name)
  }

  /** Makes a small graph what it should be by the lines in which it differs. */
  const amend = ({ graph: name, text = '' }: Change) => {
    const wanted = linesOf(text)
    const now = linesOf(engine.store.dump({ format: 'application/n-triples', from_graph_name: namedNode(name) }))
    const gone = [...now.difference(wanted)]
    if (gone.length > 0) engine.store.update(`DELETE DATA { GRAPH <${name}> { ${gone.join('\n')} } }`)
    load([...wanted.difference(now)].join('\n'), name)
  }

  /** Writes what is said of records anew: of most nothing is. */
  const followJudgements = () => {
    const mark = lastJudged(ledger)
    const level = levelOf(publication)
    // A catalogue that outgrew what the store bears is written over.
    const judged = standing.level !== '' && standing.level !== level ? -1 : standing.judged
    for (const { graph: name, update, text } of qualitySince(publication, { revision: standing.judgedAt, judged }, level)) {
      pause()
      if (update) engine.store.update(update)
      load(text, name)
    }
    Object.assign(standing, { judged: mark, judgedAt: standing.revision, level })
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
        const stale = runs !== standing.runs || standing.overview !== revision || standing.vocabulary !== lists || standing.judged !== lastJudged(ledger)
        if (!stale || !(now || quiet || standing.overview < 0 || Date.now() - overviewAt > 30_000)) return
        for (const change of overviewGraphs(publication, revision, standing.vocabulary !== lists)) {
          pause()
          amend(change)
        }
        followJudgements()
        Object.assign(standing, { runs, overview: revision, vocabulary: lists })
        overviewAt = Date.now()
      } finally {
        letGo()
      }
    },
  }
}

const linesOf = (text: string) => new Set(text.split('\n').filter(Boolean))
