import type { CommonOptions } from './context.ts'

/** One line of JSON on standard error, for whoever watches over a service; `--quiet` leaves the errors. */
export function log(line: Record<string, unknown>, { quiet }: Pick<CommonOptions, 'quiet'> = {}): void {
  const { level = 'info', ...rest } = line
  if (!quiet || level === 'error') process.stderr.write(`${JSON.stringify({ level, at: new Date().toISOString(), ...rest })}\n`)
}

/** A failure nobody foresaw. */
export const report = (error: unknown): void => log({ level: 'error', error: error instanceof Error ? error.stack : String(error) })
