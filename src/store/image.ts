import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { threadId } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import type { Engine, Grip } from './engine.ts'

/** The first line of an image: what stands in it, and the sum by which it is known to be whole. */
interface Head<State> {
  /** Whatever must be the same for the image to be of use: the engine, the program, the ledger. */
  key: string
  grip: Grip
  state: State
  sum: number
}

/** Bytes that are read or written at a time. */
const chunk = 64 * 2 ** 20
/** Bytes of the first line. */
const longestHead = 65_536

/** An image that is not what was written. */
export class BrokenImage extends Error {}

/**
 * Writes the memory of an engine to a file, whole or not at all: it is written beside, and takes the place of the one before it when it is complete.
 */
export function writeImage<State>(file: string, engine: Engine, key: string, state: State): number {
  const memory = engine.memory()
  const head = { key, grip: engine.grip(), state }
  let sum = crc32(JSON.stringify(head))
  for (let at = 0; at < memory.length; at += chunk) sum = crc32(memory.subarray(at, at + chunk), sum)
  const beside = `${file}.${process.pid}.${threadId}`
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(beside, 'w')
  try {
    writeWhole(handle, Buffer.from(`${JSON.stringify({ ...head, sum } satisfies Head<State>)}\n`))
    for (let at = 0; at < memory.length; at += chunk) writeWhole(handle, memory.subarray(at, at + chunk))
    fsyncSync(handle)
    closeSync(handle)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  return memory.length
}

function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
}

/**
 * Takes up what an image holds. Returns its state; undefined where there is none, or one of another key. Throws `BrokenImage`, and deletes the file, where it
 * is not what was written: the engine is not to be used then.
 */
export function readImage<State>(file: string, engine: Engine, key: string): State | undefined {
  const handle = opened(file)
  if (handle === undefined) return undefined
  try {
    const {
      end,
      head: { sum, ...head },
    } = readHead<State>(handle)
    if (head.key !== key) return undefined
    let found = crc32(JSON.stringify(head))
    engine.become(head.grip, memory => {
      for (let at = 0; at < memory.length;) {
        const read = readSync(handle, memory, at, Math.min(chunk, memory.length - at), end + 1 + at)
        if (read === 0) break
        found = crc32(memory.subarray(at, at + read), found)
        at += read
      }
    })
    if (found !== sum) throw new Error('its sum is another')
    return head.state
  } catch (error) {
    rmSync(file, { force: true })
    throw new BrokenImage(`The image ${file} is broken`, { cause: error })
  } finally {
    closeSync(handle)
  }
}

function opened(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.isFile() && found.size > 0 ? openSync(file, 'r') : undefined
}

function readHead<State>(handle: number): { head: Head<State>; end: number } {
  const start = Buffer.alloc(longestHead)
  readSync(handle, start, 0, longestHead, 0)
  const end = start.indexOf(10)
  return { head: JSON.parse(start.toString('utf8', 0, end)) as Head<State>, end }
}

/** Bytes of the memory that an image of this key holds; 0 where there is none that says so. */
export function imageBytes(file: string, key: string): number {
  const handle = opened(file)
  if (handle === undefined) return 0
  try {
    const { head } = readHead(handle)
    return head.key === key ? head.grip.bytes : 0
  } catch {
    return 0
  } finally {
    closeSync(handle)
  }
}
