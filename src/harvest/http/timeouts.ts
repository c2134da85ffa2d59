import type { ClientRequest } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Source } from '../../config/sources.ts'
import { Problem } from '../../problem.ts'

/** How long one request is waited for: for the connection, for the next byte, and for all of it. */
export interface Timeouts {
  /** Aborts when any of them is over, or the run is stopped. */
  signal: AbortSignal
  /** The request that is being made: from then on it is known whether it has a connection. */
  watch(request: ClientRequest): void
  /** Something came: the wait for the next byte begins anew. */
  heard(): void
  /** Nobody is waiting: the reader is busy with what came. `heard` begins the wait anew. */
  rest(): void
  /** Why the signal was aborted, where it was by a timeout. */
  problem(url: string): Problem | undefined
  end(): void
}

type Wait = 'connect' | 'idle' | 'total'

export const totalOf = (limits: Source['limits']) => limits.totalS ?? 10 * limits.timeoutS

export function startTimeouts(limits: Source['limits'], stop?: AbortSignal): Timeouts {
  const over = new AbortController()
  let waiting: Wait = 'idle'
  let ran: Wait | undefined
  const runOut = (wait: Wait) => {
    ran ??= wait
    over.abort()
  }
  let next = setTimeout(() => runOut(waiting), limits.timeoutS * 1000)
  const total = setTimeout(() => runOut('total'), totalOf(limits) * 1000)
  const turn = (to: Wait) => {
    waiting = to
    clearTimeout(next)
    next = setTimeout(() => runOut(waiting), limits.timeoutS * 1000)
  }
  return {
    signal: stop ? AbortSignal.any([over.signal, stop]) : over.signal,
    watch: request => {
      turn('connect')
      // A socket that was kept from the last request is connected already; one of TLS is only when hands are shaken.
      request.once('socket', socket => {
        const secure = (socket as TLSSocket).encrypted === true
        if (!socket.connecting && (!secure || request.reusedSocket)) turn('idle')
        else socket.once(secure ? 'secureConnect' : 'connect', () => turn('idle'))
      })
    },
    heard: () => turn('idle'),
    rest: () => clearTimeout(next),
    problem: url => ran && new Problem(`timeout-${ran}`, messageOf(ran, url, limits), { url }),
    end: () => {
      clearTimeout(next)
      clearTimeout(total)
    },
  }
}

function messageOf(wait: Wait, url: string, limits: Source['limits']): string {
  if (wait === 'connect')
    return (
      `${url}: no connection to ${new URL(url).host} within ${limits.timeoutS} s. Check that the portal is up and lets this address through, ` +
      'or raise limits.timeoutS of the source.'
    )
  if (wait === 'idle') return `${url} sent nothing for ${limits.timeoutS} s. Raise limits.timeoutS of the source, or ask the portal.`
  return `${url} was not whole after ${totalOf(limits)} s. Raise limits.totalS of the source, ask for smaller pages, or ask the portal why it is slow.`
}
