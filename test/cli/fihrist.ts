import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { program } from '../../src/cli/program.ts'

const root = join(import.meta.dirname, '../..')
/** The built command line. */
export const built = join(root, 'dist/cli/main.js')

export interface Ended {
  code: number | null
  out: string
  err: string
}
interface Options {
  cwd?: string
  env?: Record<string, string>
  input?: string
}

let before: Promise<unknown> = Promise.resolve()

/** Runs a command line to its end, in this process; one after the other, as each has a folder of its own to work in. */
export function fihrist(args: string[], options: Options = {}): Promise<Ended> {
  const ended = before.then(() => run(args, options))
  before = ended.catch(() => {})
  return ended
}

async function run(args: string[], { cwd = root, env = {}, input = '' }: Options): Promise<Ended> {
  const [out, err] = [new Collected(), new Collected()]
  const here = process.cwd()
  process.chdir(cwd)
  try {
    const outside = { env: { ...process.env, ...env }, out, err, unread: new AbortController().signal, input: () => Buffer.from(input) }
    const code = await program(['node', 'fihrist', ...args], outside)
    return { code, out: out.text, err: err.text }
  } finally {
    process.chdir(here)
  }
}

/** What a command writes, as a text. */
class Collected extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** Runs the built command line to its end, in a process of its own. */
export function spawned(args: string[], options: Options = {}): Promise<Ended> {
  const child = start(args, options)
  child.stdin!.end(options.input ?? '')
  return ended(child)
}

/** Starts a command, for a test to send it signals. */
export function begins(args: string[], options: Options = {}): { child: ChildProcess; end: Promise<Ended> } {
  const child = start(args, options)
  return { child, end: ended(child) }
}

const start = (args: string[], { cwd = root, env = {} }: Options): ChildProcess =>
  spawn(process.execPath, [built, ...args], { cwd, env: { ...process.env, ...env } })

/** A command that goes on. */
export interface Going {
  match: RegExpExecArray
  /** Asks it to end, or makes it. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
  /** The lines of its log so far. */
  log(): Record<string, unknown>[]
}

/** Starts a command that goes on, and waits for a line of its output. */
export async function starts(args: string[], line: RegExp, options: Options = {}): Promise<Going> {
  const { child, end } = begins(args, options)
  let out = ''
  let log = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
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
  writeSmallEdition(folder, sources, more)
  return folder
}

/** The files of such an edition. */
export function writeSmallEdition(folder: string, sources: Record<string, string>, more = ''): void {
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
}
