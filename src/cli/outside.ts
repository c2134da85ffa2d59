import { readFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { unwritable } from '../problem.ts'
import type { Outside } from './context.ts'

/**
 * The process, as commands see it. A reader that has had enough (`| head`) is no failure: what it does not read is not written, and the exit code says
 * what it would have said. So a pipe is safe under `set -o pipefail`, where a reader that fails says so by its own exit code.
 */
export function processOutside(): Outside {
  const closed = new AbortController()
  process.stdout.on('error', () => closed.abort())
  // Who cannot be told anything is told nothing.
  process.stderr.on('error', () => {})
  return { env: process.env, out: process.stdout, err: process.stderr, unread: closed.signal, input: () => readFileSync(0) }
}

/** Writes a piece of something long, and waits until it is written; false where nobody reads on. Throws `configuration` where it cannot be written. */
export async function written(stream: Writable, piece: string, name = standard): Promise<boolean> {
  const error = await new Promise<Error | null | undefined>(resolve => stream.write(piece, resolve))
  if (error && !isUnread(error)) throw unwritable(name, error)
  return !error
}

/** Waits until all is written. Throws `configuration` where it cannot be; that nobody reads it is no reason. */
export async function allWritten(stream: Writable): Promise<void> {
  if (!stream.errored) await new Promise(resolve => stream.write('', resolve))
  if (stream.errored && !isUnread(stream.errored)) throw unwritable(standard, stream.errored)
}

const standard = 'Standard output'
const isUnread = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'
