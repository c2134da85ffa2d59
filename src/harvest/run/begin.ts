import type { Source } from '../../config/sources.ts'
import { faultOf } from '../../ledger/file/faults.ts'
import { sourceMemory } from '../../ledger/sources/memory.ts'
import { Problem, sentence } from '../../problem.ts'
import type { Engine } from './engine.ts'
import type { Keeping, RunKeeper } from './keeper.ts'
import { startProgress, type Progress } from './progress.ts'
import { prepare, type RunOptions, type RunSetup } from './setup.ts'

/** A run under way: what is fixed of it, how far it has come, and where what it finds goes. */
export interface Run extends RunSetup {
  readonly progress: Progress
  readonly keeper: RunKeeper
}

export function begin(source: Source, engine: Engine, options: RunOptions, keeping: Keeping): Run {
  const memory = sourceMemory(engine.ledger, source.id)
  const setup = prepare(source, engine, options, memory, keeping.resumes)
  const progress = startProgress(setup, memory)
  return { ...setup, progress, keeper: keeping.open(setup, progress) }
}

/** One record could not be read. */
export function fail({ progress: { counts }, keeper }: Pick<Run, 'progress' | 'keeper'>, problem: Problem): void {
  counts.failed++
  keeper.problem(problem)
}

/** The source, or a part of it, could not be read: nothing is removed after such a run. */
export function lose({ source, options, progress, keeper }: Run, error: unknown): void {
  const problem = options.signal?.aborted ? interrupted(source) : error instanceof Problem ? error : (faultOf(error) ?? stopped(source, error))
  progress.lost ??= problem
  keeper.problem(problem)
}

const interrupted = ({ id }: Source) =>
  new Problem('interrupted', `The run of ${id} was interrupted. What it had read is kept: run it again to go on from here.`, { source: id })

const stopped = ({ id }: Source, error: unknown) =>
  new Problem('stopped', `The run of ${id} stopped: ${sentence(error)}. What it had read is kept; run it again.`, { source: id }, error)
