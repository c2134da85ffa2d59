import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { nodeFlags, root } from '../../files.ts'
import type { RunState } from '../../ledger/runs/runs.ts'

/** How a run in a process of its own ended. */
export interface Ended {
  state: Exclude<RunState, 'running'>
  /** Null where it did not begin. */
  run: number | null
  /** Codes of its problems. */
  problems: string[]
  /** What it wrote to its log. */
  said: string
  /** What it says of itself, whole: of a dry run, what it would bring. */
  told?: Record<string, unknown>
}

export interface Child {
  ended: Promise<Ended>
  stop(): void
}

/** How far a run stands back where the processor is short (`nice`): readers go before harvests. */
export const standsBack = 10

/** Milliseconds that a run has to stop when it is asked to; then it is killed. */
const killedAfterMs = 20_000

/**
 * Runs the command line in a process of its own: a run that dies or eats memory takes no page with it. `ended` never rejects. Ctrl-C on a terminal
 * does not reach it: who started it stops it.
 */
export function startChild(args: string[]): Child {
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'dist/cli/main.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  if (child.pid !== undefined) setPriority(child.pid, standsBack)
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const ended = new Promise<Ended>(resolve => {
    child.once('error', error => resolve(endOf('', error.message)))
    child.once('close', (_code, signal) => resolve(endOf(out, signal ? `${said}ended by ${signal}` : said)))
  })
  return {
    ended,
    stop: () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), killedAfterMs)
      void ended.then(() => clearTimeout(timer))
    },
  }
}

/** What `harvest --json` of one source said. */
function endOf(out: string, said: string): Ended {
  try {
    const [run] = (JSON.parse(out) as { runs: ({ run: number; state: Ended['state']; problems: { code: string }[] } & Record<string, unknown>)[] }).runs
    if (run) return { state: run.state, run: run.run || null, problems: [...new Set(run.problems.map(({ code }) => code))], said: said.trim(), told: run }
  } catch {
    // It ended before it could say anything: `said` tells why.
  }
  return { state: 'failed', run: null, problems: [], said: said.trim() }
}
