import pino, { type Logger } from 'pino'
import { Problem } from '../problem.ts'
import { oneLine } from '../shown.ts'
import type { CommonOptions, Context } from './context.ts'
import { tell } from './context.ts'

type Where = Pick<Context, 'err' | 'env'>

/** What is told of an event: one sentence for people, and beside it what programs ask for. Never who asked for a page, nor what a portal's people wrote. */
export interface Line {
  level?: 'info' | 'error'
  event?: string
  message: string
  [more: string]: unknown
}

/**
 * One line on standard error for whoever watches over a service: JSON for programs, a sentence on a terminal; FIHRIST_LOG says `json` or `text` where it is to
 * be otherwise. `--quiet` leaves the errors.
 */
export function log(context: Where, { level = 'info', message, ...rest }: Line, { quiet }: Pick<CommonOptions, 'quiet'> = {}): void {
  if (!quiet || level === 'error') loggerOf(context)[level](rest, message)
}

/** A failure nobody foresaw, and the request that met it; of one that was, the sentence that says what to do. */
export const report = (context: Where, error: unknown, request?: { id: string; method: string; route: string }): void =>
  error instanceof Problem
    ? log(context, { level: 'error', event: 'failure', code: error.code, message: error.message })
    : log(context, {
        level: 'error',
        event: 'failure',
        message:
          `${request ? 'A request could not be answered' : 'Something failed'}, and this is a bug: ` +
          `${error instanceof Error ? error.message : String(error)}`,
        ...(request && { request }),
        error: error instanceof Error ? error.stack : String(error),
      })

const loggers = new WeakMap<object, Logger>()

function loggerOf(context: Where): Logger {
  const known = loggers.get(context.err)
  if (known) return known
  const wished = context.env['FIHRIST_LOG']
  const isForPeople = wished === undefined ? context.err.isTTY === true : wished === 'text'
  const options = {
    base: null,
    messageKey: 'message',
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  }
  const logger = pino(options, { write: line => tell(context, isForPeople ? forPeople(line) : line.trimEnd()) })
  loggers.set(context.err, logger)
  return logger
}

/** `2026-03-01 03:00:12  The harvest of souss-massa begins.`; of a failure also where it was. */
function forPeople(line: string): string {
  const { level, at, message, error, request } = JSON.parse(line) as { level: string; at: string; message: string; error?: string; request?: { id: string } }
  const mark = level === 'error' ? 'ERROR ' : ''
  return [`${at.slice(0, 19).replace('T', ' ')}  ${mark}${oneLine(message)}${request ? ` (request ${request.id})` : ''}`, ...(error ? [error] : [])].join('\n')
}
