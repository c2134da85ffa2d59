import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Grouped } from './grouped.ts'

/** Milliseconds for which a verdict is kept for who has its link. */
export const keptMs = 86_400_000
/** Verdicts, and bytes of all of them, that are kept at most; the oldest go first. */
const [most, mostBytes] = [500, 50e6]

const folderOf = (data: string) => join(data, 'verdicts')
const fileOf = (data: string, key: string) => join(folderOf(data), `${key}.json`)

/** Keeps a verdict for a day, and returns the key that leads to it: nobody finds it who was not given it. */
export function keepVerdict(data: string, verdict: Grouped, now = Date.now()): string {
  mkdirSync(folderOf(data), { recursive: true })
  const key = randomBytes(16).toString('base64url')
  const text = JSON.stringify(verdict)
  letGo(data, now, text.length)
  writeFileSync(`${fileOf(data, key)}.part`, text)
  renameSync(`${fileOf(data, key)}.part`, fileOf(data, key))
  return key
}

/** A verdict that is kept; undefined for a key that leads to none, or none any more. */
export function keptVerdict(data: string, key: string, now = Date.now()): Grouped | undefined {
  if (!/^[\w-]{22}$/.test(key)) return undefined
  try {
    const verdict = JSON.parse(readFileSync(fileOf(data, key), 'utf8')) as Grouped
    return now - Date.parse(verdict.at) < keptMs ? verdict : undefined
  } catch {
    return undefined
  }
}

/** Makes room: what is older than a day goes, and the oldest where there are too many. */
function letGo(data: string, now: number, coming: number): void {
  const files = readdirSync(folderOf(data)).map(name => ({ file: join(folderOf(data), name), ...statOf(join(folderOf(data), name)) }))
  let [count, bytes] = [1, coming]
  for (const { file, size, mtimeMs } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    count++
    bytes += size
    if (now - mtimeMs >= keptMs || count > most || bytes > mostBytes) rmSync(file, { force: true })
  }
}

const statOf = (file: string) => {
  const { size = 0, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
  return { size, mtimeMs }
}
