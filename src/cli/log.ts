import { Problem } from '../problem.ts'
import type { CommonOptions, Context } from './context.ts'
import { tell } from './context.ts'

/** One line of JSON on standard error, for whoever watches over a service; `--quiet` leaves the errors. */
export function log(context: Pick<Context, 'err'>, line: Record<string, unknown>, { quiet }: Pick<CommonOptions, 'quiet'> = {}): void {
  const { level = 'info', ...rest } = line
  if (!quiet || level === 'error') tell(context, JSON.stringify({ level, at: new Date().toISOString(), ...rest }))
}

/** A failure nobody foresaw; of one that was, its sentence. */
export const report = (context: Pick<Context, 'err'>, error: unknown): void =>
  log(context, {
    level: 'error',
    ...(error instanceof Problem ? { code: error.code, message: error.message } : { error: error instanceof Error ? error.stack : String(error) }),
  })
