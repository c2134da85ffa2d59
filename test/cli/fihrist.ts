import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'dist/cli/main.js')

export interface Ended { code: number | null, out: string, err: string }

/** Runs the built command line to its end. */
export function fihrist(args: string[], options: { cwd?: string, env?: Record<string, string>, input?: string } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } })
  child.stdin.end(options.input ?? '')
  return ended(child)
}

/** Starts a command that goes on, and waits for a line of its output. */
export async function starts(args: string[], line: RegExp, options: { cwd?: string, env?: Record<string, string> } = {}): Promise<{ match: RegExpExecArray, stop(): Promise<Ended> }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } })
  const end = ended(child)
  let out = ''
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = line.exec(out)
      if (found) resolve(found)
    })
    void end.then(({ code, out: said, err }) => reject(new Error(`ended with ${code} before it said ${line}: ${said}${err}`)))
  })
  return { match, stop: () => { child.kill('SIGTERM'); return end } }
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => { out += chunk.toString() })
  child.stderr?.on('data', (chunk: Buffer) => { err += chunk.toString() })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

/** A folder of one edition with the given files; it is gone after the test. */
export function edition(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'demo/catalogue.yaml'), join(folder, 'catalogue.yaml'))
  cpSync(join(root, 'demo/harvesters'), join(folder, 'harvesters'), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  return folder
}
