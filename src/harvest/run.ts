import type { Source } from '../config/sources.ts'
import { commit, currentRevision, type Admission, type Entry, type Seen } from '../ledger/commit.ts'
import { pack } from '../ledger/pack.ts'
import { selectRecords, type RecordRow } from '../ledger/records.ts'
import { settleRemovals } from '../ledger/removal.ts'
import { noCounts, rememberSource, sourceMemory, startRun, writeProblem, writeRun, type Counts, type RunState } from '../ledger/runs.ts'
import { summarise } from '../ledger/summary.ts'
import { normalise } from '../normalise/steps.ts'
import { Problem, sentence } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import { slug } from '../rdf/iri.ts'
import { lines } from '../rdf/serialise.ts'
import { namedNode, type Graph, type Quad } from '../rdf/terms.ts'
import { rating } from '../validate/quality.ts'
import type { Checked } from '../validate/validate.ts'
import { defaultsOf, type Engine } from './engine.ts'
import { politeFetch, type Fetch } from './fetch.ts'
import type { HarvestedRecord } from './protocol.ts'
import { protocols } from './protocols/index.ts'

export interface RunOptions {
  /** Ask for everything, even where the portal could say what changed. */
  full?: boolean
  /** A person's word that what is gone may go, however much it is. */
  acceptRemovals?: boolean
  /** Read, map and validate; keep nothing. */
  dryRun?: boolean
  progress?: (seen: number, expected: number | undefined) => void
  fetch?: Fetch
  signal?: AbortSignal
}

/** What a run leaves: its state, its counts, its problems. */
export interface Report extends Counts {
  source: string
  run: number
  state: RunState
  durationMs: number
  revision: number
  problems: Problem[]
  /** Ids that are gone from the portal: marked missing, removed, or waiting for a word (`held`). */
  gone: string[]
}

/** Records that are validated and committed together. */
const batchSize = 100

/** One harvest of one source: fetch → map → normalise → digest → validate → commit, one page and one batch in memory. */
export async function run(source: Source, engine: Engine, options: RunOptions = {}): Promise<Report> {
  const started = new Date()
  const at = started.toISOString()
  const { ledger, catalogue } = engine
  const before = sourceMemory(ledger, source.id)
  const incremental = !options.full && !options.dryRun && before.watermark !== null && before.last_full !== null && !fullRunDue(source, before.last_full, started)
  const id = options.dryRun ? 0 : startRun(ledger, source.id, incremental ? 'incremental' : 'full', at)
  const state: State = { id, at, source, engine, options, counts: noCounts(), problems: [], batch: new Map(), seen: new Map(), names: new Set(), fingerprint: fingerprint(source, engine), newest: before.watermark ?? '', readAll: !incremental, expected: undefined, writing: Promise.resolve() }
  const held = ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed'`, source.id)!.c
  let lost: Problem | undefined
  try {
    const defaults = defaultsOf(source, catalogue, engine.vocabulary)
    const stream = protocols[source.protocol]!.harvest(source, {
      fetch: options.fetch ?? politeFetch(source.limits, catalogue.http, options.signal),
      base: catalogue.base, known: held, expect: total => { state.expected = total },
      ...(incremental && { since: before.watermark! }),
    })
    for await (const harvested of stream) {
      if ('unchanged' in harvested) {
        state.counts.seen += harvested.unchanged
        state.counts.unchanged += harvested.unchanged
        state.readAll = false
      } else if ('catalogue' in harvested) {
        if (!options.dryRun) rememberSource(ledger, source.id, { catalogue: pack(lines(harvested.catalogue, false)) })
      } else if ('problem' in harvested) {
        fail(state, harvested.problem)
        keep(state, harvested.key)
      }
      else await take(state, harvested, defaults)
    }
  } catch (error) {
    lost = error instanceof Problem ? error : new Problem('bad-record', `The run of ${source.id} stopped: ${sentence(error)}.`, { source: source.id }, error)
    if (!(error instanceof Problem)) lost.stack = (error as Error).stack ?? lost.stack!
    note(state, lost)
  }
  await flush(state)
  await state.writing
  return finish(state, lost, started)
}

interface State {
  id: number
  at: string
  source: Source
  engine: Engine
  options: RunOptions
  counts: Counts
  problems: Problem[]
  /** By key: what waits to be validated and committed. */
  batch: Map<string, Draft>
  /** By record: what was seen again and only needs its mark. */
  seen: Map<number, Seen>
  /** Ids minted in this batch and not yet in the ledger. */
  names: Set<string>
  fingerprint: string
  newest: string
  /** Every record of the source passes by: what does not is gone. */
  readAll: boolean
  expected: number | undefined
  writing: Promise<void>
}

type Draft = Omit<Entry, 'admission' | 'findings' | 'measurements' | 'score' | 'summary'> & { known: RecordRow | undefined, triples: Graph }
type Defaults = ReturnType<typeof defaultsOf>

function fullRunDue(source: Source, last: string, now: Date): boolean {
  const days = (source.options as { fullEveryDays?: number }).fullEveryDays ?? 0
  return now.getTime() - Date.parse(last) > days * 86_400_000
}

const fingerprint = (source: Source, { means }: Engine) => digest(`${means} ${source.protocol} ${source.language} ${source.publisher} ${source.licence} ${JSON.stringify(source.options)}`)

async function take(state: State, harvested: HarvestedRecord, defaults: Defaults): Promise<void> {
  const { counts, source, engine: { ledger } } = state
  const { key, payload } = harvested
  counts.seen++
  state.options.progress?.(counts.seen, state.expected)
  if (harvested.modified && harvested.modified > state.newest) state.newest = harvested.modified
  const known = selectRecords(ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  const seenBefore = state.batch.has(key) || (known && ledger.get<{ seen_run: number }>('SELECT seen_run FROM record WHERE n = ?', known.n)!.seen_run === state.id) || (known && state.seen.has(known.n))
  if (seenBefore) return fail(state, new Problem('duplicate-id', `The portal gives the identifier ${key} to two records: the first is kept. Give each dataset its own.`, { record: key }))
  const payloadDigest = digest(`${state.fingerprint}\n${payload.body}`)
  const digests = known && ledger.get<{ payload_digest: string, graph_digest: string }>('SELECT payload_digest, graph_digest FROM record WHERE n = ?', known.n)
  if (known && digests?.payload_digest === payloadDigest) return unchanged(state, { n: known.n })
  try {
    const entry = map(state, harvested, known, payloadDigest, defaults)
    if (known && digests?.graph_digest === entry.graph.digest) return unchanged(state, { n: known.n, payload: entry.payload })
    state.batch.set(key, entry)
    if (state.batch.size >= batchSize) await flush(state)
  } catch (error) {
    fail(state, error instanceof Problem ? error : new Problem('bad-record', `The record ${key} cannot be mapped: ${sentence(error)}.`, { record: key, excerpt: payload.body.slice(0, 300) }, error))
    keep(state, key)
  }
}

/** What cannot be read today is not gone: what is held of it stays. */
function keep({ seen, source, engine }: State, key: string | undefined): void {
  const known = key === undefined ? undefined : selectRecords(engine.ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  if (known && known.admission !== 'removed') seen.set(known.n, { n: known.n })
}

function unchanged(state: State, seen: Seen): Promise<void> | void {
  state.counts.unchanged++
  state.seen.set(seen.n, seen)
  if (state.seen.size >= batchSize * 10) return flush(state)
}

/** Payload → triples in the words of DCAT-AP, with its digest. */
function map(state: State, harvested: HarvestedRecord, known: RecordRow | undefined, payloadDigest: string, defaults: Defaults): Draft {
  const { source, engine: { catalogue: { base }, vocabulary } } = state
  const id = known?.id ?? mintId(state, harvested)
  const record = `${base}/record/${id}`
  const mapped = harvested.map({ base, record, dataset: `${base}/dataset/${id}` })
  const draft = normalise({ graph: mapped.graph, dataset: mapped.dataset, record, base, defaults, vocabulary, repairs: [...(mapped.repairs ?? [])] })
  const text = lines([...draft.graph] as Quad[], false)
  return {
    source: source.id, key: harvested.key, id, dataset: mapped.dataset.value, known, triples: draft.graph, repairs: draft.repairs,
    payload: { digest: payloadDigest, ...harvested.payload }, graph: { digest: digest(text), text },
    ...(harvested.modified && { portalModified: harvested.modified }),
  }
}

/** A readable id that no other record has. */
function mintId(state: State, { key, name }: HarvestedRecord): string {
  const { source, engine: { ledger } } = state
  const short = digest(key).replace(/[^a-zA-Z0-9]/g, '').toLowerCase().slice(0, 8)
  const readable = slug(name ?? key)
  const taken = (id: string) => state.names.has(id) || ledger.get('SELECT 1 FROM record WHERE id = ?', id) !== undefined
  const id = [`${source.id}-${readable || short}`, `${source.id}-${readable || 'r'}-${short}`].find(each => !taken(each)) ?? `${source.id}-${digest(key + Date.now()).toLowerCase().replace(/[^a-z0-9]/g, '')}`
  state.names.add(id)
  return id
}

/** Hands the batch to validation and, when the batch before it is written, to the ledger; the next page is read meanwhile. */
async function flush(state: State): Promise<void> {
  const drafts = [...state.batch.values()]
  const seen = [...state.seen.values()]
  state.batch = new Map()
  state.seen = new Map()
  if (drafts.length === 0 && seen.length === 0) return
  const checking = check(state, drafts)
  await state.writing
  state.writing = checking.then(checked => write(state, drafts, checked, seen))
  // It is awaited before the next batch is written; until then nobody else looks at it.
  state.writing.catch(() => {})
}

/** Half a batch for each worker. */
async function check({ engine: { validation } }: State, drafts: Draft[]): Promise<Checked[]> {
  const part = Math.max(10, Math.ceil(drafts.length / 4))
  const parts = Array.from({ length: Math.ceil(drafts.length / part) }, (_, at) => drafts.slice(at * part, (at + 1) * part))
  return (await Promise.all(parts.map(each => validation.check(each.map(({ dataset, graph: { text } }) => ({ dataset, graph: text })))))).flat()
}

function write(state: State, drafts: Draft[], checked: Checked[], seen: Seen[]): void {
  const { counts, engine: { catalogue, ledger, vocabulary } } = state
  const entries = drafts.map(({ known, triples, ...draft }, at): Entry => {
    const { findings, quality } = checked[at]!
    const admission: Admission = findings.some(finding => finding.severity === 'violation' && catalogue.blocking.includes(finding.profile)) ? 'quarantined' : 'published'
    counts[known && known.admission !== 'removed' ? 'updated' : 'added']++
    counts.repairs += draft.repairs.length
    if (admission === 'quarantined') counts.quarantined++
    return { ...draft, admission, findings, measurements: quality.measurements, score: quality.score, summary: summarise(triples, namedNode(draft.dataset), draft.source, rating(quality.score), vocabulary, catalogue.base) }
  })
  if (state.options.dryRun) return
  const revision = commit(ledger, state.id, new Date().toISOString(), entries, seen)
  writeRun(ledger, state.id, counts, revision)
}

function fail(state: State, problem: Problem): void {
  state.counts.failed++
  note(state, problem)
}

/** Problems are kept in the ledger; in memory only the first of them, so that a source of broken records costs no more. */
function note(state: State, problem: Problem): void {
  if (state.problems.length < 200) state.problems.push(problem)
  if (!state.options.dryRun) writeProblem(state.engine.ledger, state.id, problem)
}

function finish(state: State, lost: Problem | undefined, started: Date): Report {
  const { counts, engine: { ledger }, source, options, id } = state
  let result: RunState = lost ? (counts.seen > 0 ? 'partial' : 'failed') : 'complete'
  let gone: string[] = []
  if (result === 'complete' && state.readAll && !options.dryRun) {
    const settled = settleRemovals(ledger, source.id, id, new Date().toISOString(), source.removal, options.acceptRemovals ?? false)
    gone = [...settled.missing, ...settled.removed]
    if (settled.held) {
      result = 'held'
      note(state, new Problem('held', `${settled.missing.length} of ${settled.known} records of ${source.id} are no longer at the portal, more than the threshold of ${source.removal.threshold * 100} %: none was touched. If that is right, run: fihrist harvest ${source.id} --accept-removals`, { source: source.id }))
    } else {
      counts.missing += settled.missing.length
      counts.removed += settled.removed.length
    }
  }
  const revision = currentRevision(ledger)
  const at = new Date().toISOString()
  if (!options.dryRun) {
    if (result === 'complete') rememberSource(ledger, source.id, { ...(state.newest && { watermark: state.newest }), ...(state.readAll && { last_full: at }) })
    writeRun(ledger, id, counts, revision, { state: result, at })
  }
  return { ...counts, source: source.id, run: id, state: result, durationMs: Date.now() - started.getTime(), revision, problems: state.problems, gone }
}
