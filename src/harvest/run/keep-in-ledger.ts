import { lockSource } from '../../ledger/file/lock.ts'
import { pack } from '../../ledger/file/pack.ts'
import { commit } from '../../ledger/records/commit.ts'
import { reindexFilled } from '../../ledger/records/reindex.ts'
import { settleRemovals } from '../../ledger/records/removal.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { seeAgain } from '../../ledger/records/sightings.ts'
import { forgetPages, keepPage, touchPage } from '../../ledger/runs/pages.ts'
import { writeProblem } from '../../ledger/runs/problems.ts'
import { startRun, writeRun } from '../../ledger/runs/runs.ts'
import { rememberSource } from '../../ledger/sources/memory.ts'
import { rankSources } from '../../ledger/sources/priorities.ts'
import { prune } from '../../ledger/sources/prune.ts'
import type { Problem } from '../../problem.ts'
import { lines } from '../../rdf/serialise.ts'
import type { Keeping, RunKeeper } from './keeper.ts'
import type { Progress } from './progress.ts'
import { mostProblems } from './report.ts'
import { rewrite } from './rewrite.ts'
import type { RunSetup } from './setup.ts'

/** What a run brings goes into the ledger. */
export const keepInLedger: Keeping = { lock: lockSource, resumes: true, open }

function open({ source, engine, options, started, since, continues, mappingDigest, held }: RunSetup, progress: Progress): RunKeeper {
  const { ledger, catalogue, vocabulary, judgingDigest } = engine
  const now = () => engine.now().toISOString()
  const { counts, ids } = progress
  rankSources(ledger, [source], now())
  const run = startRun(ledger, source.id, {
    mode: options.only !== undefined ? 'record' : since ? 'incremental' : 'full',
    started: started.toISOString(),
    fingerprint: mappingDigest,
    continues: continues ?? null,
    record: options.only ?? null,
  })
  const allJudged = () => rememberSource(ledger, source.id, { rules: judgingDigest })
  // Nothing is held that could have been judged by other rules; this has to be known even where this run is interrupted.
  if (held === 0) allJudged()

  const problems: Problem[] = []
  const problem = (each: Problem) => {
    // In memory only the first of them, so that a source of broken records costs no more.
    if (problems.length < mostProblems) problems.push(each)
    writeProblem(ledger, run, each)
  }
  let pages = 0
  return {
    run,
    problems,
    problem,
    rejudged: rewrite(engine, problem),
    allJudged,
    entries: (entries, seen) => {
      const revision = commit(ledger, run, now(), entries, seen)
      reindexFilled(ledger, vocabulary, catalogue.base)
      for (const { id } of entries) ids.release(id)
      writeRun(ledger, run, counts, revision)
      ledger.shortenLog()
    },
    catalogue: statements => rememberSource(ledger, source.id, { catalogue: pack(lines(statements, false)) }),
    page: (answered, body) => keepPage(ledger, source.id, pages++, body, { ...answered, run, at: now() }),
    samePage: address => touchPage(ledger, source.id, pages++, address, run),
    seenAgain: earlier => seeAgain(ledger, source.id, earlier, run, now()),
    removals: (gone, accept) => settleRemovals(ledger, run, { source: source.id, at: now(), rules: source.removal, accept, gone }),
    end: state => {
      const at = now()
      reindexFilled(ledger, vocabulary, catalogue.base)
      const mode = progress.readAll ? 'full' : 'incremental'
      const ofAll = options.only === undefined
      if (state === 'complete' && ofAll) {
        rememberSource(ledger, source.id, memoryOf(progress, started, at))
        forgetPages(ledger, source.id, run, mode)
      }
      writeRun(ledger, run, counts, currentRevision(ledger), { state, at, broken: progress.broken, mode: ofAll ? mode : undefined })
      if (state === 'complete') prune(ledger, source.id, catalogue.retention, at)
    },
  }
}

/** What the next run goes on from. Where a new key may be that of a record we hold, it has to read everything. */
function memoryOf({ newest, readAll, undecided, notes: { next } }: Progress, started: Date, at: string) {
  return {
    // A date in the future would hide every change until then.
    ...(newest && { watermark: [newest, started.toISOString()].sort()[0]! }),
    ...(readAll && { last_full: at }),
    ...(undecided > 0 && { last_full: null }),
    ...(next !== undefined && { notes: JSON.stringify(next) }),
  }
}
