import { readFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { Problem, sentence } from '../problem.ts'
import type { Outside } from './context.ts'

/**
 * The process, as commands see it. A reader that has had enough (`| head`) is no failure: what it does not read is not written, and the exit code says
 * what it would have said. So a pipe is safe under `set -o pipefail`, where a reader that fails says so by its own exit code.
 */
export function processOutside(): Outside {
  const closed = new AbortController()
  process.stdout.on('error', (error: NodeJS.ErrnoException) => closed.abort(error.code === 'EPIPE' ? undefined : unwritable('Standard output', error)))
  // Who cannot be told anything is told nothing.
  process.stderr.on('error', () => {})
  return { env: process.env, out: process.stdout, err: process.stderr, unread: closed.signal, input: () => readFileSync(0) }
}

/** Writes a piece of something long, and waits until it is written; false where nobody reads on. Throws `configuration` where it cannot be written. */
export async function written(stream: Writable, piece: string, name = 'Standard output'): Promise<boolean> {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>(resolve => stream.write(piece, resolve))
  if (error && !['EPIPE', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) throw unwritable(name, error)
  return !error
}

export const unwritable = (name: string, error: unknown): Problem => new Problem('configuration', `${name} cannot be written: ${sentence(error)}.`, {}, error)
