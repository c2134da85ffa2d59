import { execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { nodeFlags, root } from '../src/files.ts'
import { writeEdition } from './edition.ts'

/**
 * This checkout beside a former commit, in one run: `npm run bench:against [COMMIT|FOLDER] [datasets] [rounds]`. The commit is checked out into a temporary
 * folder and installed there, a folder holds one that is built already; both harvest the same generated portal in turn, first into an empty ledger and then
 * once more, so that what else the machine does meets both alike. Prints each pair and the median of the ratios.
 */
const [commit = '5e576fe', datasets = '6000', rounds = '3'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'fihrist-against-'))
const built = existsSync(join(commit, 'dist'))
const before = built ? resolve(commit) : join(folder, 'before')
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })

try {
  if (!built) install()
  await compare()
} finally {
  if (!built) git('worktree', 'remove', '--force', before)
  rmSync(folder, { recursive: true, force: true })
}

function install(): void {
  git('worktree', 'add', '--detach', before, commit)
  console.log(`installing ${git('log', '-1', '--format=%h %s', commit).trim()}`)
  // The name `node` of the older checkout may not stand in the way of the one that runs this.
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: before, stdio: ['ignore', 'ignore', 'inherit'] })
}

interface Measured {
  seconds: number
  cpu: number
  peakMB: number
}

async function compare(): Promise<void> {
  const portal = fork(new URL('./portal.ts', import.meta.url), [datasets])
  const [port] = (await once(portal, 'message')) as [number]
  const { file } = writeEdition(folder, port)
  const ratios: Record<string, number[]> = { 'first run': [], unchanged: [] }
  for (let round = 1; round <= Number(rounds); round++) {
    const [then, now] = [join(folder, `then-${round}`), join(folder, `now-${round}`)]
    for (const what of Object.keys(ratios)) {
      const [old, own] = [await harvest(before, file, then), await harvest(root, file, now)]
      ratios[what]!.push(old.seconds / own.seconds)
      console.log(
        `${what.padEnd(10)} round ${round}  ${commit} ${told(old)}  here ${told(own)}  ratio ${(old.seconds / own.seconds).toFixed(2)}  of CPU ` +
          `${(old.cpu / own.cpu).toFixed(2)}`,
      )
    }
    for (const data of [then, now]) rmSync(data, { recursive: true, force: true })
  }
  for (const [what, all] of Object.entries(ratios)) console.log(`${what.padEnd(10)} median ratio ${all.toSorted((a, b) => a - b)[all.length >> 1]!.toFixed(2)}`)
  portal.kill()
}

function told({ seconds, cpu, peakMB }: Measured): string {
  return `${(Number(datasets) / seconds).toFixed(0).padStart(6)}/s cpu ${cpu.toFixed(1).padStart(5)} s peak ${peakMB.toFixed(0).padStart(4)} MB`
}

async function harvest(checkout: string, file: string, data: string): Promise<Measured> {
  const usage = join(folder, 'usage.json')
  const started = performance.now()
  const flags = [...nodeFlags, '--import', new URL('./usage.mjs', import.meta.url).href]
  const child = spawn(process.execPath, [...flags, join(checkout, 'dist/cli/main.js'), 'harvest', '--json', '--catalogue', file, '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_USAGE: usage },
  })
  const [text] = await Promise.all([child.stdout.setEncoding('utf8').toArray(), once(child, 'exit')])
  const seconds = (performance.now() - started) / 1000
  const [run] = (JSON.parse(text.join('')) as { runs: { state: string; seen: number }[] }).runs
  if (run?.state !== 'complete' || run.seen !== Number(datasets)) throw new Error(`${checkout}: ${JSON.stringify(run)}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1000 }
}
