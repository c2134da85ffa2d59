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
  /** The blocks of memory that hold anything, a bit for each (base64): those that follow the first line. */
  blocks: string
  sum: number
}

/** Bytes of a block. Most of a young engine's memory was reserved and never written: what is empty is not kept, and costs a copy that takes it up nothing. */
const block = 2 ** 20
const emptyBlock = new Uint8Array(block)
/** Bytes of the first line. */
const longestHead = 65_536

/** An image that is not what was written. */
export class BrokenImage extends Error {}

/**
 * Writes the memory of an engine to a file, whole or not at all: it is written beside, and takes the place of the one before it when it is complete.
 */
export function writeImage<State>(file: string, engine: Engine, key: string, state: State): number {
  const memory = engine.memory()
  const kept = [...blocksOf(memory)].map(bytes => !isEmpty(bytes))
  const head = { key, grip: engine.grip(), state, blocks: bitsOf(kept).toString('base64') }
  const held = () => blocksOf(memory, kept)
  let sum = crc32(JSON.stringify(head))
  for (const bytes of held()) sum = crc32(bytes, sum)
  const beside = `${file}.${process.pid}.${threadId}`
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(beside, 'w')
  try {
    writeWhole(handle, Buffer.from(`${JSON.stringify({ ...head, sum } satisfies Head<State>)}\n`))
    for (const bytes of held()) writeWhole(handle, bytes)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  return memory.length
}

/** Memory block by block, or those blocks alone that are kept. */
function* blocksOf(memory: Uint8Array, kept?: boolean[]): Generator<Uint8Array> {
  for (let at = 0; at * block < memory.length; at++) if (kept?.[at] ?? true) yield memory.subarray(at * block, (at + 1) * block)
}

const isEmpty = (bytes: Uint8Array): boolean => Buffer.compare(bytes, emptyBlock.subarray(0, bytes.length)) === 0

function bitsOf(kept: boolean[]): Buffer {
  const bits = Buffer.alloc(Math.ceil(kept.length / 8))
  for (const [at, isKept] of kept.entries()) if (isKept) bits[at >> 3]! |= 1 << (at & 7)
  return bits
}

const isSet = (bits: Uint8Array, at: number): boolean => (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1

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
    const kept = Buffer.from(head.blocks, 'base64')
    let [found, place] = [crc32(JSON.stringify(head)), end + 1]
    engine.become(head.grip, (memory, written) => {
      for (const [at, bytes] of [...blocksOf(memory)].entries()) {
        if (isSet(kept, at)) {
          const read = readSync(handle, bytes, 0, bytes.length, place)
          if (read < bytes.length) break
          found = crc32(bytes, found)
          place += read
        } else if (at * block < written && !isEmpty(bytes)) bytes.fill(0)
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
