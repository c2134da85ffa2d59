import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'dist/cli/main.js')

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the built command line to its end. */
export function fihrist(args: string[], options: { cwd?: string; env?: Record<string, string>; input?: string } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } })
  child.stdin.end(options.input ?? '')
  return ended(child)
}

/** Starts a command, for a test to send it signals. */
export function begins(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): { child: ChildProcess; end: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } })
  return { child, end: ended(child) }
}

/** A command that goes on. */
export interface Going {
  match: RegExpExecArray
  /** Asks it to end, or makes it. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
  /** The lines of its log so far. */
  log(): Record<string, unknown>[]
}

/** Starts a command that goes on, and waits for a line of its output. */
export async function starts(args: string[], line: RegExp, options: { cwd?: string; env?: Record<string, string> } = {}): Promise<Going> {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } })
  const end = ended(child)
  let out = ''
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = line.exec(out)
      if (found) resolve(found)
    })
    void end.then(({ code, out: said, err }) => reject(new Error(`ended with ${code} before it said ${line}: ${said}${err}`)))
  })
  return {
    match,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return end
    },
    log: () =>
      log
        .split('\n')
        .filter(text => text.startsWith('{'))
        .map(text => JSON.parse(text) as Record<string, unknown>),
  }
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

/** A folder of one edition with the given files; it is gone after the test. */
export function edition(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'demo/catalogue.yaml'), join(folder, 'catalogue.yaml'))
  for (const part of ['harvesters', 'inventory']) cpSync(join(root, 'demo', part), join(folder, part), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  return folder
}

/** A folder of an edition that asks little of each record; `sources` are its files of harvesters/. It is gone after the test. */
export function smallEdition(sources: Record<string, string>, more = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'harvesters'))
  writeFileSync(
    join(folder, 'catalogue.yaml'),
    `base: https://catalogue.example.ma
title: { fr: Essai, ar: تجربة, en: Trial }
publisher: add
languages: [fr, ar, en]
profiles: [admission]
http: { allowAddresses: ["127.0.0.0/8"] }
limits: { delayMs: 0, timeoutS: 20 }
store: { kind: oxigraph, replicas: 1 }
${more}`,
  )
  for (const [id, text] of Object.entries(sources)) writeFileSync(join(folder, `harvesters/${id}.yaml`), text)
  return folder
}
