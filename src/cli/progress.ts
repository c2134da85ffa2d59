import { SingleBar } from 'cli-progress'
import type { CommonOptions, Context } from './context.ts'

/** Shows how far a run has come: a bar on a terminal, nothing elsewhere. */
export function progressBar(
  name: string,
  { err }: Pick<Context, 'err'>,
  { json, quiet }: Pick<CommonOptions, 'json' | 'quiet'>,
): { update(seen: number, expected: number | undefined): void; stop(): void } {
  if (json || quiet || !err.isTTY) return { update: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: `${name} {bar} {value}/{total} · {duration_formatted}`,
    stream: err,
    hideCursor: true,
    clearOnComplete: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    fps: 8,
  })
  let started = false
  return {
    update(seen, expected) {
      if (!started) bar.start(expected ?? seen, 0)
      started = true
      bar.setTotal(Math.max(expected ?? 0, seen))
      bar.update(seen)
    },
    stop: () => bar.stop(),
  }
}
